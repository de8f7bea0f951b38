"""Conditions as short phrases in English or French, for labels, tables and findings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from covage_model.ground import escape
from covage_model.ground.classes import dataclass
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions.phrases import PHRASES
from covage_model.pack.model.conditions import (
    All,
    Among,
    AnyOf,
    Atom,
    Compare,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    Implies,
    In,
    Literal,
    Matches,
    Not,
    Present,
    Range,
    Ref,
    Scalar,
    Some,
    Starts,
    Test,
)

Labels = Callable[[str, str], str | None] | Mapping[tuple[str, str], str]

_SIGNS = {"min": "≥", "max": "≤", "above": ">", "below": "<"}
_CLOSED = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')
_PLAIN = re.compile(r"(?!(?:true|false|null)$)[^\W\d_][\w.+/-]*")


def describe(condition: Condition, language: str, labels: Labels | None = None) -> str:
    """
    `condition` as one phrase on one line, in English unless the language is "fr".

    `labels(kind, name)` returns the name of a thing for people; if it is empty or None, the own name is used. Kinds
    are `variable`, `state`, `status`, `variant`, `final`, `value` (`seen = yes`), and `path` for a place in a
    document (`account.…` for one in the account).

    >>> describe(Not(Holds(Ref("variable", ("seen",)), Literal("yes"))), "en")
    'seen ≠ yes'
    """
    return _speaker(language, labels).say(condition)


def pieces(condition: Condition, language: str, labels: Labels | None = None) -> tuple[str, ...]:
    """The phrase of `describe`, cut where a line may be broken; joined by spaces it is the whole phrase."""
    return tuple(_speaker(language, labels).pieces(condition))


def scalar(value: object) -> str:
    """A scalar as JSON, without quotes if this is not ambiguous."""
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return _visible(json.dumps(value, ensure_ascii=False))


def _visible(text: str) -> str:
    return "".join(each if escape.shows(each) else f"\\u{ord(each):04x}" for each in text)


def _speaker(language: str, labels: Labels | None) -> _ConditionWords:
    return _ConditionWords({name: phrase[language == "fr"] for name, phrase in PHRASES.items()}, labels)


@dataclass(frozen=True, slots=True)
class _ConditionWords:
    """Writes conditions in one language."""

    phrases: Mapping[str, str]
    labels: Labels | None

    def say(self, condition: Condition) -> str:
        match condition:
            case All(parts):
                return self._joined(parts, "and", "always")
            case AnyOf(parts):
                return self._joined(parts, "or", "never")
            case Not(part):
                return self._denied(part)
            case Implies(when, then):
                return self._phrase("if", self._inner(when), self._inner(then))
            case _:
                return self._atom(condition)

    def _joined(self, parts: tuple[Condition, ...], word: str, nothing: str) -> str:
        if len(parts) == 1:
            return self.say(parts[0])
        return self.phrases[word].join(map(self._inner, parts)) or self.phrases[nothing]

    def pieces(self, condition: Condition) -> list[str]:
        match condition:
            case All(parts) | AnyOf(parts) if len(parts) > 1:
                word = self.phrases["and" if isinstance(condition, All) else "or"].rstrip()
                return [self._inner(part) + word for part in parts[:-1]] + [self._inner(parts[-1])]
            case Implies():
                when, then = self.phrases["if"].split(" {1}")[0].rpartition(" ")[::2]
                return [when.format(self._inner(condition.when)), f"{then} {self._inner(condition.then)}"]
            case _:
                return [self.say(condition)]

    def _inner(self, condition: Condition) -> str:
        """The phrase as a part of another, in brackets if it would be ambiguous."""
        phrase = self.say(condition)
        return f"({phrase})" if _is_joined(condition) or self._joins(phrase) else phrase

    def _joins(self, phrase: str) -> bool:
        """Whether "and", "or" or "nor" is outside of brackets and quotes: between values, or in a label."""
        while (shorter := _CLOSED.sub("", phrase)) != phrase:
            phrase = shorter
        return any(self.phrases[word] in phrase for word in ("and", "or", "nor"))

    def _denied(self, part: Condition) -> str:
        match part:
            case Not(inner):
                return self.say(inner)
            case All((single,)) | AnyOf((single,)):
                return self._denied(single)
            case All(()) | AnyOf(()):
                return self.phrases["never" if isinstance(part, All) else "always"]
            case Holds(ref, test):
                return self._denied_test(ref, test)
            case _:
                return self._phrase("not", f"({self.say(part)})")

    def _denied_test(self, ref: Ref, test: Test) -> str:
        finished = _asks_for_an_end(ref, test)
        if finished is not None:
            return self._whether(self.phrases["finished"], holds=not finished)
        match test:
            case Literal(bool() as value) if ref.root == "variable" and self._titled(ref, value) is None:
                return self._whether(self._subject(ref), holds=not value)
            case Literal(value):
                return f"{self._subject(ref)} ≠ {self._value(ref, value)}"
            case In(absent=True):
                return self._phrase("not", f"({self._test(ref, test)})")
            case In(values) if len(values) > 1:
                return self._phrase("neither", self._subject(ref), self._list(ref, values, "nor"))
            case In((single,)):
                return self._denied_test(ref, Literal(single))
            case Present(present):
                return self._test(ref, Present(not present))
            case _:
                return self._phrase("not", f"({self._test(ref, test)})")

    def _atom(self, atom: Atom) -> str:
        if isinstance(atom, DocumentReady):
            return self._phrase("ready", self._label("status", atom.status))
        finished = _asks_for_an_end(atom.ref, atom.test)
        if finished is not None:
            return self._whether(self.phrases["finished"], holds=finished)
        return self._test(atom.ref, atom.test)

    def _test(self, ref: Ref, test: Test) -> str:
        subject = self._subject(ref)
        match test:
            case Literal(bool() as value) if ref.root == "variable" and self._titled(ref, value) is None:
                return self._whether(subject, holds=value)
            case Literal(value):
                return f"{subject} = {self._value(ref, value)}"
            case In(values, absent):
                if absent:
                    parts = (Holds(ref, In(values)), Holds(ref, Present(present=False))) if values else ()
                    return self._joined(parts, "or", "never") if parts else self._phrase("absent", subject)
                return f"{subject} = {self._list(ref, values, 'or')}" if values else self.phrases["never"]
            case Starts(prefixes):
                if not prefixes:
                    return self.phrases["never"]
                return self._phrase("starts", subject, self._list(ref, prefixes, "or"))
            case Present(present):
                return self._phrase("present" if present else "absent", subject)
            case Matches(pattern):
                return self._phrase("matches", subject, _visible(pattern))
            case Range(least, most):
                return self._range(subject, least, most)
            case Among(place):
                return self._phrase("among", subject, self._subject(place))
            case Compare(relation, other):
                to = self._subject(other) if isinstance(other, Ref) else scalar(other)
                return self._phrase("is", subject, to) if relation == "is" else f"{subject} {_SIGNS[relation]} {to}"
            case _:
                return self._of_list(subject, test)

    def _of_list(self, subject: str, test: Count | Some | Every) -> str:
        if isinstance(test, Count):
            number = self._number(test.least, test.most)
            if test.where is None:
                return self._phrase("count", subject, number)
            return self._phrase("counted", subject, number, self._inner(test.where))
        return self._phrase("some" if isinstance(test, Some) else "every", subject, self._inner(test.condition))

    def _number(self, least: int, most: int | None) -> str:
        if least == most:
            return self._items(str(least), least)
        if most is None:
            return self._items(self._phrase("least", str(least)), least) if least else self.phrases["any_number"]
        bounds = self._phrase("range", str(least), str(most)) if least else self._phrase("most", str(most))
        return self._items(bounds, most)

    def _items(self, count: str, number: int) -> str:
        return self._phrase("one" if number == 1 else "several", count)

    def _range(self, subject: str, least: float | None, most: float | None) -> str:
        if least is None and most is None:
            return self._phrase("number", subject)
        if least is None:
            return f"{subject} ≤ {scalar(most)}"
        if most is None:
            return f"{subject} ≥ {scalar(least)}"
        if least == most:
            return f"{subject} = {scalar(least)}"
        return self._phrase("between", subject, scalar(least), scalar(most))

    def _whether(self, subject: str, *, holds: bool) -> str:
        return subject if holds else self._phrase("not", subject)

    def _subject(self, ref: Ref) -> str:
        """The tested thing for people: a variable's title, a path, or a word for the whole document."""
        if ref.root == "variable":
            return self._label("variable", dotted(ref.names))
        if not ref.names:
            whole = {"scope": "item" if ref.level else "document", "here": "document", "order": "document"}
            return self.phrases[whole.get(ref.root, ref.root)]
        return self._label("path", dotted(("account", *ref.names) if ref.root == "account" else ref.names))

    def _list(self, ref: Ref, values: tuple[Scalar, ...], word: str) -> str:
        *others, last = (self._value(ref, value) for value in values)
        listed = others if word == "nor" else filter(None, [", ".join(others)])
        return self.phrases[word].join([*listed, last])

    def _value(self, ref: Ref, value: Scalar) -> str:
        if isinstance(value, str) and ref.root in ("state", "variant", "final"):
            return self._label(ref.root, value)
        return self._titled(ref, value) or scalar(value)

    def _titled(self, ref: Ref, value: Scalar) -> str | None:
        """The title of a variable's value."""
        return self._found("value", f"{ref.names[0]} = {scalar(value)}") if ref.root == "variable" else None

    def _label(self, kind: str, name: str) -> str:
        return " ".join((self._found(kind, name) or name).split())

    def _found(self, kind: str, name: str) -> str | None:
        labels = self.labels or {}
        return labels(kind, name) if callable(labels) else labels.get((kind, name))

    def _phrase(self, name: str, *parts: str) -> str:
        return self.phrases[name].format(*parts)


def _is_joined(condition: Condition) -> bool:
    match condition:
        case All((single,)) | AnyOf((single,)):
            return _is_joined(single)
        case All(parts) | AnyOf(parts):
            return bool(parts)
        case Not(part):
            return isinstance(part, Not) and _is_joined(part.part)
        case Holds(_, Some() | Every() | Count()):
            return True
        case _:
            return isinstance(condition, Implies)


def _asks_for_an_end(ref: Ref, test: Test) -> bool | None:
    """True if the test asks for any final state, False if it asks for a state that is not final; else None."""
    if ref.root != "final":
        return None
    match test:
        case Literal("any"):
            return True
        case In(values) if "any" in values:
            return True
        case Present(present):
            return present
        case _:
            return None
