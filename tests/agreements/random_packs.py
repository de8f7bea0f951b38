"""
Small random packs as spec data. Shapes and names are valid; the content need not make sense.

A tree of fields is drawn first. Then it is written as orders, variants and named types, with presence,
conditions and rules that read what can be read from their place.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from once import each_once

Yaml = dict[str, Any]
Path = tuple[str, ...]

NAMES = ("a", "b", "c", "d-e", "f_1", "count", "Type", "not")
WORDS = ("A", "AB", "B", "é", "")
STATUSES = ("draft", "submitted", "working", "done", "dropped")
PATTERNS = (
    *(
        "^[A-Z]{1,2}$",
        "^A|B$",
        "^(A|B\\n)$",
        "^[^A]{1,3}$",
        "^.*$",
        "^[^.]*$",
        "^[0-9]{5}$",
        "^\\p{L}+$",
        "^(.|\\n)*$",
        "^$",
    ),
    *("^[a-c\\-é]?[^\\n]$", "^A{2,}$", "^(AB)*$", "^[$]\\^$", "^[$]A\\.$", "^(A\\n?|B)$", "^\\n*$", "^A(\\n|\\r)*$"),
)
NAMING = ("word", "pattern", "text", "number", "whole", "date", "email")
KINDS = ("word", "word", "pattern", "text", "number", "whole", "flag", "nothing", "any", "open", "date", "email")


@dataclass
class Shape:
    """The shape of a value: an object with children, a list with items, or a scalar of some kind."""

    kind: str
    children: dict[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None

    @property
    def innermost(self) -> "Shape":
        return self.item.innermost if self.kind == "list" and self.item is not None else self


@dataclass
class Stand:
    """The place where something is written: the object there, the path to it, and the whole document."""

    root: Shape
    here: Shape
    host: Path


@dataclass
class Packs:
    """Random packs from one source of randomness."""

    random: Random
    types: Yaml = field(default_factory=dict)

    def pack(self) -> dict[str, Yaml]:
        """The files of one pack, by name."""
        self.types = {}
        files: dict[str, Yaml] = {"pack.yaml": {"pack": "random", "format": 1, "actors": {"me": "Me", "them": "Them"}}}
        shown = self.random.random() < 0.8
        files["life.yaml"] = self._lifecycle(shown=shown)
        for number in range(self.random.choice((1, 1, 2))):
            files[f"order{number}.yaml"] = self._order(f"order-{number}", shown=shown)
        if self.random.random() < 0.5:
            files["pack.yaml"]["record"] = {"a": {"present": True}}
        if self.types:
            files["types.yaml"] = {"types": self.types}
        return {name: each_once(data) for name, data in files.items()}

    def _maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def _lifecycle(self, *, shown: bool) -> Yaml:
        return {
            "lifecycle": "life",
            **({"status": self.random.choice(("status", "info.status"))} if shown else {}),
            "requests": self.random.choice(("draft", "submitted", "working")),
            "states": {
                "draft": {"initial": True, "editable": "me"},
                "submitted": {},
                "working": {"editable": "them"},
                "done": {"final": "success"},
                "dropped": {"final": "failure"},
            },
            "transitions": {
                "submit": {"by": "me", "from": "draft", "to": "submitted"},
                "work": {"by": "them", "from": "submitted", "to": "working"},
                "end": {"by": "them", "from": "working", "to": "done"},
                "drop": {"by": "them", "from": ["draft", "submitted", "working"], "to": "dropped"},
            },
        }

    def _order(self, name: str, *, shown: bool) -> Yaml:
        root = self._object(3)
        root.children |= {"which": Shape("word"), "way": Shape("word")}
        if shown:
            root.children |= {"status": Shape("word"), "info": Shape("object", {"status": Shape("word")})}
        stand = Stand(root, root, ())
        variants = self.random.choice(((), ("one",), ("one", "two")))
        order = {"order": name, "follows": "life", "match": {"which": name}, **self._content(stand, named=0.3)}
        order["fields"]["status"] = {"read_only": True} if self._maybe(0.3) else {"title": "Status"}
        order["fields"]["way"] = {"title": "Way"} if variants else {"type": "string"}
        order["fields"].setdefault("info.status", {"title": "Status"})
        if not shown:
            order["fields"]["status"] = {"type": "string"}
        if self._maybe(0.1):
            order["written_by"] = "them"
        if shown and self._maybe(0.1):
            order["match"]["status"] = {"in": ["draft", "submitted", "held"]}
        order |= self._naming(root, name)
        if variants:
            order["variants"] = {
                one: {"match": {"way": one if self._maybe(0.7) else {"in": [one, one + "s"]}}, **self._extension(stand)}
                for one in variants
            }
        elif self._maybe(0.3):
            order["match"]["way"] = {"starts": ["A", "B"]}
        self._absent_too(order)
        return order

    def _absent_too(self, order: Yaml) -> None:
        """A value that one match names may be absent too, now and then, drawn apart."""
        own = Random(f"absent {sorted(order['fields'])}")
        matches = [variant["match"] for variant in order.get("variants", {}).values()] or [order["match"]]
        said = matches[0].get("way", "A")
        if own.random() < 0.3 and not (isinstance(said, dict) and "starts" in said):
            values = said["in"] if isinstance(said, dict) else [said]
            matches[0]["way"] = [*values, {"present": False}]

    def _naming(self, root: Shape, name: str) -> Yaml:
        """What names the order and what is unique, drawn apart: the other draws stay as they are."""
        random = Random(f"{name} {sorted(root.children)}")
        known = [child for child, shape in root.children.items() if shape.kind in NAMING]
        words = {word: random.sample(known, random.randint(1, len(known))) for word in ("key", "unique")}
        said: Yaml = {word: paths for word, paths in words.items() if random.random() < 0.5}
        older = {f"old_{child}": child for child in root.children if random.random() < 0.2}
        return said | ({"formerly": older} if older else {})

    # fields

    def _object(self, depth: int) -> Shape:
        names = self.random.sample(NAMES, self.random.randint(1, 4))
        return Shape("object", {name: self._shape(depth) for name in names})

    def _shape(self, depth: int) -> Shape:
        draw = self.random.random()
        if depth and draw < 0.25:
            return self._object(depth - 1)
        if depth and draw < 0.5:
            item = self._object(depth - 1) if self._maybe(0.7) else self._shape(depth - 1)
            return Shape("list", item=item)
        return Shape(self.random.choice(KINDS))

    def _content(self, stand: Stand, *, named: float) -> Yaml:
        """The fields and rules of the object at this place."""
        fields: Yaml = {}
        for name, shape in stand.here.children.items():
            if name in ("which", "way", "status", "info") and stand.host == ():
                continue
            self._write(stand, (name,), shape, fields, named)
        return {"fields": fields or {"spare": {"type": "string"}}, **self._rules(stand)}

    def _write(self, stand: Stand, path: Path, shape: Shape, fields: Yaml, named: float) -> None:
        if shape.kind == "object" and self._maybe(0.3):  # its fields are written here, with a longer path
            for name, child in shape.children.items():
                self._write(stand, (*path, name), child, fields, named)
            if self._maybe(0.5):
                fields[".".join(path)] = self._presence(stand, path) or {"title": "An object"}
            return
        fields[".".join(path)] = {
            **self._value(stand, path, shape, named),
            **self._presence(stand, path),
            **({"read_only": True} if self._maybe(0.07) else {}),
        }

    def _value(self, stand: Stand, path: Path, shape: Shape, named: float) -> Yaml:
        inner = Stand(stand.root, shape, (*stand.host, *path))
        if shape.kind == "object":
            return self._named(self._content(inner, named=named), named)
        if shape.kind == "list":
            assert shape.item is not None
            said: Yaml = {"items": self._value(stand, path, shape.item, named)}
            said |= {"type": "array"} if self._maybe(0.5) else {}
            said |= {"minItems": self.random.choice((0, 1, 2))} if self._maybe(0.2) else {}
            said |= {"maxItems": self.random.choice((1, 2, 3))} if self._maybe(0.2) else {}
            return said | ({"uniqueItems": True} if self._maybe(0.2) else {})
        return self._named(self._scalar(shape.kind), named / 3)

    def _named(self, said: Yaml, chance: float) -> Yaml:
        if not self._maybe(chance):
            return said
        name = f"type-{len(self.types)}"
        self.types[name] = said
        return {"type": name}

    def _scalar(self, kind: str) -> Yaml:
        pick = self.random.choice
        match kind:
            case "word":
                return {
                    "type": "string",
                    **pick(({}, {}, {"enum": list(WORDS[:3])}, {"minLength": 1}, {"const": "AB"})),
                }
            case "pattern":
                return {"type": "string", "pattern": pick(PATTERNS), **pick(({}, {}, {"maxLength": 2}))}
            case "text":
                return {
                    "type": "string",
                    **pick(({"minLength": 2}, {"maxLength": 2}, {"minLength": 1, "maxLength": 3})),
                }
            case "number":
                bounds: tuple[Yaml, ...] = (
                    {},
                    {"minimum": 0},
                    {"exclusiveMaximum": 2.5},
                    {"exclusiveMinimum": -1, "maximum": 3},
                    {"enum": [1, 2.5, 0]},
                )
                return {"type": "number", **pick(bounds)}
            case "whole":
                return {
                    "type": "integer",
                    **pick(({}, {"minimum": 1}, {"maximum": 2}, {"const": 1}, {"enum": [0, 1, 2]})),
                }
            case "flag":
                return {"type": "boolean", **pick(({}, {}, {"const": True}))}
            case "nothing":
                return {"type": "null"}
            case "any":
                return pick(
                    (
                        {"title": "Anything"},
                        {"enum": ["A", 1, True, None]},
                        {"const": 1},
                        {"minLength": 2, "minimum": 1},
                    )
                )
            case "open":
                return {"type": "object"}
        return {"type": "string", "format": pick(("date", "date-time", "uuid", "email"))}

    def _extension(self, stand: Stand) -> Yaml:
        """Additions to fields that the order has, at paths from the root. The paths may cross lists."""
        fields: Yaml = {}
        for _ in range(self.random.randint(0, 3)):
            path, shape = self._deep(stand.root)
            if path and path[0] not in ("which", "way", "status", "info"):
                keywords: Yaml = {}
                if shape.kind in ("word", "text", "pattern") and self._maybe(0.3):
                    keywords = self.random.choice(({"maxLength": 2}, {"pattern": "^A.*$"}, {"enum": ["A", "B"]}))
                if shape.kind in ("any", "number") and self._maybe(0.5):  # to Python, 1 is true
                    keywords = self.random.choice(({"const": True}, {"const": 1.0}, {"enum": [True, "A"]}))
                fields[".".join(path)] = {**keywords, **self._presence(stand, path)} or {"title": "Said again"}
        return {**({"fields": fields} if fields else {}), **self._rules(stand)}

    def _deep(self, shape: Shape) -> tuple[Path, Shape]:
        inside = shape.innermost
        if not inside.children or self._maybe(0.2):
            return (), shape
        name = self.random.choice(list(inside.children))
        path, end = self._deep(inside.children[name])
        return (name, *path), end

    # presence, rules and conditions

    def _presence(self, stand: Stand, path: Path) -> Yaml:
        said: Yaml = {}
        if self._maybe(0.4):
            said["required"] = self._spans(stand, path)
        if self._maybe(0.15):
            said["forbidden"] = self._spans(stand, path)
        return said

    def _spans(self, stand: Stand, path: Path) -> Any:
        draw = self.random.random()
        if draw < 0.15:
            return True
        if draw < 0.3:
            return self.random.choice(STATUSES)
        if draw < 0.4:
            return [self._span(stand, path), self._span(stand, path)]
        return self._span(stand, path)

    def _span(self, stand: Stand, path: Path) -> Yaml:
        said: Yaml = {"when": self._condition(stand, path[:-1], 2)} if self._maybe(0.8) else {}
        said |= {"from": self.random.choice(STATUSES)} if self._maybe(0.3) else {}
        said |= {"before": self.random.choice(STATUSES)} if self._maybe(0.2) else {}
        return said or {"from": "draft"}

    def _rules(self, stand: Stand) -> Yaml:
        rules: Yaml = {}
        for number in range(self.random.choice((0, 0, 1, 2))):
            rules[f"rule-{number}"] = {
                "then": {**self._condition(stand, (), 2), **self._compared(stand)},
                **({"when": self._condition(stand, (), 2)} if self._maybe(0.6) else {}),
                **({"from": self.random.choice(STATUSES)} if self._maybe(0.5) else {"from": "draft"}),
            }
        return {"rules": rules} if rules else {}

    def _compared(self, stand: Stand) -> Yaml:
        """A comparison of two numbers or two dates of the document, now and then."""
        places = reachable(stand.root, stand.host)
        ordered = [names for names, shape in places if shape.kind in ("number", "whole")]
        own = Random(repr(ordered))  # a stream of its own: the other draws stay as they are
        dates = [names for names, shape in places if shape.kind == "date"]
        ordered = dates if len(dates) > 1 and (len(ordered) < 2 or own.random() < 0.5) else ordered
        if len(ordered) < 2 or own.random() < 0.6:
            return {}
        one, other = (".".join(("order", *names)) for names in own.sample(ordered, 2))
        return {one: {own.choice(("min", "max", "above", "below", "is")): {"at": other}}}

    def _condition(self, stand: Stand, own: Path, depth: int) -> Yaml:
        """A condition written at this place, about something in the object to which `own` leads."""
        legal = plain(reachable(stand.here, own))
        anchored = reachable(stand.root, (*stand.host, *own))
        return self._entries(legal, anchored, depth)

    def _entries(self, legal: list[tuple[Path, Shape]], anchored: list[tuple[Path, Shape]], depth: int) -> Yaml:
        entries: Yaml = {}
        for _ in range(self.random.choice((1, 1, 2))):
            if depth and self._maybe(0.3):
                entries |= self._joined(legal, anchored, depth - 1)
            elif legal and self._maybe(0.7):
                names, shape = self.random.choice(legal)
                entries[".".join(names)] = self._test(shape, anchored, depth)
            else:
                names, shape = self.random.choice(anchored)
                entries[".".join(("order", *names))] = self._test(shape, anchored, depth)
        return entries

    def _joined(self, legal: list[tuple[Path, Shape]], anchored: list[tuple[Path, Shape]], depth: int) -> Yaml:
        def part() -> Yaml:
            return self._entries(legal, anchored, depth)

        if legal and self._maybe(0.15):  # what Python calls equal, and JSON does not
            path = ".".join(self.random.choice(legal)[0])
            return {"any": [{path: 1}, {path: True}, {"all": [{path: False}, {"not": {path: 0}}]}]}
        word = self.random.choice(("all", "any", "not", "when"))
        if word == "not":
            return {"not": part()}
        if word == "when":
            return {"when": part(), "then": part()}
        return {word: [part() for _ in range(self.random.randint(1, 3))]}

    def _test(self, shape: Shape, anchored: list[tuple[Path, Shape]], depth: int) -> Any:
        if self._maybe(0.2):
            return {"present": self._maybe(0.6)}
        if shape.kind == "list" or self._maybe(0.05):
            return self._of_list(shape.item or Shape("any"), anchored, depth)
        if shape.kind == "object" and self._maybe(0.8):
            return {"present": self._maybe(0.5)}
        return self._of_scalar(shape.kind)

    def _of_scalar(self, kind: str) -> Any:
        pick = self.random.choice
        if self._maybe(0.1):
            return pick((None, True, 1, 1.0, "A", {"in": [1, True]}, {"in": [True, None, "A"]}, 0, False))
        if kind in ("number", "whole"):
            return pick((0, 1, 1.0, 2.5, {"in": [1, 2]}, {"min": 1}, {"max": 1.5}, {"min": 0, "max": 2}))
        if kind == "flag":
            return pick((True, False, {"in": [True]}))
        if kind in ("nothing", "any"):
            return pick((None, "A", 1, True, {"in": [1, "A", False]}, {"min": 1}))
        return pick(
            (
                "A",
                "AB",
                "B",
                {"in": ["A", "B"]},
                {"starts": ["A"]},
                {"starts": ["B", "\n", "é"]},
                {"matches": pick(PATTERNS)},
                "",
            )
        )

    def _of_list(self, item: Shape, anchored: list[tuple[Path, Shape]], depth: int) -> Yaml:
        draw = self.random.random()
        if draw < 0.25:
            return {"count": self.random.choice((0, 1, 2, {"min": 1}, {"max": 1}, {"min": 1, "max": 2}, {"min": 0}))}
        inner = self._of_item(item, anchored, max(depth - 1, 0))
        if draw < 0.5:
            bounds = self.random.choice(({"min": 1}, {"max": 1}, {"min": 1, "max": 1}, {"max": 0}, {"min": 2}, {}))
            return {"count": {**bounds, "where": inner}}
        return {"some" if draw < 0.75 else "every": inner}

    def _of_item(self, item: Shape, anchored: list[tuple[Path, Shape]], depth: int) -> Any:
        legal = plain(reachable(item, ()))
        if item.kind == "list":
            return self._of_list(item.item or Shape("any"), anchored, depth)
        if not legal or (self._maybe(0.1) and item.kind != "object"):
            return self._of_scalar(item.kind)
        return self._entries(legal, anchored, depth)


def plain(found: list[tuple[Path, Shape]]) -> list[tuple[Path, Shape]]:
    """The places without those that only `order.` can name: their first name is a word of conditions."""
    return [(names, shape) for names, shape in found if names[0] not in ("count", "not")]


def reachable(start: Shape, own: Path) -> list[tuple[Path, Shape]]:
    """The places that a path from an object can name: through objects, and through lists on the way to `own`."""
    found: list[tuple[Path, Shape]] = []

    def walk(shape: Shape, names: Path) -> None:
        for name, child in shape.children.items():
            path = (*names, name)
            found.append((path, child))
            if child.kind == "list" and own[: len(path)] == path:
                walk(child.innermost, path)
            elif child.kind == "object":
                walk(child, path)

    walk(start.innermost, ())
    return found
