"""JSON documents spelled on one line in many ways: most say the same, some say something twice, some are no JSON."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from documents import Documents, places, root_of

AT_64_BITS = (2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64 - 1, 2**64, 10**400, 2**53 + 1)
AT_A_DOUBLE = (5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e-300, 2.0**53, -0.0)
BLANKS = ("", "", "", " ", " ", "\t", "\r", "  \t")
NO_BLANKS = ("\x0b", "\x0c", "\x1f", "\x85", "\xa0", "\u2028", "\u2029", "\ufeff", "\x00")
NO_VALUES = ("NaN", "-Infinity", "1e400", "1e-400", "01", "+1", ".5", "1.", "0x1", "True", "'x'", "[1,]", "", "//")
SIGNS = (*'{}[],:"\\0-.eE1t', " ", "\t", "\r", "\x01", *NO_BLANKS, "é", "🙂", "\\u", "\\u0022", "\\u003a", '":', '" :')
BYTES = (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\x00", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\x85")
SHORT = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
TWICE, SHUFFLED, BEFORE_COLONS, ESCAPED = "a key twice", "keys shuffled", "blanks before colons", "escapes"
NUMBERS, SURROGATES, DAMAGED = "numbers respelled", "surrogate pairs", "damaged"
FAR, DEEP, LONG_TEXT, MANY_DIGITS = "numbers at the edge", "deep nesting", "very long texts", "very many digits"
WAYS = (TWICE, SHUFFLED, BEFORE_COLONS, ESCAPED, NUMBERS, SURROGATES, DAMAGED, FAR, DEEP, LONG_TEXT, MANY_DIGITS)


@dataclass
class Speller:
    """Spells documents; `used` counts the lines that were spelled in each way."""

    random: Random
    used: Counter[str] = field(default_factory=Counter)
    _ways: set[str] = field(default_factory=set)
    _before: Sequence[str] = ("",)  # blanks before a colon
    _after: Sequence[str] = ("",)  # blanks elsewhere
    _escapes: float = 0  # the share of signs that are escaped
    _twice: float = 0  # the share of objects with a key twice

    def line(self, document: Any) -> bytes:
        """The document on one line, with its end."""
        random = self.random
        self._ways = set()
        self._before = random.choice((("",), ("",), ("",), BLANKS))
        self._after = random.choice((("",), (" ",), BLANKS))
        self._escapes = random.choice((0, 0, 0, 0.03, 0.3, 1))
        self._twice = random.choice((0, 0, 0, 0, 0.2))
        self._ways |= {SHUFFLED} if random.random() < 0.5 else set()
        self._ways |= {NUMBERS} if random.random() < 0.3 else set()
        line = self._value(document).encode("utf-8", "surrogatepass")
        if random.random() < 0.15:
            self._ways.add(DAMAGED)
            line = random.choice(self._damages())(line)
        self.used.update(self._ways)
        return line.replace(b"\n", b" ") + random.choice((b"\n", b"\n", b"\r\n", b" \t\n"))

    def extreme(self, documents: Documents, document: Any) -> Any:
        """The document with one value that is very deep, very long or at the edge of what a number can be."""
        random, root = self.random, root_of(documents.sheet, document)
        found = places(root)[1:]
        free = [place for place in found if place.slot is None or not place.slot.types]
        texts = [place for place in found if isinstance(place.value, str)]
        numbers = [place for place in found if type(place.value) in (int, float)]
        kind = random.choice((FAR, FAR, DEEP, LONG_TEXT))
        likely = {FAR: numbers, DEEP: free, LONG_TEXT: texts}[kind] if random.random() < 0.8 else free
        if likely or found:
            value = {FAR: self._far, DEEP: self._deep, LONG_TEXT: self._long}[kind]()
            random.choice(likely or found).put(value)
            self.used[kind] += 1
        return root.value

    def _far(self) -> float:
        return self.random.choice((*AT_64_BITS, *AT_A_DOUBLE))

    def _deep(self) -> Any:
        value: Any = self.random.choice((1, "x", {}, []))
        for _ in range(self.random.choice((3, 14, 15, 16, 17, 60, 62, 63, 64, 65, 100))):
            value = [value] if self.random.random() < 0.5 else {"a": value}
        return value

    def _long(self) -> Any:
        size = self.random.choice((255, 511, 512, 513, 5_000, 20_000, 65_500, 70_000))
        if self.random.random() < 0.01:  # pointers of many signs to many values
            return {"k" * 21_000: [1] * 13_000}
        return self.random.choice(("x", "x", "é", "0", ":", "a\\", '"')) * size

    def _value(self, value: Any) -> str:
        if isinstance(value, list) and len(value) > 100:
            return json.dumps(value)
        if isinstance(value, dict):
            return self._object(list(value.items()))
        if isinstance(value, list):
            return "[" + self._joined([self._blank() + self._value(each) for each in value]) + "]"
        if isinstance(value, str):
            return self._text(value)
        if type(value) in (int, float) and NUMBERS in self._ways:
            return self._number(value)
        return json.dumps(value)

    def _object(self, members: list[tuple[str, Any]]) -> str:
        if SHUFFLED in self._ways:
            self.random.shuffle(members)
        if members and self.random.random() < self._twice:
            key, value = self.random.choice(members)
            self._twice = 0
            again = self.random.choice((value, value, None, ":::", {}, {key: value}))
            members.insert(self.random.randint(0, len(members)), (key, again))
            self._ways.add(TWICE)
        return "{" + self._joined([self._member(key, value) for key, value in members]) + "}"

    def _member(self, key: str, value: Any) -> str:
        before = self.random.choice(self._before)
        self._ways |= {BEFORE_COLONS} if before else set()
        return f"{self._blank()}{self._text(key)}{before}:{self._blank()}{self._value(value)}"

    def _joined(self, parts: list[str]) -> str:
        return ",".join(part + self._blank() for part in parts)

    def _blank(self) -> str:
        return self.random.choice(self._after)

    def _text(self, text: str) -> str:
        if not self._escapes or len(text) > 1000:
            return json.dumps(text, ensure_ascii=self._after == ("",))
        escapes = 1 if ":" in text and self.random.random() < 0.3 else self._escapes
        return '"' + "".join(map(self._escaped if escapes == 1 else self._sign, text)) + '"'

    def _sign(self, sign: str) -> str:
        if sign < " " or sign in '"\\':
            return SHORT.get(sign) or f"\\u{ord(sign):04x}"
        return self._escaped(sign) if self.random.random() < self._escapes else sign

    def _escaped(self, sign: str) -> str:
        self._ways.add(ESCAPED)
        if sign in SHORT and self.random.random() < 0.5:
            return SHORT[sign]
        self._ways |= {SURROGATES} if sign > "\uffff" else set()
        spelled = json.dumps(sign) if sign > "~" else f'"\\u{ord(sign):04x}"'
        return "\\u".join(self.random.choice((str.lower, str.upper))(each) for each in spelled[1:-1].split("\\u"))

    def _number(self, number: float) -> str:
        spelled = json.dumps(number)
        whole = isinstance(number, int)
        ways = [spelled, "-0" if not number else spelled]
        if whole:
            ways += [spelled + ".0", spelled + "e0", spelled + "E+00", spelled + "0e-1", spelled + ".000"]
        elif "e" not in spelled:
            ways += [spelled + "0", spelled + "e0", spelled + "E-0"]
        if len(spelled) < 30 and "e" not in spelled and self.random.random() < 0.1:
            self._ways.add(MANY_DIGITS)
            digits = self.random.choice((19, 299, 400, 985, 1001)) * self.random.choice("0123456789")
            ways = [spelled + ("." if whole else "") + digits, spelled + "e" + "0" * len(digits)]
        return self.random.choice(ways)

    def _damages(self) -> list[Callable[[bytes], bytes]]:
        sign, some = self.random.choice(SIGNS).encode(), self.random.choice(BYTES)
        return [
            lambda line: self._changed(line, 0, sign),
            lambda line: self._changed(line, 0, sign),
            lambda line: self._changed(line, 1, sign),
            lambda line: self._changed(line, 0, some),
            lambda line: self._changed(line, self.random.randint(1, 9), b""),
            lambda line: line[: self.random.randint(0, len(line))],
            lambda line: line + line[self.random.randint(0, len(line)) :],
            lambda line: b"\xef\xbb\xbf" + line,
            lambda line: line + self.random.choice((b"\x00", b"}", b",", b"null", b"//", b"\xc2\x85", b"\xe2\x80\xa8")),
            lambda line: line.replace(b'"', b'"\\ud83d', 2),
            lambda line: line.replace(b":", b":" + self.random.choice(NO_VALUES).encode() + b",", 1),
            lambda line: line.replace(b":", b":" + self.random.choice(NO_VALUES).encode() + b',"zz":', 1),
            lambda line: line[:-1] + b',"\\u007a":' + self.random.choice(NO_VALUES).encode() + b"}",
            lambda line: line.replace(b" ", self.random.choice(NO_BLANKS).encode()),
        ]

    def _changed(self, line: bytes, dropped: int, put: bytes) -> bytes:
        at = self.random.randint(0, len(line))
        return line[:at] + put + line[at + dropped :]
