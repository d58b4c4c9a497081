"""Things as they come to be: every one through the services, so that a test never starts from what cannot
exist.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.articles.services import import_article
from annotations.claims.extraction.engine import Candidate
from annotations.claims.extraction.model import Model
from annotations.claims.extraction.sentences import sentences
from annotations.claims.models import Claim
from annotations.claims.services import proposing
from annotations.claims.services.proposing import propose_claims
from annotations.claims.services.triage import accept_claim, dismiss_claim
from annotations.claims.services.wording import edit_claim, mark_claim
from annotations.jobs.services import take_job
from annotations.notices.services.noticing import notice_changes
from annotations.people.models import User, Workspace
from annotations.people.roles import Role
from annotations.people.services import enrol_person, open_workspace
from annotations.reviews.services.deciding import approve_verdict, disagree
from annotations.reviews.services.publishing import publish_claim
from annotations.snapshots.reading import read_plain
from annotations.sources.models import Evidence
from annotations.sources.services import cite_source
from annotations.verdicts.models import Verdict
from annotations.verdicts.services import draft_verdict, submit_verdict

_numbers = count(1)


def empty_tables() -> None:
    """Take every row that a test has committed; what Django itself writes when it migrates stays.

    As a replica, which no trigger and no rule of ours holds back. Only the few tables that have rows cost anything: to
    truncate all of them writes hundreds of files.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DO $$
            DECLARE
                found text;
                has_rows boolean;
            BEGIN
                SET LOCAL session_replication_role = replica;
                FOR found IN
                    SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
                    AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
                LOOP
                    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', found) INTO has_rows;
                    IF has_rows THEN EXECUTE format('DELETE FROM %I', found); END IF;
                END LOOP;
            END $$
            """
        )


def close_history() -> None:
    """What a commit would do: the end of each chain is written down. For tests that run in one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def noticed() -> int:
    """Make the notices of what has been written so far, as the task would."""
    close_history()
    return notice_changes()


def workspace(slug: str = "world-desk") -> Workspace:
    return open_workspace(name=slug.replace("-", " ").capitalize(), slug=slug)


def person(desk: Workspace, username: str, role: Role) -> User:
    from tests.cast import PASSWORD

    return enrol_person(
        workspace=desk, username=username, name=username.capitalize(), password=PASSWORD, role=role
    ).user


def article(desk: Workspace, by: User, text: str = "", **facts: Any) -> Article:
    text = (
        text or f"Paragraph {next(_numbers)} says that the council spent 5 million euros. It met on Monday."
    )
    matter = read_plain(text)
    if facts:
        matter = matter.__class__(**{**matter.__dict__, **facts})
    return import_article(workspace=desk, matter=matter, by=by).article


def extract(article: Article) -> list[Claim]:
    """Run the article's job as a worker would. What the model said of the same sentences before is remembered: most
    tests begin with one and the same article, and reading it takes the model a second each time.
    """
    job = take_job(job_id=current_version(article).extraction_id)
    assert job is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Model, "_run", _remembered)
        propose_claims(job=job)
    return list(article.claims.in_order())


_asked_of_the_model = Model._run
_answers: dict[tuple[str, str, tuple[str, ...]], Any] = {}


def _remembered(model: Model, part: str, texts: Sequence[str], *, width: int) -> Any:
    key = (model.version, part, tuple(texts))
    if key not in _answers:
        _answers[key] = _asked_of_the_model(model, part, texts, width=width)
    return _answers[key].copy()


def proposed(article: Article, scores: Sequence[float]) -> list[Claim]:
    """Candidates on the article's first sentences with these scores, as extraction would hand them over: from 0.5 on
    a ranked proposal, below that one of the sample of what was passed over; 0 leaves the sentence alone.
    """
    text = current_version(article).text
    ranked = sorted(scores, reverse=True)
    found = [
        Candidate(
            start=start,
            end=end,
            exact=text[start:end],
            score=score,
            type="QUANTITY" if number % 2 else "EVENT",
            statement=text[start:end],
            claimant="",
            attribution="OUTLET",
            cue="",
            quantities=(),
            dates=(),
            signals=(),
            sentence_start=start,
            sentence_end=end,
            rank=ranked.index(score) + 1 if score >= 0.5 else 0,
            is_sample=score < 0.5,
        )
        for number, ((start, end), score) in enumerate(zip(sentences(text), scores, strict=False))
        if score
    ]
    with patch.object(proposing, "extract", lambda *_, **__: found):
        return extract(article)


def sorted_articles(desk: Workspace, by: User, count: int = 45, *, outlet: str = "") -> list[Claim]:
    """Articles of five sentences, all decided on: nearly always accepted from a score of 0.8 on, nearly never below.

    Always the same draw. So many articles that some are held back and some not, whatever their keys are.
    """
    draw, claims = random.Random(3), []
    for _ in range(count):
        number = next(_numbers)
        text = " ".join(
            f"Sentence {place} of text {number} counts {place * 7} boats." for place in range(1, 6)
        )
        one = article(desk, by, text, outlet=outlet)
        for claim in proposed(one, [round(draw.uniform(0.56, 0.99), 3) for _ in range(5)]):
            if draw.random() < (0.93 if (claim.score or 0) >= 0.8 else 0.07):
                claims.append(accept_claim(claim=claim, version=1, by=by))
            else:
                claims.append(dismiss_claim(claim=claim, version=1, reason="TRIVIAL", by=by))
    return claims


def candidate(article: Article, containing: str = "") -> Claim:
    """One candidate of the article, extracted if need be; the one that holds these words."""
    if not article.claims.exists():
        extract(article)
    proposals = article.claims.put_forward().filter(status="CANDIDATE", exact__contains=containing)
    return proposals.in_order().first()


def marked(article: Article, words: str, by: User) -> Claim:
    version = current_version(article)
    start = version.text.index(words)
    return mark_claim(
        article=article, article_version=version, start=start, end=start + len(words), exact=words, by=by
    )


def accepted(article: Article, by: User, containing: str = "") -> Claim:
    claim = candidate(article, containing)
    return accept_claim(claim=claim, version=claim.version, by=by)


def cited(claim: Claim, by: User, **facts: Any) -> Evidence:
    facts = {
        "url": f"https://records.example/{next(_numbers)}",
        "title": "Official record",
        "publisher": "Records office",
        "stance": "SUPPORTS",
        "is_primary": True,
        "quote": "The words that prove it.",
    } | facts
    return cite_source(claim=claim, by=by, **facts)


def drafted(claim: Claim, by: User, seen: int = 0, **parts: Any) -> Verdict:
    parts = {"rating": "mostly_true", "reasons": "Two counts come close [1].", "confidence": "MEDIUM"} | parts
    return draft_verdict(claim=claim, seen=seen, by=by, **parts)


def ready(article: Article, by: User, containing: str = "") -> Claim:
    """Accepted, with claimant, date, a source and a verdict: one press from submission."""
    claim = accepted(article, by, containing)
    edit_claim(
        claim=claim, version=claim.version, by=by, claimant="Dorothy Camille Shea", said_on=date(2025, 1, 8)
    )
    cited(claim, by)
    drafted(claim, by)
    return claim


def submitted(article: Article, by: User, containing: str = "") -> Claim:
    claim = ready(article, by, containing)
    submit_verdict(claim=claim, version=claim.version, seen=1, by=by)
    return claim


def disputed(article: Article, by: User, second: User, containing: str = "") -> Claim:
    claim = submitted(article, by, containing)
    disagree(claim=claim, version=claim.version, rating="false", note="The count is not there.", by=second)
    return claim


def approved(article: Article, by: User, second: User, containing: str = "") -> Claim:
    claim = submitted(article, by, containing)
    approve_verdict(claim=claim, version=claim.version, by=second)
    return claim


def published(article: Article, by: User, second: User, editor: User, containing: str = "") -> Claim:
    claim = approved(article, by, second, containing)
    publish_claim(claim=claim, version=claim.version, by=editor)
    return claim
