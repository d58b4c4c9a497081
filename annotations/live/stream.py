"""A stream of server-sent events for one person: what changes on their desks, as it happens.

An event carries numbers and names, never words of a claim. Its id is where the person is in the history of each desk,
so that a stream that broke goes on where it ended.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping

from annotations.live.changes import Change, changes_after, written
from annotations.live.hub import HUB, Listener, in_thread

PING = 15.0
ASK_AGAIN = 30.0
MOST_STREAMS = 8
"""Seconds between signs of life, seconds between looks at the membership, and streams of a person in one process."""

Standing = Callable[[], frozenset[int]]


def is_full(person_id: int) -> bool:
    return HUB.is_closing or HUB.count_of(person_id) >= MOST_STREAMS


async def events(
    *, person_id: int, desks: frozenset[int], since: Mapping[int, int], standing: Standing
) -> AsyncIterator[bytes]:
    """Events until the client leaves, the process stops, or `standing` (asked in a thread) knows no desk any more.

    Without `since` for a desk one hears what happens from now on.
    """
    listener = Listener(person_id, desks)
    try:
        await HUB.join(listener)
        at = {desk: since.get(desk, HUB.at.get(desk, 0)) for desk in desks}
        yield b"retry: 3000\n"
        yield _event("hello", {"desks": sorted(desks)}, at)
        for desk in sorted(desks):
            async for words in _replay(desk, at):
                yield words
        asked = time.monotonic()
        while True:
            change = await _next(listener)
            if change is None:
                break
            if change.kind == "ping":
                yield b": ping\n\n"
            if time.monotonic() - asked > ASK_AGAIN or change.kind == "people":
                asked, listener.desks = time.monotonic(), await in_thread(standing)
                if not listener.desks:
                    break
                await HUB.watch(listener.desks)
            if listener.is_behind:
                listener.is_behind = False
                yield _event("change", Change(0, 0, "reset").as_values(), at)
            if change.kind == "ping" or (change.desk and change.desk not in listener.desks):
                continue
            if change.seq and change.seq <= at.get(change.desk, 0):
                continue  # replayed already
            if change.seq:
                at[change.desk] = change.seq
            yield _event("change", change.as_values(), at)
    finally:
        HUB.part(listener)
    yield b"event: end\ndata: {}\n\n"


async def _replay(desk: int, at: dict[int, int]) -> AsyncIterator[bytes]:
    changes, end = await in_thread(changes_after, desk, at[desk])
    for change in changes:
        at[desk] = change.seq
        yield _event("change", change.as_values(), at)
    at[desk] = end


async def _next(listener: Listener) -> Change | None:
    try:
        return await asyncio.wait_for(listener.queue.get(), PING)
    except TimeoutError:
        return Change(0, 0, "ping")


def _event(name: str, values: Mapping[str, object], at: Mapping[int, int]) -> bytes:
    data = json.dumps(values, separators=(",", ":"))
    return f"event: {name}\nid: {written(at)}\ndata: {data}\n\n".encode()
