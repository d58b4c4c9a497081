from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.articles.queries import current_version
from annotations.claims.extraction.calibration import Calibration
from annotations.claims.extraction.engine import EXTRACTOR, extract
from annotations.claims.models import Claim, DeskCalibration
from annotations.claims.services.proposing import TakenAway, propose_claims
from annotations.claims.services.triage import dismiss_claim, merge_claim
from annotations.claims.services.wording import edit_span
from annotations.jobs.models import Job
from annotations.jobs.services import take_job
from tests import factories


def run_again(article):
    Job.objects.filter(article_version__article=article).update(
        state="WAITING", attempt=0, lease_until=None, not_before=timezone.now()
    )
    return propose_claims(job=take_job(job_id=current_version(article).extraction_id))


def test_the_first_article_gives_the_three_claims_of_its_brief(article):
    claims = {claim.exact: claim for claim in factories.extract(article)}

    soldiers = claims["over 12,000 North Korean soldiers are currently in Russia"]
    deaths = next(claim for words, claim in claims.items() if "45,000" in words)
    sanctions = next(claim for words, claim in claims.items() if "since 2006" in words)
    assert (soldiers.claimant, soldiers.attribution) == ("Dorothy Camille Shea", "REPORTED")
    assert (deaths.claimant, deaths.attribution) == ("Kim Song", "QUOTED")
    assert sanctions.attribution == "OUTLET"
    assert [(q["comparator"], q["value"]) for q in soldiers.quantities] == [(">", "12000")]
    assert [(q["comparator"], q["value"]) for q in deaths.quantities] == [(">", "45000")]
    assert [(q["comparator"], q["value"]) for q in sanctions.quantities] == [("since", "2006")]
    assert all(claim.status == "CANDIDATE" and claim.score for claim in claims.values())


def test_every_span_stands_on_its_words_and_the_job_is_done(article):
    claims = factories.extract(article)

    version = current_version(article)
    assert all(version.text[claim.start : claim.end] == claim.exact for claim in claims)
    assert version.extraction.state == "DONE"
    assert version.extraction.done == version.extraction.total > 0


def test_running_it_again_adds_nothing(article):
    before = {claim.pk for claim in factories.extract(article)}

    assert run_again(article) == 0
    assert {claim.pk for claim in article.claims.all()} == before


def test_it_never_revives_what_was_dismissed_merged_or_moved(article, reviewer):
    first, second, third = factories.extract(article)[:3]
    dismiss_claim(claim=first, version=first.version, reason="TRIVIAL", by=reviewer)
    merge_claim(claim=second, into=third, version=second.version, by=reviewer)
    words = current_version(article).text[third.start : third.start + 4]
    edit_span(
        claim=third, version=third.version, start=third.start, end=third.start + 4, exact=words, by=reviewer
    )
    before = Claim.objects.count()

    assert run_again(article) == 0
    assert Claim.objects.count() == before
    assert Claim.objects.get(pk=first.pk).status == "DISMISSED"
    assert Claim.objects.get(pk=second.pk).status == "MERGED"


def test_what_a_silent_worker_found_is_dropped(article):
    job = take_job(job_id=current_version(article).extraction_id)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    heir = take_job(job_id=job.pk)

    with pytest.raises(TakenAway):
        propose_claims(job=job)

    assert not article.claims.exists()
    assert propose_claims(job=heir) > 0


def test_a_desk_that_has_taught_a_lower_threshold_is_proposed_more(article, workspace):
    taught = Calibration(slope=1.0, offset=0.5, threshold=0.05, version="world-desk-1")
    usual = extract(
        current_version(article).text, language=article.language, published_on=article.published_on
    )
    before = {candidate.exact: candidate.score for candidate in usual}
    DeskCalibration.objects.create(
        workspace=workspace, number=1, extractor=EXTRACTOR, labels=60, is_active=True, **vars(taught)
    )

    claims = factories.extract(article)

    proposals = [claim for claim in claims if not claim.is_sample]
    assert len(proposals) > sum(not candidate.is_sample for candidate in usual)
    assert {claim.calibration for claim in claims} == {"world-desk-1"}
    known = [claim for claim in claims if claim.exact in before]
    assert known
    for claim in known:
        assert claim.score == pytest.approx(taught.apply(before[claim.exact]), abs=0.001)
