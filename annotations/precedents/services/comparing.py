"""The background work of a desk: read what is new by meaning, and suggest what may be the same claim."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
from django.db.models import Max, QuerySet

from annotations.audit.services import recorded
from annotations.claims.models import Claim
from annotations.claims.services.proposing import TakenAway
from annotations.jobs.models import Job
from annotations.jobs.services import finish_round, report_progress
from annotations.precedents.models import OutsideCheck, Vector
from annotations.precedents.nearest import SUGGEST, Hit, Index, Vectors, pack
from annotations.precedents.queries import (
    checks_index,
    checks_to_read,
    claims_index,
    claims_to_read,
    words_of,
)
from annotations.precedents.services.suggesting import Pair, prepare, write

BATCH, TOP = 64, 20
SECONDS = 45.0
"""After this long a round ends, and the rest waits for the next: no task runs into the worker's time limit."""


class Reader(Protocol):
    """What turns texts into vectors of unit length, one row each. `embedding` names their space."""

    @property
    def embedding(self) -> str: ...
    def embed(self, texts: Sequence[str]) -> Vectors: ...


def compare_desk(*, job: Job, model: Reader | None = None) -> bool:
    """Give vectors to what has none of its present wording, and suggest its matches. Returns whether more is left.

    Safe at any crash: a batch of 64 is one transaction, and what has its vector is not read again. Outside checks
    come first, so that a claim meets all of them. Raises `TakenAway` when the lease was lost. `model` is the one
    that is shipped unless another is given.
    """
    if model is None:
        # Here and not above: pages that only ring for this work need not load a model.
        from annotations.claims.extraction.model import shared_model

        model = shared_model()
    return finish_round(job=job, is_more=not _Round(job, model).run())


class _Round:
    def __init__(self, job: Job, model: Reader) -> None:
        self.job, self.model = job, model
        self.desk, self.space = job.workspace_id, model.embedding
        self.ends = time.monotonic() + SECONDS
        self.done, self.total = 0, 0

    def run(self) -> bool:
        """Whether everything was read."""
        claims, checks = claims_to_read(self.desk, self.space), checks_to_read(self.desk, self.space)
        unread = set(claims.values_list("pk", flat=True))
        self.total = len(unread) + checks.count()
        self.alive()
        known = claims_index(self.desk, self.space, without=unread)
        for checks_read in self.batches(checks):
            self.read_checks(checks_read, known)
        others = checks_index(self.desk, self.space) if unread and self.has_time() else None
        keys: list[int] = []
        fresh: Vectors = np.empty((0, 0), dtype=np.float32)
        for claims_read in self.batches(claims):
            assert others is not None
            vectors = self.read([words_of(claim) for claim in claims_read])
            keys += [claim.pk for claim in claims_read]
            fresh = np.concatenate([fresh, vectors], dtype=np.float32) if len(fresh) else vectors
            self.read_claims(claims_read, vectors, others, [known, Index(keys, fresh)])
        return self.done >= self.total

    def batches(self, rows: QuerySet[Any]) -> Iterable[list[Any]]:
        """64 at a time by key, as long as there is time. What changes meanwhile is met in the next round."""
        last = 0
        while self.has_time() and (batch := list(rows.filter(pk__gt=last)[:BATCH])):
            last = batch[-1].pk
            self.alive()
            yield batch
            self.done += len(batch)

    def has_time(self) -> bool:
        return time.monotonic() < self.ends

    def alive(self) -> None:
        if not report_progress(job=self.job, done=self.done, total=self.total):
            raise TakenAway

    def read(self, texts: Sequence[str]) -> Vectors:
        vectors = self.model.embed(texts)
        self.alive()
        return vectors

    def read_checks(self, checks: list[Any], known: Index) -> None:
        """Every check against the claims that are there; its claim and its title count as one."""
        parts = [(check, "CLAIM", check.claim, check.digest) for check in checks]
        parts += [(check, "TITLE", check.title or check.claim, check.title_digest) for check in checks]
        vectors = self.read([text for _, _, text, _ in parts])
        found: dict[Pair, float] = defaultdict(float)
        for (check, _, _, _), hits in zip(parts, known.search(vectors, TOP, SUGGEST), strict=True):
            for hit in hits:
                pair = Pair(int(hit.key), None, check.pk)
                found[pair] = max(found[pair], hit.score)
        new = [
            Vector(outside_check=check, part=part, text_md5=digest, data=pack(vector))
            for (check, part, _, digest), vector in zip(parts, vectors, strict=True)
            if part == "CLAIM" or check.title
        ]
        self.keep(new, "outside_check", found, checks=checks)

    def read_claims(self, claims: list[Any], vectors: Vectors, others: Index, known: list[Index]) -> None:
        found: dict[Pair, float] = {}
        searches = [others.search(vectors, TOP, SUGGEST)] if len(others) else []
        near: list[list[Hit]] = [[] for _ in claims]
        for index in known:
            if len(index):
                for place, hits in enumerate(index.search(vectors, TOP, SUGGEST)):
                    near[place] += hits
        for place, claim in enumerate(claims):
            for hit in near[place]:
                if hit.key != claim.pk:
                    found[Pair.of_claims(claim.pk, int(hit.key))] = hit.score
            for hit in searches[0][place] if searches else []:
                found[Pair(claim.pk, None, int(hit.key))] = hit.score
        new = [
            Vector(claim=claim, text_md5=claim.digest, data=pack(vector))
            for claim, vector in zip(claims, vectors, strict=True)
        ]
        self.keep(new, "claim", found, claims=claims)

    def keep(
        self,
        new: list[Vector],
        owner: str,
        found: dict[Pair, float],
        *,
        claims: Sequence[Claim] = (),
        checks: Sequence[OutsideCheck] = (),
    ) -> None:
        """Vectors and suggestions of a batch: all or nothing, and only while the job is this worker's."""
        plan = prepare(
            workspace_id=self.desk,
            found=found,
            claims={claim.pk for claim in claims},
            checks={check.pk for check in checks},
        )
        with recorded(by=None, verb="suggest_matches", name="Comparison"):
            self.alive()
            last = Vector.objects.filter(workspace_id=self.desk).aggregate(last=Max("revision"))["last"] or 0
            for vector in new:
                vector.workspace_id, vector.space, vector.revision = self.desk, self.space, last + 1
            Vector.objects.bulk_create(
                new,
                update_conflicts=True,
                unique_fields=[owner, "part"],
                update_fields=["text_md5", "space", "data", "revision"],
            )
            write(plan=plan)
