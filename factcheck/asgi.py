"""How the web process answers: pages in one thread each, streams on the event loop.

Our pages and all but one of the middlewares are synchronous. Django's own handler would hop between loop and thread
for each middleware; this one hops once a request.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

import django
from asgiref.sync import sync_to_async
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler
from django.http import FileResponse
from django.http.response import StreamingHttpResponse
from django.urls import set_urlconf

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
os.environ.setdefault("FACTCHECK_PROCESS", "web")

# The body of a request is kept on disk before anybody looks at who sends it: 20 files of 10 MB, and some.
LARGEST_BODY = 256 * 2**20
_GULP = 64 * 2**10


class Handler(ASGIHandler):
    """Django's handler with the chain of middlewares run in one go, in the request's own thread."""

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if _declared(scope) > LARGEST_BODY:
            await send({"type": "http.response.start", "status": 413, "headers": [(b"connection", b"close")]})
            await send({"type": "http.response.body", "body": b"Too large.\n"})
            return
        await super().__call__(scope, _counted(receive), send)

    async def run_get_response(self, request: Any) -> Any:
        response = await sync_to_async(self._respond, thread_sensitive=True)(request)
        response._handler_class = self.__class__
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            # Else Django would read a whole export into memory before it sends the first line.
            response.streaming_content = _pulled(iter(cast(Iterator[bytes], response.streaming_content)))
        return response

    def _respond(self, request: Any) -> Any:
        set_urlconf(None)
        return self.get_response(request)


def _declared(scope: Any) -> int:
    for name, value in scope.get("headers", ()):
        if name == b"content-length" and value.isdigit():
            return int(value[:18])
    return 0


def _counted(receive: Any) -> Any:
    """The same, refusing to go on when more comes than was declared."""
    left = LARGEST_BODY

    async def counting() -> Any:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise RequestAborted
        return message

    return counting


async def _pulled(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Parts of a synchronous answer, fetched in the request's thread, several at a time."""
    pull = sync_to_async(_take, thread_sensitive=True)
    while gulp := await pull(parts):
        yield gulp


def _take(parts: Iterator[bytes]) -> bytes:
    taken: list[bytes] = []
    size = 0
    for part in parts:
        taken.append(part)
        size += len(part)
        if size >= _GULP:
            break
    return b"".join(taken)


django.setup(set_prefix=False)
application = Handler()
