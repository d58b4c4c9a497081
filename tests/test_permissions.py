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
from annotations.arrivals.services import bulk as arriving_in_bulk
from annotations.arrivals.services import feeding
from annotations.arrivals.services import fetching as arriving
from annotations.articles import services as articles
from annotations.articles.queries import current_version
from annotations.calendars import services as calendars
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.models import DeskCalibration
from annotations.claims.services import (
    anchoring,
    assigning,
    bulk,
    learning,
    reversing,
    taking,
    triage,
    versions,
    wording,
)
from annotations.desks import services as desks
from annotations.desks.policy import Policy
from annotations.desks.scale import DEFAULT
from annotations.discussions import services as discussions
from annotations.flags import services as flags
from annotations.jobs import services as jobs
from annotations.jobs.models import Job
from annotations.mentions import services as mentions
from annotations.notices.models import Notice
from annotations.notices.services import choosing
from annotations.people import services as people
from annotations.people.models import Membership
from annotations.people.roles import Role
from annotations.practice import services as practising
from annotations.practice.queries import lessons
from annotations.precedents.models import CheckImport, Match, OutsideCheck
from annotations.precedents.services import deciding as matches
from annotations.precedents.services import importing
from annotations.preferences import services as preferences
from annotations.presence import services as presence
from annotations.refusals import Refusal
from annotations.reports import services as reports
from annotations.reports.queries import Selection
from annotations.reviews.services import deciding, publishing
from annotations.saved_views import services as saved_views
from annotations.snapshots import services as snapshots
from annotations.snapshots.copies import pasted
from annotations.snapshots.reading import read_plain
from annotations.sources import services as sources
from annotations.steps import services as steps
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
PREFERRED = {"version": 0, "keys": {"a": "q"}, "mode": "SINGLE", "after_accepting": "STAY"}
VIEW = {"page": "QUEUE", "name": "Due soon", "query": "sort=due"}
FIGURES = {
    "quantities": [{"comparator": ">", "value": "11,000"}],
    "place": "Kursk",
    "original": "Over there.",
}
FLAGGED = {"kind": "WEAK", "note": "Hearsay."}
OWN = {"rating": "half_true", "reasons": "Half of it stands there."}
CITED = {"stance": "REFUTES", "title": "Another record"}
SCALE = {"ratings": DEFAULT.as_values()["ratings"], "qualifiers": ["exaggerated"]}

TABLE = [
    # verb                        state it meets          reader author colleague editor admin outsider anonymous
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
    # reading and marking
    Row(mentions.attach_mentions, "accepted", REVIEWERS),
    Row(mentions.attach_mentions, "published", REVIEWERS),
    Row(mentions.attach_mentions, "dismissed", NOBODY_HERE),
    Row(mentions.detach_mentions, "an appearance", REVIEWERS),
    Row(mentions.restore_mentions, "an appearance", REVIEWERS),
    # Triage: many at once, undoing, preferences
    Row(bulk.accept_claims, "candidates", REVIEWERS),
    Row(bulk.dismiss_claims, "candidates", REVIEWERS, {"reason": "TRIVIAL"}),
    Row(steps.undo_step, "an article with a step", "nymmmnn"),
    Row(steps.redo_step, "an article with a step undone", "nymmmnn"),
    Row(steps.undo_claim, "accepted", "nymmmnn"),
    Row(steps.undo_claim, "submitted", "nnmmmnn"),
    Row(reversing.put_back, "accepted", REVIEWERS, {"before": {"claimant": "Somebody"}}),
    Row(reversing.put_back, "submitted", NOBODY_HERE, {"before": {"claimant": "Somebody"}}),
    Row(preferences.set_preferences, "their author's", "nynnnnn", PREFERRED),
    # the queue: assigning, saved views, calendars
    Row(articles.set_article_priority, "an article", EDITORS, {"priority": 3}),
    Row(assigning.assign_claims, "accepted", OTHERS),
    Row(assigning.assign_claims, "accepted", EDITORS, {"priority": 4}),
    Row(assigning.hand_over, "accepted", "nynyynn"),
    Row(assigning.hand_over, "approved", "nmnmmnn"),
    Row(assigning.set_priority, "accepted", EDITORS, {"priority": 4}),
    Row(assigning.set_due, "accepted", EDITORS, {"due_at": None}),
    Row(assigning.set_priority, "published", TOO_LATE_FOR_EDITORS, {"priority": 4}),
    Row(assigning.hold_claim, "candidate", REVIEWERS, {"reason": "Waiting for the ministry."}),
    Row(assigning.hold_claim, "accepted", "nynyynn", {"reason": "Waiting for the ministry."}),
    Row(assigning.hold_claim, "published", "nmnmmnn", {"reason": "Waiting for the ministry."}),
    Row(assigning.release_claim, "accepted", "nynyynn"),
    Row(assigning.undo_assignment, "accepted", REVIEWERS),
    Row(taking.take_next_claim, "a desk", REVIEWERS),
    Row(saved_views.save_view, "a desk", "yyyyynn", VIEW),
    Row(saved_views.save_view, "a desk", REVIEWERS, VIEW | {"is_shared": True}),
    Row(saved_views.change_view, "a view of the author", "nynnnnn", {"name": "Late"}),
    Row(saved_views.change_view, "a shared view of the author", "nynyynn", {"name": "Late"}),
    Row(saved_views.remove_view, "a shared view of the author", "nynyynn"),
    Row(saved_views.restore_view, "a shared view of the author", "nynyynn"),
    Row(saved_views.set_default_view, "a shared view of the author", "mymmmnn", {"is_default": True}),
    Row(calendars.open_feed, "nothing", "yyyyyyn"),
    Row(calendars.revoke_feed, "nothing", "yyyyyyn"),
    # Together: presence, discussions, notices
    Row(presence.be_here, "an open article", "yyyyynn", {"tab": "tab-of-a-person", "is_working": False}),
    Row(presence.leave, "an open tab", "yyyyyyy"),
    Row(presence.take_over, "a claim in hand", REVIEWERS, {"tab": "tab-of-a-person"}),
    Row(presence.take_over, "a published claim", NOBODY_HERE, {"tab": "tab-of-a-person"}),
    Row(discussions.start_thread, "a claim in hand", REVIEWERS, {"text": "Which?"}),
    Row(discussions.start_thread, "a published claim", REVIEWERS, {"text": "Which?"}),
    Row(discussions.reply, "a thread", REVIEWERS, {"text": "This one."}),
    Row(discussions.reword_comment, "a comment", "nynnnnn", {"text": "That one.", "version": 1}),
    Row(discussions.resolve_thread, "a thread", REVIEWERS, {"is_resolved": True}),
    Row(discussions.set_blocker, "a thread", REVIEWERS, {"is_blocker": True}),
    Row(choosing.read_notice, "a notice", "nynnnnn"),
    Row(choosing.read_all, "one's own notices", "yyyyyyn", {"up_to": 1}),
    Row(choosing.choose_notices, "one's own notices", "yyyyyyn", {"choices": {}}),
    Row(choosing.set_address, "one's own notices", "yyyyyyn", {"address": ""}),
    # The desk: people, scale, guidelines, policy; and practice, which is everybody's own.
    Row(people.change_role, "a member", ADMINS, {"role": Role.EDITOR}),
    Row(people.change_role, "the last admin", "nnnnmnn", {"role": Role.EDITOR}),
    Row(people.add_person, "a desk", ADMINS, {"username": "nora", "name": "Nora", "role": "READER"}),
    Row(people.add_person, "a desk", "nnnnmnn", {"username": "reader", "name": "", "role": "EDITOR"}),
    Row(people.end_membership, "a member", ADMINS),
    Row(people.end_membership, "the last admin", "nnnnmnn"),
    Row(people.restore_membership, "a member", ADMINS),
    Row(people.withdraw_password, "a member", ADMINS),
    Row(people.withdraw_password, "the last admin", "nnnnmnn"),
    Row(desks.publish_scale, "a desk", ADMINS, {"seen": 1, **SCALE}),
    Row(desks.publish_guidelines, "a desk", ADMINS, {"seen": 0, "sections": [{"title": "T", "text": "x"}]}),
    Row(desks.publish_policy, "a desk", ADMINS, {"seen": 0, **Policy(contact="a@b.example").as_values()}),
    Row(practising.start_run, "a lesson", "yyyyyyn"),
    Row(practising.finish_run, "the author's practice", "nynnnnn"),
    Row(
        practising.mark_words, "the author's practice", "nynnnnn", {"start": 0, "end": 8, "exact": "The port"}
    ),
    Row(practising.answer_item, "an answer of the author", "nynnnnn", {"decision": "ACCEPTED"}),
    Row(practising.answer_item, "a finished answer of the author", "nmnnnnn", {"decision": "ACCEPTED"}),
    # The claim panel
    Row(wording.edit_claim, "candidate", REVIEWERS, FIGURES),
    Row(wording.edit_claim, "accepted", REVIEWERS, FIGURES),
    Row(wording.edit_claim, "submitted", NOBODY_HERE, FIGURES),
    Row(wording.edit_claim, "approved", NOBODY_HERE, FIGURES),
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
    # Languages
    Row(preferences.set_language, "their author's", "nynnnnn", {"language": "de"}),
    # fetching and reading
    Row(sources.fetch_copy, "a source", REVIEWERS),
    Row(arriving.fetch_article, "a desk", REVIEWERS, {"url": "https://paper.example/1"}),
    Row(arriving.retry_arrival, "an arrival", REVIEWERS),
    Row(arriving.retry_arrival, "an arrival that is here", TOO_LATE),
    Row(arriving.edit_arrival, "an arrival", REVIEWERS, {"title": "A title"}),
    Row(arriving.edit_arrival, "an arrival that is here", TOO_LATE, {"title": "A title"}),
    Row(arriving.set_aside, "an arrival", REVIEWERS),
    Row(arriving.set_aside, "an arrival that is here", TOO_LATE),
    Row(arriving_in_bulk.import_articles, "a desk", EDITORS, {"data": b"url\nhttps://paper.example/2"}),
    Row(feeding.add_feed, "a desk", EDITORS, {"url": "https://paper.example/feed"}),
    Row(feeding.pause_feed, "a feed", EDITORS),
    Row(feeding.resume_feed, "a feed", EDITORS),
    Row(feeding.remove_feed, "a feed", EDITORS),
    Row(feeding.poll_now, "a feed", EDITORS),
    Row(feeding.poll_now, "a paused feed", TOO_LATE_FOR_EDITORS),
    # versions and re-anchoring
    Row(versions.add_version, "a text that changes", REVIEWERS, {"text": "A text that says something else."}),
    Row(articles.watch_article, "an article with an address", EDITORS, {"every": 6, "days": 7}),
    Row(articles.stop_watching, "a watched article", EDITORS),
    Row(anchoring.place_anchor, "a lost span", REVIEWERS),
    Row(anchoring.keep_anchor, "a lost span", REVIEWERS),
    Row(anchoring.withdraw_anchor, "a lost span", REVIEWERS),
    Row(anchoring.keep_anchor, "a lost span, decided", TOO_LATE),
    Row(anchoring.reopen_anchor, "a lost span, decided", REVIEWERS),
    Row(anchoring.reopen_anchor, "a lost span", TOO_LATE),
    # Sources and evidence
    Row(
        sources.edit_evidence,
        "evidence in review",
        REVIEWERS,
        {"figure": {"value": "12,300"}, "sets": [1, 2]},
    ),
    Row(sources.edit_evidence, "evidence submitted", NOBODY_HERE, {"is_apart": True}),
    Row(sources.rate_source, "a source", REVIEWERS, {"level": "HIGH", "reason": "It publishes its data."}),
    Row(flags.flag_evidence, "evidence in review", REVIEWERS, FLAGGED),
    Row(flags.flag_evidence, "evidence submitted", REVIEWERS, FLAGGED),
    Row(flags.flag_evidence, "evidence removed", TOO_LATE, FLAGGED),
    Row(flags.answer_flag, "a flag", REVIEWERS, {"answer": "Taken off."}),
    Row(flags.reopen_flag, "an answered flag", REVIEWERS),
]

NOT_ASKED_FOR_BY_PEOPLE = {
    "articles.services.keep_version": "a step of add_version, and asks in it",
    "audit.services.recorded": "names the actor for the history; the verb inside asks",
    "claims.services.labelling.answer_label": "a step of undoing, which asks in each room",
    "claims.services.labelling.record_label": "a step of the verbs that decide on a claim",
    "claims.services.labelling.take_back_label": "a step of undo and restore_claim",
    "jobs.services.open_job": "a step of the verb whose work it is",
    "verdicts.services.stale_verdict": "says what differs; it changes nothing",
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

    def outside_in(row: Row) -> dict[str, Any]:
        if row.state == "a source":
            return {"source": factories.cited(claim_in("accepted"), author).source}
        if "feed" in row.state:
            feed = feeding.add_feed(workspace=workspace, url="https://paper.example/feed", by=editor)
            if "paused" in row.state:
                feed = feeding.pause_feed(feed=feed, version=1, by=editor)
            return {"feed": feed} | ({} if row.verb is feeding.poll_now else {"version": feed.version})
        if "arrival" not in row.state:
            return {"workspace": workspace}
        url = "https://paper.example/1"
        arrival = arriving.fetch_article(workspace=workspace, url=url, by=author).arrival
        if "here" in row.state:
            arriving.edit_arrival(arrival=arrival, version=1, by=author, text="It rained for five days.")
        version = {} if row.verb is arriving.retry_arrival else {"version": arrival.version}
        return {"arrival": arrival} | version

    def together_in(state: str) -> dict[str, Any]:
        if state == "an open article":
            return {"article": article, "claim": None}
        if state == "an open tab":
            return {"tab": "tab-of-a-person"}
        if state in ("a claim in hand", "a published claim"):
            return {"claim": claim_in("accepted" if state == "a claim in hand" else "published")}
        if state in ("a thread", "a comment"):
            said = discussions.start_thread(claim=claim_in("accepted"), text="Which?", by=author)
            return {"thread": said.thread} if state == "a thread" else {"comment": said}
        if state == "a notice":
            about = {"workspace": workspace, "article": article, "created_at": article.created_at}
            kind = {"kind": "MENTIONED", "code": "MENTIONED", "source": "a test"}
            return {"notice": Notice.objects.create(person=author, **about, **kind)}
        return {}

    def arguments(row: Row) -> dict[str, Any]:
        verb, state = row.verb, row.state
        if verb.__module__.split(".")[1] == "arrivals" or (
            state == "a source" and verb is sources.fetch_copy
        ):
            return outside_in(row)
        if verb.__module__.split(".")[1] in ("presence", "discussions", "notices"):
            return together_in(state)
        if state == "a member":
            return {"membership": Membership.objects.get(user=cast["reader"]), "version": 1}
        if state == "the last admin":
            return {"membership": Membership.objects.get(user=cast["admin"]), "version": 1}
        if state == "a lesson":
            return {"lesson": lessons()[0]}
        if state in ("the author's practice", "an answer of the author", "a finished answer of the author"):
            run = practising.start_run(lesson=lessons()[0], by=author)
            if state == "the author's practice":
                return {"run": run} | ({"lesson": lessons()[0]} if verb is practising.mark_words else {})
            if "finished" in state:
                practising.finish_run(run=run, by=author)
            return {"item": run.answers.first(), "version": 1}
        if state == "a desk":
            more = {"matter": read_plain("A new text says that it rained for five days.")}
            return {"workspace": workspace} | (more if verb is articles.import_article else {})
        if state == "a calibrated desk":
            values = {"extractor": "x", "slope": 1.0, "offset": 0.0, "threshold": 0.5, "labels": 60}
            DeskCalibration.objects.create(
                workspace=workspace, number=1, version="world-desk-1", is_active=True, **values
            )
            return {"workspace": workspace}
        if state == "nothing":
            return {}
        if state.endswith("view of the author"):
            is_shared = "shared" in state
            view = saved_views.save_view(workspace=workspace, by=author, **VIEW, is_shared=is_shared)
            return {"view": view, "version": view.version}
        if state == "a text that changes":
            return {"article": article}
        if state in ("an article with an address", "a watched article"):
            articles.edit_article(article=article, version=1, by=author, url="https://paper.example/a")
            if state == "a watched article":
                articles.watch_article(article=article, every=1, days=1, version=0, by=editor)
            return {"article": article, "version": int(state == "a watched article")}
        if state.startswith("a lost span"):
            text = current_version(article).text
            factories.marked(article, "5 million euros", author)
            versions.add_version(article=article, text=text.replace("5 million", "6 million"), by=author)
            anchor = ClaimAnchor.objects.get()
            if state.endswith("decided"):
                anchoring.keep_anchor(anchor=anchor, version=1, by=author)
            words = {name: anchor.guesses[0][name] for name in ("start", "end", "exact")}
            given = {"anchor": anchor, "version": anchor.version}
            return given | words if verb is anchoring.place_anchor else given
        if state == "an article":
            return {"article": article, "version": article.version}
        if state == "candidates":
            claim = claim_in("candidate")
            return {"article": article, "rows": [(claim.pk, claim.version)]}
        if state.startswith("an article with a step"):
            claim_in("accepted")
            if state.endswith("undone"):
                steps.undo_step(article=article, by=author)
            return {"article": article}
        if state == "their author's":
            return {"person": author}
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
        if state == "an appearance":
            claim = claim_in("accepted")
            place = mentions.At(claim.article_version_id, 0, 9)
            (mention,) = mentions.attach_mentions(claim=claim, places=[place], by=author)
            return {"claim": claim, "seen": {mention.pk: mention.version}}
        if state == "a wanted change":
            return {"item": wanted_change()}
        if state in ("a flag", "an answered flag"):
            flag = flags.flag_evidence(evidence=evidence_in("evidence in review"), **FLAGGED, by=author)
            if state == "an answered flag":
                flags.answer_flag(flag=flag, version=1, answer="It stays.", by=author)
            return {"flag": flag, "version": flag.version}
        if state.startswith("evidence"):
            evidence = evidence_in(state)
            evidence.refresh_from_db()
            if verb is flags.flag_evidence:
                return {"evidence": evidence}
            return {"evidence": evidence, "version": evidence.version}
        if state.startswith("match"):
            match = match_in(state)
            return {"match": match, "version": match.version}
        if state.startswith(("a c", "a r")) and "view" not in state:
            return {"amendment": amendment_in(state)}
        claim = claim_in(state)
        claim.refresh_from_db()
        if verb is reports.publish_claims:
            return {"claims": [(claim, claim.version)]}
        if verb in (assigning.assign_claims, assigning.undo_assignment):
            to = (
                {"reviewer": colleague}
                if verb is assigning.assign_claims and "priority" not in row.more
                else {}
            )
            return {"claims": [(claim, claim.version)]} | to
        given: dict[str, Any] = {"claim": claim, "version": claim.version}
        if verb is mentions.attach_mentions:
            return {"claim": claim, "places": [mentions.At(claim.article_version_id, 0, 9)]}
        if verb is assigning.hand_over:
            given["to"] = editor
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
