"""One connection a web process that listens to the database, and everybody in this process who is told.

PostgreSQL says after the commit that something changed and where, in a few numbers; the hub reads once what it was and
puts it into the queue of each stream. Its connection may break at any time: it comes back with a pause that grows, and
reads from the history what was said meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import psycopg
from asgiref.sync import sync_to_async
from django.db import DatabaseError, connection

from annotations.live.changes import Change, article_of_job, changes_after, head_of

log = logging.getLogger(__name__)

T = TypeVar("T")
_QUEUE = 200
_GATHER = 0.03
_ALIVE = 20.0
_SLOWEST = 5.0
# What psycopg itself understands of Django's parameters.
_PARAMETERS = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey")


async def in_thread(work: Callable[..., T], *args: Any) -> T:
    """Ask the database from a thread, and give its connection back at once: a stream lasts for hours."""

    def ask() -> T:
        try:
            return work(*args)
        finally:
            if not connection.in_atomic_block:
                connection.close()

    return await sync_to_async(ask, thread_sensitive=False)()


@dataclass(eq=False)
class Listener:
    """One open stream. `queue` holds changes; None ends the stream. `is_behind`: it missed some and must look anew."""

    person_id: int
    desks: frozenset[int]
    queue: asyncio.Queue[Change | None] = field(default_factory=lambda: asyncio.Queue(_QUEUE))
    is_behind: bool = False

    def put(self, change: Change | None) -> None:
        if change is None and self.queue.full():
            self.queue.get_nowait()
        try:
            self.queue.put_nowait(change)
        except asyncio.QueueFull:
            self.is_behind = True


class Hub:
    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.is_closing = False
        self.is_connected = False
        self.at: dict[int, int] = {}
        self._articles: dict[int, int | None] = {}
        self._task: asyncio.Task[None] | None = None

    def count_of(self, person_id: int) -> int:
        return sum(listener.person_id == person_id for listener in self.listeners)

    async def join(self, listener: Listener) -> None:
        self.listeners.add(listener)
        if self.is_closing:
            # It was on its way when the process was asked to stop: nobody else will end it.
            listener.put(None)
            return
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._keep_listening())
        await self.watch(listener.desks)

    def part(self, listener: Listener) -> None:
        self.listeners.discard(listener)

    def close(self) -> None:
        """The process stops: end every stream, so that nobody has to wait for them."""
        self.is_closing = True
        for listener in self.listeners:
            listener.put(None)
        if self._task is not None:
            self._task.cancel()

    async def watch(self, desks: frozenset[int]) -> None:
        """Begin to follow these desks, from where they are now."""
        new = [desk for desk in desks if desk not in self.at]
        if new:
            for desk, seq in (await in_thread(head_of, new)).items():
                self.at.setdefault(desk, seq)

    async def _keep_listening(self) -> None:
        pause = 0.2
        while not self.is_closing:
            try:
                async with await self._connect() as line:
                    pause, self.is_connected = 0.2, True
                    await self._catch_up(set(self.at))
                    await self._listen(line)
            except (psycopg.Error, DatabaseError, OSError) as problem:
                if self.is_connected:
                    log.warning("live updates lost the database and try again: %s", problem)
                self.is_connected = False
                await asyncio.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311 (spreads tries; no secret)
                pause = min(pause * 2, _SLOWEST)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        given = connection.get_connection_params()
        known: dict[str, Any] = {name: given[name] for name in _PARAMETERS if given.get(name)}
        line = await psycopg.AsyncConnection.connect(
            **known, autocommit=True, application_name="factcheck-live", connect_timeout=5
        )
        await line.execute("LISTEN factcheck")
        return line

    async def _listen(self, line: psycopg.AsyncConnection[Any]) -> None:
        while not self.is_closing:
            said = [one.payload async for one in line.notifies(timeout=_ALIVE, stop_after=1)]
            if not said:
                await line.execute("SELECT 1")
                continue
            # What comes in one breath is read in one go.
            said += [one.payload async for one in line.notifies(timeout=_GATHER)]
            await self._heard(said)

    async def _heard(self, said: list[str]) -> None:
        desks, jobs = set(), set()
        for payload in dict.fromkeys(said):
            kind, *numbers = payload.split()
            keys = [int(number) for number in numbers]
            if kind == "history":
                desks.add(keys[0])
            elif kind == "job":
                jobs.add((keys[0], keys[1]))
            elif kind == "here":
                self._tell(Change(keys[0], 0, "here", article=keys[1]))
            elif kind == "notice":
                self._tell_person(keys[0])
        await self._catch_up(desks & set(self.at))
        for desk, job in jobs:
            if desk in self.at:
                self._tell(Change(desk, 0, "progress", article=await self._article_of(job)))

    async def _catch_up(self, desks: set[int]) -> None:
        for desk in desks:
            changes, self.at[desk] = await in_thread(changes_after, desk, self.at[desk])
            for change in changes:
                self._tell(change)

    async def _article_of(self, job: int) -> int | None:
        if job not in self._articles:
            if len(self._articles) > 1_000:
                self._articles.clear()
            self._articles[job] = await in_thread(article_of_job, job)
        return self._articles[job]

    def _tell(self, change: Change) -> None:
        for listener in self.listeners:
            if change.desk in listener.desks:
                listener.put(change)

    def _tell_person(self, person_id: int) -> None:
        for listener in self.listeners:
            if listener.person_id == person_id:
                listener.put(Change(0, 0, "notice"))


HUB = Hub()
"""The one of this process."""
