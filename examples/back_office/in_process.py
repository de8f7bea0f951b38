"""The office in the same process, without a socket: what tests that make thousands of calls want."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import FastAPI


class InProcess(httpx.BaseTransport):
    """Carries requests straight to the application, on an event loop of its own."""

    def __init__(self, app: FastAPI) -> None:
        self._app = httpx.ASGITransport(app)
        self._loop = asyncio.Runner()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The application's answer."""
        return self._loop.run(self._answer(request))

    def close(self) -> None:
        """Ends the loop."""
        self._loop.close()

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = await self._app.handle_async_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


def connect(app: FastAPI) -> httpx.Client:
    """A client of the office; close it when done."""
    return httpx.Client(transport=InProcess(app), base_url="http://office.invalid")
