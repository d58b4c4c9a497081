"""The report as JSON. Pure; yields bytes as it goes, a claim at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from annotations.reports.content import Entry


def write(entries: Iterable[Entry], about: Mapping[str, Any]) -> Iterator[bytes]:
    """One object: the members of `about`, then `claims` with all entries. UTF-8."""
    head = json.dumps(dict(about), ensure_ascii=False, indent=1).rstrip("}").rstrip()
    yield (head + (",\n" if about else "") + ' "claims": [').encode()
    for number, item in enumerate(entries):
        words = json.dumps(asdict(item) | {"is_retracted": item.is_retracted}, ensure_ascii=False)
        yield ((",\n  " if number else "\n  ") + words).encode()
    yield b"\n ]\n}\n"
