"""Candidates from extraction: written once, whatever happens to the worker."""

from __future__ import annotations

import time
from dataclasses import asdict

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from annotations.articles.models import ArticleVersion
from annotations.audit.services import recorded
from annotations.claims import spans
from annotations.claims.extraction.calibration import Calibration
from annotations.claims.extraction.engine import EXTRACTOR, Candidate, extract, why_no_proposals
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.claims.queries import active_calibration
from annotations.claims.reanchoring_words import folded
from annotations.claims.remote import more_from_remote
from annotations.claims.services.anchoring import unread_places
from annotations.claims.services.versions import sentences_read_before
from annotations.jobs.models import Job
from annotations.jobs.services import TakenAway as TakenAway
from annotations.jobs.services import finish_job, report_progress


def propose_claims(*, job: Job) -> int:
    """Read the job's article version and keep what is worth checking as candidates. Returns how many are new.

    Safe to run twice and after any crash: candidates and the job's end are one transaction. A candidate that overlaps
    any claim of the version, dismissed and edited ones included, is not proposed again, so a second run neither
    doubles a claim nor revives one that a person dismissed. A language that cannot be read ends the job well, with a
    note. Raises `TakenAway` when the lease was lost.
    """
    version = ArticleVersion.objects.select_related("article").get(extraction=job)
    article = version.article
    progress = _Progress(job)
    calibration = active_calibration(version.workspace_id)
    found = extract(
        version.text,
        language=article.language,
        published_on=article.published_on,
        title=article.title,
        progress=progress,
        calibration=calibration,
    )
    more, note = more_from_remote(
        [candidate for candidate in found if not candidate.is_sample],
        text=version.text,
        language=article.language,
        published_on=article.published_on,
        alive=progress.alive,
    )
    found = _with_more(found, more)
    with recorded(by=None, verb="propose_claims", name="Extraction"), transaction.atomic():
        if not finish_job(job=job, note=note or why_no_proposals(article.language, version.text)):
            raise TakenAway
        known = Claim.objects.filter(article_version=version)
        fresh = _fresh(_new_words(found, version), known)
        Claim.objects.bulk_create(
            [_as_claim(version, candidate, calibration) for candidate in fresh], batch_size=500
        )
    return len(fresh)


def _with_more(found: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """Both, without those of the sample that another model proposed: they were not passed over."""
    words = [(candidate.start, candidate.end) for candidate in more]
    kept = [
        candidate
        for candidate in found
        if not candidate.is_sample
        or not any(spans.alike((candidate.start, candidate.end), span) for span in words)
    ]
    return kept + more


def _fresh(found: list[Candidate], known: QuerySet[Claim]) -> list[Candidate]:
    """Candidates that stand on no known claim's words. A sample is drawn once: a second draw would not be random."""
    taken, is_sampled = [], False
    for start, end, *proposed, is_sample in known.values_list(
        "start", "end", "proposed_start", "proposed_end", "is_sample"
    ):
        taken.append((start, end))
        if proposed[0] is not None and proposed[1] is not None:
            taken.append((proposed[0], proposed[1]))
        is_sampled = is_sampled or is_sample
    return [
        candidate
        for candidate in found
        if not (is_sampled and candidate.is_sample)
        and not any(spans.alike((candidate.start, candidate.end), span) for span in taken)
    ]


def _new_words(found: list[Candidate], version: ArticleVersion) -> list[Candidate]:
    """Of a later version only what its sentences say anew, and nothing where a claim of an earlier one stands or may
    stand. No sample is drawn from it: it would not be one of the text.
    """
    if version.number == 1:
        return found
    read, places = sentences_read_before(version=version), unread_places(version=version)
    return [
        candidate
        for candidate in found
        if not candidate.is_sample
        and folded(version.text[candidate.sentence_start : candidate.sentence_end]) not in read
        and not any(
            spans.alike((candidate.start, candidate.end), place)
            for place in [*places["placed"], *places["guessed"]]
        )
    ]


def _as_claim(version: ArticleVersion, candidate: Candidate, calibration: Calibration | None) -> Claim:
    span = spans.check(version.text, start=candidate.start, end=candidate.end, exact=candidate.exact)
    return Claim(
        workspace_id=version.workspace_id,
        article_id=version.article_id,
        article_version=version,
        start=span.start,
        end=span.end,
        exact=span.exact,
        prefix=span.prefix,
        suffix=span.suffix,
        proposed_start=span.start,
        proposed_end=span.end,
        status=Status.CANDIDATE.value,
        statement=candidate.statement[:1000],
        type=candidate.type,
        claimant=candidate.claimant[:200],
        attribution=candidate.attribution,
        cue=candidate.cue[:100],
        # What the outlet says itself it says on its own date; when a speaker said it, a person has to find out.
        said_on=version.article.published_on if candidate.attribution == Claim.Attribution.OUTLET else None,
        quantities=[asdict(quantity) for quantity in candidate.quantities],
        dates=[asdict(mention) for mention in candidate.dates],
        score=candidate.score,
        rank=None if candidate.is_sample else candidate.rank or None,
        is_sample=candidate.is_sample,
        signals=[asdict(signal) for signal in candidate.signals],
        extractor=candidate.extractor or EXTRACTOR,
        calibration=calibration.version if calibration and not candidate.extractor else "",
        moved_at=Now(),
    )


class _Progress:
    """Tells the job how far it is, at most three times a second: the page looks once a second."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.told_at = 0.0
        self.at = (0, 0)

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        self.at = (done, total)
        if done < total and now - self.told_at < 0.3:
            return
        self.told_at = now
        if not report_progress(job=self.job, done=done, total=total):
            raise TakenAway

    def alive(self) -> None:
        """Nothing new, but still at work: renews the lease."""
        if not report_progress(job=self.job, done=self.at[0], total=self.at[1]):
            raise TakenAway
