"""What the legend of a diagram says: who acts, the syntax of what stands at a move, and what other marks mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from covage_model.behaviour.draw.graph import ASSUMED, DrawnMove, DrawnState, Graph, every_move, places
from covage_model.behaviour.draw.texts import text


def with_legend(graph: Graph) -> Graph:
    """The graph with the legend for what it shows, and without the sources that nothing in it cites."""
    moves = list(every_move(graph))
    cited = [*(move.cited for move in moves), *(place.cited for place in places(graph))]
    named = {name for each in cited for name in each.sources}
    acting = {move.actor for move in moves if move.actor is not None}
    return replace(
        graph,
        actors=tuple(sorted(acting, key=lambda actor: actor.rank)),
        legend=text("legend", graph.language),
        syntax=_syntax(moves, graph, cites=bool(named)),
        assumed=f"{ASSUMED} {text('assumed', graph.language)}" if any(each.is_assumed for each in cited) else "",
        sources=tuple((name, title) for name, title in graph.sources if name in named),
    )


def _syntax(moves: Sequence[DrawnMove], graph: Graph, *, cites: bool) -> str:
    """The syntax of the lines under a trigger's name, and the mark of a history: what occurs in this diagram."""
    recalls = any(isinstance(place, DrawnState) and place.kind == "history" for place in places(graph))
    parts = (
        ("[{}]", "condition", any(move.guard for move in moves)),
        ("/ {}", "effect", any(move.effects for move in moves)),
        ("→ {}", "event", any(move.emits for move in moves)),
        ("§ {}", "source", cites),
    )
    syntax = " ".join(form.format(text(name, graph.language)) for form, name, occurs in parts if occurs)
    history = f"H*: {text('left last', graph.language)}" if recalls else ""
    return "; ".join(said for said in (syntax, history) if said)
