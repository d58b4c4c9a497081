"""Who may do what: one table, run through the rooms' verbs and not through the doors.

A row is a verb, the state it meets, and a letter for each person: `y` it is done, `n` this person may not (NotAllowed),
`m` nobody may from here (IllegalMove). The author is the reviewer whose claim it is, who wrote the verdict and cited
the source; the colleague is another reviewer; the outsider is an admin of another desk.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

import annotations
from annotations.articles import services as articles
from annotations.articles.queries import current_version
from annotations.claims.models import DeskCalibration
from annotations.claims.services import learning, triage, wording
from annotations.jobs import services as jobs
from annotations.jobs.models import Job
from annotations.people import services as people
from annotations.people.models import Membership
from annotations.people.roles import Role
from annotations.precedents.models import CheckImport, Match, OutsideCheck
from annotations.precedents.services import deciding as matches
from annotations.precedents.services import importing
from annotations.refusals import Refusal
from annotations.reports import services as reports
from annotations.reports.queries import Selection
from annotations.reviews.services import deciding, publishing
from annotations.snapshots import services as snapshots
from annotations.snapshots.copies import pasted
from annotations.snapshots.reading import read_plain
from annotations.sources import services as sources
from annotations.verdicts import services as verdicts
from tests import factories

PEOPLE = ("reader", "author", "colleague", "editor", "admin", "outsider", "anonymous")
LETTERS = {"NotAllowed": "n", "IllegalMove": "m"}

REVIEWERS = "nyyyynn"
EDITORS = "nnnyynn"
ADMINS = "nnnnynn"
NOBODY_HERE = "nnnnnnn"
TOO_LATE = "nmmmmnn"
TOO_LATE_FOR_EDITORS = "nnnmmnn"
OTHERS = "nnyyynn"


class Row(NamedTuple):
    verb: Callable[..., Any]
    state: str
    letters: str
    more: dict[str, Any] = {}


WORDS = {"rating": "half_true", "reasons": "Half of it [1]."}
CHANGE = WORDS | {"correction_type": "VERDICT_CHANGE", "note": "The count was revised."}
OWN = {"rating": "half_true", "reasons": "Half of it stands there."}
CITED = {"stance": "REFUTES", "title": "Another record"}

TABLE = [
    # verb                        state it meets          reader author colleague editor admin outsider anonymous
    Row(people.change_role, "a member", "nnnnynn", {"role": Role.EDITOR}),
    Row(articles.import_article, "a desk", REVIEWERS),
    Row(articles.edit_article, "an article", REVIEWERS, {"title": "A title"}),
    Row(articles.set_due_time, "an article", EDITORS, {"due_at": None}),
    Row(jobs.retry_job, "failed work", REVIEWERS),
    Row(jobs.retry_job, "finished work", TOO_LATE),
    Row(jobs.retry_job, "work done with a note", REVIEWERS),
    Row(wording.mark_claim, "a text", REVIEWERS),
    Row(wording.edit_claim, "candidate", REVIEWERS, {"claimant": "Somebody"}),
    Row(wording.edit_claim, "accepted", REVIEWERS, {"claimant": "Somebody"}),
    Row(wording.edit_claim, "submitted", NOBODY_HERE, {"claimant": "Somebody"}),
    Row(wording.edit_claim, "published", NOBODY_HERE, {"claimant": "Somebody"}),
    Row(wording.edit_span, "accepted", REVIEWERS),
    Row(wording.edit_span, "submitted", NOBODY_HERE),
    Row(triage.accept_claim, "candidate", REVIEWERS),
    Row(triage.accept_claim, "accepted", TOO_LATE),
    Row(triage.dismiss_claim, "candidate", REVIEWERS, {"reason": "TRIVIAL"}),
    Row(triage.dismiss_claim, "accepted", TOO_LATE, {"reason": "TRIVIAL"}),
    Row(triage.restore_claim, "dismissed", REVIEWERS),
    Row(triage.restore_claim, "candidate", TOO_LATE),
    Row(triage.merge_claim, "candidate", REVIEWERS),
    Row(triage.merge_claim, "accepted", REVIEWERS),
    Row(triage.merge_claim, "submitted", TOO_LATE),
    Row(triage.take_claim, "accepted", REVIEWERS),
    Row(triage.take_claim, "submitted", TOO_LATE),
    Row(triage.undo, "accepted", "nymmmnn"),
    Row(triage.undo, "submitted", TOO_LATE),
    Row(learning.export_labels, "a desk", EDITORS),
    Row(learning.refit_calibration, "a desk", ADMINS),
    Row(learning.switch_back, "a calibrated desk", ADMINS),
    Row(learning.switch_back, "a desk", "nnnnmnn"),
    Row(sources.cite_source, "candidate", NOBODY_HERE, CITED),
    Row(sources.cite_source, "accepted", REVIEWERS, CITED),
    Row(sources.cite_source, "submitted", NOBODY_HERE, CITED),
    Row(sources.edit_evidence, "evidence in review", REVIEWERS, {"stance": "PARTLY"}),
    Row(sources.edit_evidence, "evidence submitted", NOBODY_HERE, {"stance": "PARTLY"}),
    Row(sources.remove_evidence, "evidence in review", REVIEWERS),
    Row(sources.remove_evidence, "evidence submitted", NOBODY_HERE),
    Row(sources.restore_evidence, "evidence removed", REVIEWERS),
    Row(sources.restore_evidence, "evidence submitted", NOBODY_HERE),
    Row(sources.edit_source, "a source", REVIEWERS, {"title": "Another title"}),
    Row(verdicts.draft_verdict, "candidate", NOBODY_HERE, WORDS | {"seen": 0}),
    Row(verdicts.draft_verdict, "accepted", REVIEWERS, WORDS | {"seen": 0}),
    Row(verdicts.draft_verdict, "submitted", NOBODY_HERE, WORDS | {"seen": 1}),
    Row(verdicts.submit_verdict, "ready", "nynnnnn", {"seen": 1}),
    Row(verdicts.submit_verdict, "submitted", TOO_LATE, {"seen": 1}),
    Row(verdicts.withdraw_verdict, "submitted", "nynnnnn"),
    Row(verdicts.withdraw_verdict, "approved", TOO_LATE),
    Row(deciding.approve_verdict, "submitted", OTHERS),
    Row(deciding.approve_verdict, "accepted", TOO_LATE),
    Row(deciding.request_changes, "submitted", OTHERS, {"items": ["Name the date."]}),
    Row(deciding.request_changes, "approved", TOO_LATE, {"items": ["Name the date."]}),
    Row(deciding.disagree, "submitted", OTHERS, {"rating": "false", "note": "No."}),
    Row(deciding.disagree, "approved", TOO_LATE, {"rating": "false", "note": "No."}),
    Row(deciding.adjudicate, "disputed by colleague", EDITORS, {"approve": True, "note": "So be it."}),
    Row(deciding.adjudicate, "disputed by colleague", EDITORS, {"approve": False, "note": "So be it."}),
    Row(deciding.adjudicate, "disputed by editor", "nnnnynn", {"approve": True, "note": "So be it."}),
    Row(deciding.adjudicate, "submitted", TOO_LATE_FOR_EDITORS, {"approve": True, "note": "So be it."}),
    Row(deciding.reopen_claim, "approved", EDITORS, {"note": "New figures."}),
    Row(deciding.reopen_claim, "published", TOO_LATE_FOR_EDITORS, {"note": "New figures."}),
    Row(deciding.tick_item, "a wanted change", REVIEWERS, {"is_done": True}),
    Row(publishing.publish_claim, "approved", EDITORS),
    Row(publishing.publish_claim, "submitted", TOO_LATE_FOR_EDITORS),
    Row(publishing.publish_claim, "published", TOO_LATE_FOR_EDITORS),
    Row(publishing.propose_correction, "published", EDITORS, CHANGE),
    Row(publishing.propose_correction, "approved", TOO_LATE_FOR_EDITORS, CHANGE),
    Row(publishing.propose_retraction, "published", EDITORS, {"note": "Wrong claim."}),
    Row(publishing.propose_retraction, "approved", TOO_LATE_FOR_EDITORS, {"note": "Wrong claim."}),
    Row(publishing.confirm_amendment, "a correction by the editor", "nnynynn"),
    Row(publishing.confirm_amendment, "a retraction by the editor", "nyynynn"),
    Row(publishing.confirm_amendment, "a cancelled correction", TOO_LATE),
    Row(publishing.cancel_amendment, "a correction by the editor", EDITORS),
    Row(publishing.cancel_amendment, "a cancelled correction", TOO_LATE_FOR_EDITORS),
    Row(matches.confirm_match, "match suggested", REVIEWERS),
    Row(matches.confirm_match, "match that differs", TOO_LATE),
    Row(matches.confirm_match, "match rejected", TOO_LATE),
    Row(matches.link_as_near, "match that differs", REVIEWERS, {"note": "Later.", "is_acknowledged": True}),
    Row(matches.reject_match, "match suggested", REVIEWERS),
    Row(matches.reject_match, "match rejected", TOO_LATE),
    Row(matches.reopen_match, "match rejected", REVIEWERS),
    Row(matches.reopen_match, "match suggested", TOO_LATE),
    Row(importing.import_checks, "a desk", EDITORS, {"data": b"claim\nIt rained.\n", "filename": "c.csv"}),
    Row(reports.publish_claims, "approved", EDITORS),
    Row(reports.publish_claims, "submitted", TOO_LATE_FOR_EDITORS),
    Row(reports.confirm_amendment, "a correction by the editor", "nnynynn"),
    Row(reports.record_export, "a desk", "yyyyynn", {"format": "csv", "selection": Selection()}),
    # Stored copies and blind review
    Row(snapshots.take_snapshot, "a desk", REVIEWERS, {"matter": pasted("The words of a page.")}),
    Row(sources.keep_copy, "a source", REVIEWERS, {"matter": pasted("The words of a page.")}),
    Row(people.set_blind_review, "a desk", ADMINS, {"is_blind": True, "version": 1}),
    Row(deciding.lock_rating, "submitted, reviewed blind", OTHERS, OWN),
    Row(deciding.lock_rating, "approved", TOO_LATE, OWN),
    Row(deciding.lock_rating, "submitted", "nnmmmnn", OWN),
    Row(deciding.approve_verdict, "submitted, reviewed blind", NOBODY_HERE),
    Row(deciding.approve_verdict, "submitted, locked alike", "nnynnnn"),
    Row(deciding.approve_verdict, "submitted, locked otherwise", NOBODY_HERE),
    Row(deciding.request_changes, "submitted, reviewed blind", NOBODY_HERE, {"items": ["Name the date."]}),
    Row(deciding.request_changes, "submitted, locked otherwise", "nnynnnn", {"items": ["Name the date."]}),
    Row(deciding.disagree, "submitted, reviewed blind", NOBODY_HERE, {"rating": "false", "note": "No."}),
    Row(deciding.disagree, "submitted, locked otherwise", "nnynnnn"),
    Row(verdicts.draft_verdict, "accepted, reviewed blind", "nynnnnn", WORDS | {"seen": 0}),
]

NOT_ASKED_FOR_BY_PEOPLE = {
    "audit.services.recorded": "names the actor for the history; the verb inside asks",
    "claims.services.labelling.record_label": "a step of the verbs that decide on a claim",
    "claims.services.labelling.take_back_label": "a step of undo and restore_claim",
    "jobs.services.open_job": "a step of the verb whose work it is",
    "verdicts.services.add_revision": "a step of draft_verdict and confirm_amendment, under their lock",
}


class _TakeBack(Exception):
    """Ends a try that went through, so that the next person meets the same state."""


@pytest.fixture
def cast(reader, reviewer, colleague, editor, admin, outsider):
    return dict(
        zip(PEOPLE, (reader, reviewer, colleague, editor, admin, outsider, AnonymousUser()), strict=True)
    )


@pytest.fixture
def staged(workspace, cast):
    """The arguments for a verb that meets this state; everything in it came about through the services."""
    author, colleague, editor = cast["author"], cast["colleague"], cast["editor"]
    article = factories.article(workspace, author)

    def blind_claim_in(state: str) -> Any:
        desk = people.set_blind_review(workspace=workspace, is_blind=True, version=1, by=cast["admin"])
        if state == "accepted, reviewed blind":
            return factories.accepted(article, author)
        claim = factories.submitted(article, author)
        claim.workspace = desk
        if "locked" in state:
            rating = "mostly_true" if state.endswith("alike") else "half_true"
            own = OWN | {"rating": rating}
            deciding.lock_rating(claim=claim, version=claim.version, by=colleague, **own)
        return claim

    def claim_in(state: str) -> Any:
        if "," in state:
            return blind_claim_in(state)
        if state == "dismissed":
            claim = factories.candidate(article)
            return triage.dismiss_claim(claim=claim, version=claim.version, reason="TRIVIAL", by=author)
        if state.startswith("disputed by "):
            return factories.disputed(article, author, cast[state.removeprefix("disputed by ")])
        reach = {
            "candidate": lambda: factories.candidate(article),
            "accepted": lambda: factories.accepted(article, author),
            "ready": lambda: factories.ready(article, author),
            "submitted": lambda: factories.submitted(article, author),
            "approved": lambda: factories.approved(article, author, colleague),
            "published": lambda: factories.published(article, author, colleague, editor),
        }
        return reach[state]()

    def evidence_in(state: str) -> Any:
        claim = claim_in("submitted" if state == "evidence submitted" else "ready")
        evidence = claim.evidence.get()
        if state == "evidence removed":
            sources.remove_evidence(evidence=evidence, version=evidence.version, by=author)
        return evidence

    def amendment_in(state: str) -> Any:
        claim = claim_in("published")
        seen = {"claim": claim, "version": claim.version, "by": editor}
        if "retraction" in state:
            return publishing.propose_retraction(**seen, note="Wrong claim.")
        amendment = publishing.propose_correction(**seen, **CHANGE)
        if "cancelled" in state:
            publishing.cancel_amendment(amendment=amendment, by=editor)
        return amendment

    def wanted_change() -> Any:
        claim = claim_in("submitted")
        deciding.request_changes(claim=claim, version=claim.version, items=["Name the date."], by=colleague)
        return claim.reviews.get().items.get()

    def match_in(state: str) -> Match:
        batch = CheckImport.objects.create(
            workspace=workspace, filename="checks.csv", sha256="0" * 64, imported_by=editor
        )
        check = OutsideCheck.objects.create(
            workspace=workspace, identity="1" * 64, claim="The council spent 5 million.", batch=batch, line=2
        )
        match = Match.objects.create(
            workspace=workspace,
            claim=claim_in("accepted"),
            outside_check=check,
            score=0.8,
            strength="LIKELY",
            differs=state == "match that differs",
        )
        if state == "match rejected":
            matches.reject_match(match=match, version=match.version, by=author)
        return match

    def arguments(row: Row) -> dict[str, Any]:
        verb, state = row.verb, row.state
        if state == "a member":
            return {"membership": Membership.objects.get(user=cast["reader"])}
        if state == "a desk":
            more = {"matter": read_plain("A new text says that it rained for five days.")}
            return {"workspace": workspace} | (more if verb is articles.import_article else {})
        if state == "a calibrated desk":
            values = {"extractor": "x", "slope": 1.0, "offset": 0.0, "threshold": 0.5, "labels": 60}
            DeskCalibration.objects.create(
                workspace=workspace, number=1, version="world-desk-1", is_active=True, **values
            )
            return {"workspace": workspace}
        if state == "an article":
            return {"article": article, "version": article.version}
        if state in ("failed work", "finished work", "work done with a note"):
            job = current_version(article).extraction
            note = "Something was left out." if state == "work done with a note" else ""
            Job.objects.filter(pk=job.pk).update(
                state="FAILED" if state == "failed work" else "DONE", reason=note
            )
            return {"job": job}
        if state == "a text":
            version = current_version(article)
            return {
                "article": article,
                "article_version": version,
                "start": 0,
                "end": 9,
                "exact": version.text[:9],
            }
        if state == "a source":
            source = factories.cited(claim_in("accepted"), author).source
            if verb is sources.keep_copy:
                return {"source": source}
            return {"source": source, "version": source.version}
        if state == "a wanted change":
            return {"item": wanted_change()}
        if state.startswith("evidence"):
            evidence = evidence_in(state)
            evidence.refresh_from_db()
            return {"evidence": evidence, "version": evidence.version}
        if state.startswith("match"):
            match = match_in(state)
            return {"match": match, "version": match.version}
        if state.startswith(("a c", "a r")):
            return {"amendment": amendment_in(state)}
        claim = claim_in(state)
        claim.refresh_from_db()
        if verb is reports.publish_claims:
            return {"claims": [(claim, claim.version)]}
        given: dict[str, Any] = {"claim": claim, "version": claim.version}
        if verb is triage.merge_claim:
            given["into"] = factories.marked(article, "Paragraph", author)
        if verb is wording.edit_span:
            given |= {"start": claim.start, "end": claim.end - 1, "exact": claim.exact[:-1]}
        if verb in (sources.cite_source, verdicts.draft_verdict):
            del given["version"]
        return given

    return arguments


def _name(verb: Callable[..., Any]) -> str:
    return f"{verb.__module__.removeprefix('annotations.')}.{verb.__name__}"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{_name(row.verb)} {row.state}")
def test_each_person_may_what_the_table_says(row, staged, cast):
    arguments = staged(row) | row.more

    found = "".join(_try(row.verb, arguments, person) for person in cast.values())

    assert dict(zip(PEOPLE, found, strict=True)) == dict(zip(PEOPLE, row.letters, strict=True))


def _try(verb: Callable[..., Any], arguments: dict[str, Any], person: Any) -> str:
    try:
        with transaction.atomic():
            verb(**{name: _fresh(value) for name, value in arguments.items()}, by=person)
            raise _TakeBack
    except _TakeBack:
        return "y"
    except Refusal as refusal:
        return LETTERS.get(type(refusal).__name__, f"[{refusal!r}]")


def _fresh(value: Any) -> Any:
    """Each person brings rows of their own: a verb that went through and was taken back leaves traces in memory."""
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return [(_fresh(row), version) for row, version in value]
    return type(value).objects.get(pk=value.pk) if hasattr(value, "refresh_from_db") else value


def test_every_verb_of_every_room_has_a_row():
    verbs = {
        f"{module.__name__.removeprefix('annotations.')}.{name}"
        for module in _service_modules()
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and "by" in inspect.signature(function).parameters
    }

    assert len(verbs) > 30
    assert verbs - set(NOT_ASKED_FOR_BY_PEOPLE) == {_name(row.verb) for row in TABLE}


def _service_modules() -> list[Any]:
    names = (module.name for module in pkgutil.walk_packages(annotations.__path__, "annotations."))
    return [importlib.import_module(name) for name in names if ".services" in name]
