"""What is refused before any rule is asked, and the one form in which a refusal is answered."""

from __future__ import annotations

import json
import math
import sqlite3
from typing import Annotated, Any
from uuid import uuid4

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator
from starlette.exceptions import HTTPException

from back_office.documents import Fault
from back_office.life import Refused

_DEEPEST = 20  # levels of objects and lists: an order has six
_LARGEST = 2**63 - 1  # what SQLite can count to


class BadInput(Exception):
    """Why a call is refused: 400, and a list of fields with what is wrong with each."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__("; ".join(f"{field}: {text}" for field, text in found))
        self.found = found


class Unknown(Exception):
    """There is no such order."""


def storable(body: Any) -> Any:
    """The body, where it can be stored and shown again as it came. Raises ValueError where it cannot."""
    left = [(body, 1)]
    while left:
        value, depth = left.pop()
        if isinstance(value, str):
            _check_text(value)
        elif isinstance(value, float) and not math.isfinite(value):
            raise ValueError("NaN and Infinity are no JSON")
        elif isinstance(value, dict | list):
            if depth > _DEEPEST:
                raise ValueError(f"nested deeper than {_DEEPEST} levels")
            inner = [*value, *value.values()] if isinstance(value, dict) else value
            left.extend((each, depth + 1) for each in inner)
    return body


def _check_text(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("half of a surrogate pair is no character") from error


Json = Annotated[dict[str, Any], AfterValidator(storable)]
After = Annotated[int, Query(ge=0, le=_LARGEST)]
PageSize = Annotated[int, Query(ge=1, le=1000)]


def answer_errors(app: FastAPI) -> None:
    """Every refusal has the documented form; none is a traceback."""

    @app.exception_handler(BadInput)
    async def invalid(_: Request, error: BadInput) -> Response:
        return _answer(400, "BadInput input", error.found)

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        return _answer(400, "BadInput input", [(error.field, str(error))])

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> Response:
        return _answer(400, "BadInput input", [(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()])

    @app.exception_handler(Unknown)
    async def unknown(_: Request, _error: Unknown) -> Response:
        return _answer(404, "Not found", None)

    @app.exception_handler(HTTPException)
    async def elsewhere(_: Request, error: HTTPException) -> Response:
        return _answer(error.status_code, error.detail, None)

    @app.exception_handler(sqlite3.Error)
    async def unavailable(_: Request, _error: sqlite3.Error) -> Response:
        return _answer(503, "The orders cannot be reached now", None)


def _answer(status: int, error: str, found: list[Fault] | None) -> Response:
    """In ASCII: a field's name may be what no UTF-8 can say."""
    details = None if found is None else [{"field": field, "errors": [text]} for field, text in found]
    form = {"apirequest_uuid": f"KOSC_{uuid4()}", "error": error, "details": details}
    return Response(json.dumps(form), status, media_type="application/json")
