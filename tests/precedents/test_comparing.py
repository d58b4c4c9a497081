"""The background work of a desk: what is read, what is suggested, what lapses, and what survives a crash."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.audit.models import AuditEntry
from annotations.audit.services import verify_audit
from annotations.claims.services.proposing import TakenAway
from annotations.claims.services.wording import edit_claim
from annotations.jobs.models import Job
from annotations.jobs.services import ask_again, take_job
from annotations.precedents.models import Match, Vector
from annotations.precedents.services import comparing
from annotations.precedents.services.comparing import compare_desk
from annotations.precedents.services.deciding import confirm_match, reject_match
from annotations.steps.services import undo_claim
from tests.precedents.small_model import Words

BRIDGE = "The old bridge over the river was closed for repairs"
BUSES = "The town bought 30 electric buses for the school routes"


def test_a_claim_meets_the_outside_check_that_says_the_same(claim_saying, taken_in, compared):
    claim = claim_saying(BRIDGE)
    taken_in(f"{BRIDGE}.", "A baker in the north sold cakes.")

    compared()

    match = Match.objects.get()
    assert (match.claim, match.outside_check.claim, match.earlier) == (claim, f"{BRIDGE}.", None)
    assert (match.status, match.strength, match.differs) == ("SUGGESTED", "LIKELY", False)
    assert match.score == pytest.approx(1, abs=0.01)


def test_the_title_of_a_check_counts_too(claim_saying, taken_in, compared):
    claim_saying(BRIDGE)
    taken_in("Cars must drive another way.", title=BRIDGE)

    compared()

    assert Match.objects.get().strength == "LIKELY"


def test_what_differs_is_found_and_marked_with_its_places(claim_saying, taken_in, compared):
    claim = claim_saying(BUSES)
    taken_in(BUSES.replace("30", "45"))

    compared()

    match = Match.objects.get()
    (number,) = match.differences
    assert match.differs
    assert (number["kind"], number["a_text"], number["b_text"]) == (
        "NUMBER",
        "30 electric buses",
        "45 electric buses",
    )
    assert claim.statement[number["a_start"] : number["a_end"]] == "30 electric buses"


def test_two_claims_of_different_articles_are_one_pair_the_later_one_first(claim_saying, compared):
    first, second = claim_saying(BRIDGE), claim_saying(BRIDGE)

    compared()

    match = Match.objects.get()
    assert (match.claim, match.earlier) == (second, first)


def test_claims_of_one_article_are_no_pair(workspace, reviewer, compared):
    from tests import factories

    text = f"{BRIDGE} in May. {BRIDGE} in June."
    article = factories.article(workspace, reviewer, text)
    factories.marked(article, f"{BRIDGE} in May", reviewer)
    factories.marked(article, f"{BRIDGE} in June", reviewer)

    compared()

    assert Vector.objects.count() == 2
    assert not Match.objects.exists()


def test_nothing_crosses_desks(claim_saying, other_workspace, outsider, compared):
    from tests import factories

    article = factories.article(other_workspace, outsider, f"{BRIDGE}. So it was said.")
    factories.marked(article, BRIDGE, outsider)
    claim_saying(BRIDGE)

    compared()

    assert Vector.objects.count() == 1
    assert not Match.objects.exists()


def test_what_was_read_is_not_read_again_and_repeating_changes_nothing(claim_saying, taken_in, compared):
    claim_saying(BRIDGE)
    taken_in(BRIDGE)
    compared()
    before = list(Match.objects.values()), list(Vector.objects.values("id", "revision"))

    again = compared()

    assert again.read == []
    assert (list(Match.objects.values()), list(Vector.objects.values("id", "revision"))) == before


def test_another_model_reads_everything_anew(claim_saying, taken_in, compared):
    claim_saying(BRIDGE)
    taken_in(BRIDGE)
    compared()

    again = compared(Words("words-2"))

    assert len(again.read) == 3
    assert set(Vector.objects.values_list("space", flat=True)) == {"words-2"}
    assert Match.objects.get().status == "SUGGESTED"


def test_a_suggestion_lapses_with_the_wording_and_comes_back_with_it(
    claim_saying, taken_in, compared, reviewer
):
    claim = claim_saying(BRIDGE)
    taken_in(BRIDGE)
    compared()
    edit_claim(claim=claim, version=claim.version, statement="Bakers sold many cakes today.", by=reviewer)
    compared()
    assert Match.objects.get().status == "LAPSED"

    undo_claim(claim=claim, version=claim.version, by=reviewer)
    compared()

    assert Match.objects.get().status == "SUGGESTED"


def test_a_rejected_pair_is_never_suggested_again(claim_saying, taken_in, compared, reviewer):
    claim = claim_saying(BRIDGE)
    taken_in(BRIDGE)
    compared()
    match = Match.objects.get()
    reject_match(match=match, version=match.version, by=reviewer)

    edit_claim(claim=claim, version=claim.version, statement=f"{BRIDGE} today.", by=reviewer)
    compared()

    assert Match.objects.get().status == "REJECTED"


def test_a_confirmed_pair_stays_when_the_wording_changes(claim_saying, taken_in, compared, reviewer):
    claim = claim_saying(BRIDGE)
    taken_in(BRIDGE)
    compared()
    match = Match.objects.get()
    confirm_match(match=match, version=match.version, by=reviewer)

    edit_claim(claim=claim, version=claim.version, statement="Bakers sold many cakes today.", by=reviewer)
    compared()

    match.refresh_from_db()
    assert (match.status, match.relation) == ("CONFIRMED", "SAME")


def test_a_claim_keeps_the_ten_nearest(claim_saying, taken_in, compared):
    claim = claim_saying(BRIDGE)
    words = BRIDGE.split()
    taken_in(*(" ".join(words[:5] + words[n : n + 4]) + f" extra{n}" for n in range(4)), BRIDGE)
    compared()
    taken_in(*(f"{BRIDGE} number{n}" for n in range(12)))

    compared()

    standing = Match.objects.filter(claim=claim).standing()
    assert standing.count() == 10
    assert standing.filter(outside_check__claim=BRIDGE).exists()
    assert min(standing.values_list("score", flat=True)) > 0.9


def test_an_outside_check_that_says_something_else_now_lapses(claim_saying, taken_in, compared, workspace):
    claim_saying(BRIDGE)
    taken_in("Cars must drive another way.", title=BRIDGE, url="https://house.example/1")
    compared()
    assert Match.objects.get().status == "SUGGESTED"

    taken_in("Cars must drive another way.", title="Traffic news", url="https://house.example/1")
    compared()

    assert Match.objects.get().status == "LAPSED"


def test_suggestions_stand_in_the_history_as_the_machines(claim_saying, taken_in, compared):
    claim_saying(BRIDGE)
    taken_in(BRIDGE)

    compared()

    entry = AuditEntry.objects.filter(table_name="annotations_match").latest("seq")
    assert (entry.verb, entry.actor_id, entry.actor_name) == ("suggest_matches", None, "Comparison")
    assert {chain.problem for chain in verify_audit()} == {""}


class TestTheJob:
    def taken(self, workspace) -> Job:
        job = ask_again(workspace_id=workspace.pk, kind=Job.Kind.MATCH_CLAIMS, key="desk")
        taken = take_job(job_id=job.pk)
        assert taken is not None
        return taken

    def test_a_worker_that_lost_its_lease_writes_nothing(self, workspace, claim_saying):
        claim_saying(BRIDGE)
        silent = self.taken(workspace)
        Job.objects.filter(pk=silent.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        assert take_job(job_id=silent.pk) is not None

        with pytest.raises(TakenAway):
            compare_desk(job=silent, model=Words())

        assert not Vector.objects.exists()

    def test_a_crash_in_the_middle_keeps_whole_batches_and_the_next_worker_goes_on(
        self, workspace, claim_saying, taken_in, monkeypatch
    ):
        monkeypatch.setattr(comparing, "BATCH", 2)
        claim_saying(BRIDGE)
        taken_in(*(f"{BRIDGE} number{n}" for n in range(5)))

        class Dies(Words):
            def embed(self, texts):
                if self.read:
                    raise MemoryError
                return super().embed(texts)

        with pytest.raises(MemoryError):
            compare_desk(job=self.taken(workspace), model=Dies())
        assert Vector.objects.count() == 2
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

        is_left = compare_desk(job=self.taken(workspace), model=Words())

        assert (is_left, Vector.objects.count(), Match.objects.count()) == (False, 6, 5)

    def test_what_does_not_fit_into_a_round_waits_for_the_next(
        self, workspace, claim_saying, taken_in, compared, monkeypatch
    ):
        claim_saying(BRIDGE)
        taken_in(BRIDGE)
        monkeypatch.setattr(comparing, "SECONDS", -1.0)

        assert compare_desk(job=self.taken(workspace), model=Words())

        assert Job.objects.get(kind="MATCH_CLAIMS").state == "WAITING"
        monkeypatch.undo()
        compared()
        assert Match.objects.count() == 1

    def test_asked_meanwhile_it_waits_for_another_round(self, workspace, claim_saying):
        job = self.taken(workspace)
        ask_again(workspace_id=workspace.pk, kind=Job.Kind.MATCH_CLAIMS, key="desk")
        job.refresh_from_db()
        assert job.state == "RUNNING"

        assert compare_desk(job=job, model=Words())

        job.refresh_from_db()
        assert (job.state, job.attempt) == ("WAITING", 0)


def test_the_model_that_ships_finds_other_words_for_the_same_and_leaves_the_rest(
    claim_saying, taken_in, workspace
):
    claim_saying("The mayor resigned after the audit found missing money")
    taken_in(
        "The city's mayor stepped down when auditors discovered that funds had disappeared.",
        "Penguins can fly over short distances.",
    )
    job = ask_again(workspace_id=workspace.pk, kind=Job.Kind.MATCH_CLAIMS, key="desk")

    compare_desk(job=take_job(job_id=job.pk))

    match = Match.objects.get()
    assert "stepped down" in match.outside_check.claim


def test_values_that_exclude_each_other_are_kept_with_the_pair(claim_saying, compared):
    claim_saying("The council spent 5 million euros on the new bridge in 2023")
    claim_saying("The council spent 9 million euros on the new bridge in 2023")

    compared()

    match = Match.objects.get()
    assert match.differs
    assert (match.contradiction["a_text"][:1], match.contradiction["b_text"][:1]) == ("9", "5")
