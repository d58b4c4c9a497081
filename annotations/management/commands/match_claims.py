"""`manage.py match_claims CLAIMS [QUERIES|-]`: the verified claims nearest to each text; nothing is stored."""

from __future__ import annotations

import hashlib
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from numpy.typing import NDArray

from annotations.claims.extraction.model import BrokenModel, Model, shared_model
from annotations.management.streams import errors_of, json_lines, lines_of, opened
from annotations.precedents.matching import (
    BATCH,
    Matcher,
    VerifiedClaim,
    read_claims,
    read_queries,
    vectors_of,
)

_PART = 256
"""Claims that are embedded between two lines of progress."""


class Command(BaseCommand):
    help = (
        "For each query, a line {id, text} of JSON, print the ids of the nearest verified claims, best first,"
        " with their scores. Verified claims are lines {id, claim, title}."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "given", nargs="*", metavar="FILE", help="the claims (unless --claims), the queries"
        )
        parser.add_argument("--claims", help="a JSONL file of verified claims; - reads standard input")
        parser.add_argument("--queries", help="a JSONL file of texts; - or nothing reads standard input")
        parser.add_argument("--top", type=int, default=20, help="how many ids for each query, 1 to 1000")
        parser.add_argument("--vectors", help="an .npz file that keeps the claims' vectors for the next time")

    def handle(self, *args: Any, **options: Any) -> None:
        claims_name, queries_name = _names(options)
        if not 1 <= options["top"] <= 1000:
            raise CommandError("--top is a number from 1 to 1000.")
        # The queries are opened first: a wrong name is told before minutes of embedding.
        with opened(queries_name) as queries:
            with opened(claims_name) as stream:
                data = stream.read()
                claims = read_claims(data.split(b"\n"))
            if not claims:
                raise CommandError(f"{claims_name}: there is no claim in it.")
            try:
                model = shared_model()
            except BrokenModel as broken:
                raise CommandError(str(broken)) from None
            vectors = self._vectors(claims, data, model, options["vectors"])
            self._answer(lines_of(queries), Matcher(claims, vectors, model), options["top"])

    def _vectors(
        self, claims: list[VerifiedClaim], data: bytes, model: Model, name: str | None
    ) -> NDArray[np.float16]:
        """From the kept file when it is of the same claims and the same model, else computed and kept."""
        key = hashlib.sha256(f"{model.embedding}\n".encode() + data).hexdigest()
        kept = _kept(Path(name), key, 2 * len(claims)) if name else None
        if kept is not None:
            return kept
        parts = []
        for begin in range(0, len(claims), _PART):
            parts.append(vectors_of(claims[begin : begin + _PART], model))
            self.stderr.write(f"{min(begin + _PART, len(claims))} of {len(claims)} claims read")
        vectors = np.concatenate(parts)
        if name:
            with errors_of(name):
                _keep(Path(name), key, vectors)
        return vectors

    def _answer(self, queries: Iterable[bytes], matcher: Matcher, top: int) -> None:
        asked, count = read_queries(queries), 0
        with json_lines(self.stdout) as write:
            while batch := list(islice(asked, BATCH)):
                for query, hits in zip(batch, matcher.rank([one.text for one in batch], top), strict=True):
                    scores = [round(hit.score, 4) for hit in hits]
                    row = {"id": query.id, "ranked": [hit.key for hit in hits], "scores": scores}
                    write(row)
                self.stdout.flush()
                count += len(batch)
                if count % 256 < BATCH:
                    self.stderr.write(f"{count} queries answered")


def _names(options: dict[str, Any]) -> tuple[str, str]:
    given = list(options["given"])
    claims = options["claims"] or (given.pop(0) if given else "")
    queries = options["queries"] or (given.pop(0) if given else "-")
    if not claims or given:
        raise CommandError("Name the file of verified claims, and at most one file of queries.")
    if claims == queries == "-":
        raise CommandError("Standard input can hold the claims or the queries, not both.")
    return claims, queries


def _kept(path: Path, key: str, rows: int) -> NDArray[np.float16] | None:
    """The vectors of a kept file; None when there is none, when it is damaged or belongs to something else."""
    try:
        with np.load(path, allow_pickle=False) as file:
            vectors: NDArray[np.float16] = file["vectors"]
            same = str(file["key"]) == key
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    fits = vectors.ndim == 2 and len(vectors) == rows and vectors.dtype == np.float16
    return vectors if same and fits and bool(np.isfinite(vectors).all()) else None


def _keep(path: Path, key: str, vectors: NDArray[np.float16]) -> None:
    """Written beside and moved into place, so that nobody reads half a file."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, key=np.array(key), vectors=vectors)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
