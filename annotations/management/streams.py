"""What commands that read and write JSON lines have in common. Nothing here keeps more than one line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError, OutputWrapper

from annotations.claims.extraction.json_lines import LONGEST, BadLine


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file of that name; `-` is standard input. What goes wrong with it is told as in `errors_of`."""
    with errors_of(name):
        if name == "-":
            yield sys.stdin.buffer
        else:
            with Path(name).open("rb") as stream:
                yield stream


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that never ends only as much as tells that it is too long."""
    return iter(lambda: stream.readline(LONGEST + 1), b"")


@contextmanager
def errors_of(name: str) -> Iterator[None]:
    """What is wrong with a file is told with its name, and with the line where there is one."""
    try:
        yield
    except BadLine as bad:
        raise CommandError(f"{name}: {bad}") from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror or error}") from None


@contextmanager
def json_lines(out: OutputWrapper) -> Iterator[Callable[[Any], None]]:
    """Gives what writes one object a line, in UTF-8 whatever the terminal is set to.

    Half of a pair of surrogates, which UTF-8 has no bytes for, comes out as the escape that JSON has for it. A reader
    who has seen enough, as `head` has, ends the block without an error.
    """
    raw = getattr(out, "_out", out)
    if hasattr(raw, "reconfigure"):
        raw.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        yield lambda row: out.write(json.dumps(row, ensure_ascii=False))
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
