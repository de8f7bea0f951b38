"""A printed schema as a ready `jsonschema` validator, with the formats of the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from covage_model.ground import formats

OrderValidator = Draft202012Validator


def validator_of(schema: dict[str, Any]) -> OrderValidator:
    """A Draft 2020-12 validator of a printed schema that asserts `format`; it raises and lists `jsonschema` errors."""
    return OrderValidator(schema, format_checker=format_checker())


def format_checker() -> FormatChecker:
    """Our formats and no other, for any `jsonschema` validator."""
    checker = FormatChecker(formats=())
    for name, is_format in formats.FORMATS.items():
        checker.checks(name)(_of_text(is_format))
    return checker


def _of_text(is_format: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or is_format(value)
