"""Two hands at the same moment, on real connections: one gets through, and nobody's words are lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connections

from annotations.articles.models import Article
from annotations.articles.queries import current_version
from annotations.articles.services import import_article
from annotations.audit.services import verify_audit
from annotations.claims.models import Claim, DeskCalibration, Label
from annotations.claims.services.bulk import accept_claims, dismiss_claims
from annotations.claims.services.learning import refit_calibration
from annotations.claims.services.triage import accept_claim
from annotations.claims.services.wording import edit_claim, mark_claim
from annotations.people.services import set_blind_review
from annotations.refusals import IllegalMove, Refusal, Stale
from annotations.reports.models import Report
from annotations.reports.services import publish_claims
from annotations.reviews.models import Review
from annotations.reviews.services.deciding import approve_verdict, lock_rating
from annotations.snapshots.copies import pasted
from annotations.snapshots.reading import read_plain
from annotations.sources.models import Evidence
from annotations.sources.services import edit_evidence, keep_copy
from annotations.steps.queries import steps_of
from annotations.steps.services import undo_step
from annotations.verdicts.models import OwnRating, Verdict
from annotations.verdicts.services import draft_verdict
from tests import factories
from tests.cast import SEED

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Run the steps on threads that start together. What a step returns or refuses is its result."""
    results: list[Any] = [None] * len(steps)
    ready = threading.Barrier(len(steps))

    def run(number: int, step: Callable[[], Any]) -> None:
        try:
            ready.wait(10)
            results[number] = step()
        except Refusal as refusal:
            results[number] = refusal
        except Exception as problem:
            results[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_two_save_the_same_claim_and_the_second_sees_both_texts(article, reviewer, colleague):
    for round_ in range(10):
        claim = Claim.objects.filter(article=article).first() or factories.candidate(article, "12,000")
        texts = [f"First {round_}.", f"Second {round_}."]

        def save(words, person, version=claim.version, pk=claim.pk):
            return edit_claim(claim=Claim.objects.get(pk=pk), version=version, by=person, statement=words)

        results = at_once(partial(save, texts[0], reviewer), partial(save, texts[1], colleague))

        lost = [result for result in results if isinstance(result, Stale)]
        kept = Claim.objects.get(pk=claim.pk).statement
        assert len(lost) == 1, results
        assert lost[0].current["statement"] == kept
        assert {kept, lost[0].yours["statement"]} == set(texts)


def test_two_write_on_one_verdict_and_neither_is_lost(article, reviewer, colleague):
    claim = factories.accepted(article, reviewer, "12,000")

    results = at_once(
        lambda: draft_verdict(claim=claim, seen=0, by=reviewer, reasons="Mine."),
        lambda: draft_verdict(claim=claim, seen=0, by=colleague, reasons="Yours."),
    )

    stale = [result for result in results if isinstance(result, Stale)]
    assert len(stale) == 1, results
    assert {stale[0].current["reasons"], stale[0].yours["reasons"]} == {"Mine.", "Yours."}
    assert Verdict.objects.filter(claim=claim).count() == 1


def test_two_accept_one_candidate_and_one_becomes_its_reviewer(article, reviewer, colleague):
    claim = factories.candidate(article, "12,000")

    def accept(person):
        return accept_claim(claim=Claim.objects.get(pk=claim.pk), version=1, by=person)

    results = at_once(lambda: accept(reviewer), lambda: accept(colleague))

    assert sum(isinstance(result, (Stale, IllegalMove)) for result in results) == 1, results


def test_two_approve_and_there_is_one_review(article, reviewer, colleague, editor):
    claim = factories.submitted(article, reviewer, "12,000")

    def approve(person):
        return approve_verdict(claim=Claim.objects.get(pk=claim.pk), version=claim.version, by=person)

    results = at_once(lambda: approve(colleague), lambda: approve(editor))

    assert sum(isinstance(result, Refusal) for result in results) == 1, results
    assert Review.objects.filter(claim=claim).count() == 1


def test_two_reviewers_lock_their_own_ratings_and_one_twice_at_once(
    workspace, article, reviewer, colleague, editor, admin
):
    set_blind_review(workspace=workspace, is_blind=True, version=workspace.version, by=admin)
    claim = factories.submitted(article, reviewer, "12,000")

    def lock(person, rating="half_true"):
        seen = {"claim": Claim.objects.get(pk=claim.pk), "version": claim.version, "by": person}
        return lock_rating(**seen, rating=rating, reasons="Half of it.")

    results = at_once(
        lambda: lock(colleague),
        lambda: lock(editor, "true"),
        lambda: lock(colleague),
        lambda: lock(colleague, "false"),
    )

    locked = {own.reviewer.username: own.rating for own in OwnRating.objects.filter(claim=claim)}
    assert set(locked) == {"colleague", "editor"}
    assert locked["editor"] == "true"
    assert sum(isinstance(result, IllegalMove) for result in results) in (1, 2), results
    assert not [
        result for result in results if isinstance(result, Exception) and not isinstance(result, Refusal)
    ]


def test_a_copy_and_a_quote_come_at_once_and_the_proof_is_of_what_stands_then(article, reviewer, colleague):
    claim = factories.accepted(article, reviewer, "12,000")
    evidence = factories.cited(claim, reviewer, quote="Words of round 0")

    for number in range(6):
        words, seen = f"Words of round {number + 1}", Evidence.objects.get(pk=evidence.pk).version
        results = at_once(
            partial(
                edit_evidence,
                evidence=Evidence.objects.get(pk=evidence.pk),
                version=seen,
                by=reviewer,
                quote=words,
            ),
            partial(keep_copy, source=evidence.source, matter=pasted(f"Here: {words}."), by=colleague),
        )

        stands = Evidence.objects.get(pk=evidence.pk)
        assert not [result for result in results if isinstance(result, Exception)], results
        assert (stands.quote, stands.quote_state) == (words, "VERIFIED")
        assert stands.quote_snapshot.text[stands.quote_start : stands.quote_end] == words


def test_four_editors_publish_and_there_is_one_report(article, reviewer, colleague, editor, admin):
    claim = factories.approved(article, reviewer, colleague, "12,000")

    def publish(person):
        return publish_claims(claims=[(Claim.objects.get(pk=claim.pk), claim.version)], by=person)

    results = at_once(*[lambda person=person: publish(person) for person in (editor, admin, editor, admin)])

    assert sum(isinstance(result, Report) for result in results) == 1, results
    assert claim.publications.count() == 1


def test_the_same_text_twice_at_once_is_one_article(workspace, reviewer, colleague):
    matter = read_plain(SEED.read_text())

    def add(person):
        return import_article(workspace=workspace, matter=matter, by=person)

    results = at_once(*[lambda person=person: add(person) for person in (reviewer, colleague) * 3])

    assert sorted(result.is_new for result in results) == [False] * 5 + [True], results
    assert Article.objects.count() == 1


def test_the_same_source_twice_at_once_is_one_evidence(article, reviewer, colleague):
    claim = factories.accepted(article, reviewer, "12,000")

    def cite(person):
        return factories.cited(claim, person, url="https://records.example/one")

    results = at_once(lambda: cite(reviewer), lambda: cite(colleague), lambda: cite(reviewer))

    assert {type(result) for result in results} == {Evidence}, results
    assert Evidence.objects.count() == 1


def test_many_mark_one_article_without_a_deadlock_and_the_history_stays_whole(article, reviewer, colleague):
    version = current_version(article)

    def mark(person, first):
        for start in range(first, first + 40, 4):
            words = version.text[start : start + 7]
            mark_claim(
                article=article, article_version=version, start=start, end=start + 7, exact=words, by=person
            )

    results = at_once(
        *[lambda person=(reviewer, colleague)[n % 2], first=n * 100: mark(person, first) for n in range(8)]
    )

    assert results == [None] * 8
    assert Claim.objects.filter(article=article).count() == 80
    assert [chain.problem for chain in verify_audit()] == ["", ""]


def test_two_runs_that_learn_at_once_wait_for_each_other(workspace, reviewer):
    factories.sorted_articles(workspace, reviewer)

    results = at_once(*[lambda: refit_calibration(workspace=workspace, by=None)] * 2)

    assert sorted(result.is_switched for result in results) == [False, True]
    assert DeskCalibration.objects.filter(workspace=workspace, is_active=True).count() == 1
    assert [chain.problem for chain in verify_audit()] == [""] * len(verify_audit())


def test_of_two_who_decide_at_once_one_leaves_a_label(article, reviewer, colleague):
    claim = factories.proposed(article, [0.9])[0]

    def decide(person):
        return accept_claim(claim=Claim.objects.get(pk=claim.pk), version=1, by=person)

    at_once(partial(decide, reviewer), partial(decide, colleague))

    assert Label.objects.filter(claim=claim).count() == 1


def test_two_sort_the_same_candidates_and_each_row_goes_to_one(workspace, reviewer, colleague):
    text = " ".join(f"Boat number {n} carried {n * 7} tons of grain." for n in range(1, 31))
    article = factories.article(workspace, reviewer, text)
    rows = [(claim.pk, claim.version) for claim in factories.proposed(article, [0.9] * 30)]

    results = at_once(
        lambda: accept_claims(article=article, rows=rows, by=reviewer),
        lambda: dismiss_claims(article=article, rows=rows[::-1], reason="TRIVIAL", by=colleague),
    )

    done = [[outcome.pk for outcome in result if outcome.is_done] for result in results]
    assert sorted(done[0] + done[1]) == [pk for pk, _ in rows], results
    assert Claim.objects.filter(status="ACCEPTED").count() == len(done[0])
    assert Label.objects.count() == 30
    assert [chain.problem for chain in verify_audit() if chain.problem] == []


def test_one_step_undone_from_two_windows_goes_back_once(article, reviewer):
    first = factories.accepted(article, reviewer, "12,000")
    last = factories.accepted(article, reviewer, "45,000")
    step = steps_of(reviewer, article).undo.key

    def undo():
        return undo_step(article=Article.objects.get(pk=article.pk), by=reviewer, step=step)

    results = at_once(undo, undo, undo)

    assert sum(isinstance(result, IllegalMove) for result in results) == 2, results
    assert [Claim.objects.get(pk=one.pk).status for one in (first, last)] == ["ACCEPTED", "CANDIDATE"]


def test_who_edits_while_another_undoes_keeps_the_words_or_hears_of_it(article, reviewer, colleague):
    for _ in range(5):
        claim = factories.accepted(article, reviewer)
        seen, pk = claim.version, claim.pk

        def edit(pk=pk, seen=seen):
            return edit_claim(claim=Claim.objects.get(pk=pk), version=seen, by=colleague, claimant="Somebody")

        results = at_once(lambda: undo_step(article=article, by=reviewer), edit)

        now = Claim.objects.get(pk=pk)
        assert sum(isinstance(result, Refusal) for result in results) == 1, results
        assert (now.status, now.claimant == "Somebody") in (("CANDIDATE", False), ("ACCEPTED", True))
