from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.jobs.services import call_off
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.snapshots.copies import CopyMatter
from annotations.sources.checking import EVIDENCE_FIELDS, SOURCE_FIELDS, checked
from annotations.sources.copying import ask_for_copy, ask_for_first_copy, hold_source, store_copy
from annotations.sources.models import Evidence, RatedReliability, Source, StoredCopy
from annotations.sources.permissions import (
    may_cite,
    may_edit_source,
    may_fetch_copy,
    may_keep_copy,
    may_rate_source,
)
from annotations.sources.queries import proof_of
from annotations.sources.stories import compare_stories

_SAME: dict[str, Any] = {"title": "", "publisher": "", "published_on": None}
"""By what a document without an address is known again, and what stands for nothing there."""


def cite_source(
    *, claim: Claim, by: User, known: Source | None = None, url: str = "", title: str = "", **facts: Any
) -> Evidence:
    """Tie a document to a claim: the `known` one of the registry, or the one of that address, as it stands there.

    `facts` are `SOURCE_FIELDS` and `EVIDENCE_FIELDS`; a stance has to be among them. Without a day of access it is
    today. Sent twice, it is the same evidence. Raises `Incomplete` when there is neither address nor title, or a value
    cannot be right.
    """
    may_cite(by, claim).or_refuse()
    _know(facts, (*SOURCE_FIELDS, *EVIDENCE_FIELDS))
    words = checked({"stance": "", "quote": "", "url": url, "title": title} | facts)
    if known is None and not words["url"] and not words["title"]:
        problem = _("Give the address of the source, or a title for one that has none.")
        raise Incomplete(problem, {"url": [problem]})
    with recorded(by=by, verb="cite_source"):
        _hold_in_review(claim, by)
        if known is not None and known.workspace_id != claim.workspace_id:
            raise IllegalMove(_("This source is in the registry of another desk."))
        source = known or _source(claim, by, words)
        hold_source(source)
        ask_for_first_copy(source=source, asked_by=by)
        said = {name: words[name] for name in EVIDENCE_FIELDS if name in words}
        said["accessed_on"] = said.get("accessed_on") or timezone.localdate()
        once = {name: said.pop(name) for name in ("stance", "quote")}
        evidence, is_new = Evidence.objects.get_or_create(
            claim=claim,
            source=source,
            removed_at=None,
            **once,
            defaults=said
            | {"workspace_id": claim.workspace_id, "added_by": by, **proof_of(source, words["quote"])},
        )
        if is_new:
            compare_stories(source=source)
        return evidence


def edit_evidence(
    *, evidence: Evidence, version: int, by: User, quote_at: int | None = None, **facts: Any
) -> Evidence:
    """Change what the source says about the claim (`EVIDENCE_FIELDS`). Raises `Stale` with both texts.

    A quote is looked up in the stored copy as it is written; `quote_at` is where in it the words were taken from.
    """
    may_cite(by, evidence.claim).or_refuse()
    _know(facts, EVIDENCE_FIELDS)
    words = checked(facts)
    with recorded(by=by, verb="edit_evidence"):
        _hold_in_review(evidence.claim, by)
        try:
            with transaction.atomic():
                proof: dict[str, Any] = {}
                if "quote" in words:
                    hold_source(evidence.source)
                    proof = proof_of(evidence.source, words["quote"], near=quote_at)
                _write_evidence(evidence, version, words, proof)
        except IntegrityError as clash:
            raise IllegalMove(_("This source is cited for this claim in these words already.")) from clash
    return evidence


def remove_evidence(*, evidence: Evidence, version: int, by: User) -> Evidence:
    """Take evidence off its claim. It stays in the history and can be put back."""
    may_cite(by, evidence.claim).or_refuse()
    with recorded(by=by, verb="remove_evidence"):
        _hold_in_review(evidence.claim, by)
        if evidence.removed_at is None:
            _write_evidence(evidence, version, {"removed_at": Now()})
    return evidence


def restore_evidence(*, evidence: Evidence, version: int, by: User) -> Evidence:
    may_cite(by, evidence.claim).or_refuse()
    with recorded(by=by, verb="restore_evidence"):
        _hold_in_review(evidence.claim, by)
        try:
            with transaction.atomic():
                if evidence.removed_at is not None:
                    hold_source(evidence.source)
                    proof = proof_of(evidence.source, evidence.quote, near=evidence.quote_start or None)
                    _write_evidence(evidence, version, {"removed_at": None}, proof)
                    compare_stories(source=evidence.source)
        except IntegrityError as clash:
            raise IllegalMove(_("This source has been cited again in the same words meanwhile.")) from clash
    return evidence


def edit_source(*, source: Source, version: int, by: User, **facts: Any) -> Source:
    """Correct what the registry says about a document (`SOURCE_FIELDS`). What is published keeps its old words."""
    may_edit_source(by, source).or_refuse()
    _know(facts, SOURCE_FIELDS)
    words = checked(facts)
    if words.get("title") == "":
        raise Incomplete(_("A source needs a title."), {"title": [_("Say what the document is called.")]})
    with recorded(by=by, verb="edit_source"):
        _write_source(source, version, words)
    return source


def rate_source(*, source: Source, version: int, level: str, reason: str, by: User) -> Source:
    """Say how reliable a source is held to be from now on, and why. What was said before stays, with its date."""
    may_rate_source(by, source).or_refuse()
    words = checked({"level": level, "reason": reason})
    if not words["reason"]:
        problem = _("Say in a line what the rating rests on.")
        raise Incomplete(problem, {"reason": [problem]})
    with recorded(by=by, verb="rate_source"):
        _write_source(source, version, {"reliability": words["level"]})
        RatedReliability.objects.create(
            workspace_id=source.workspace_id, source=source, rated_by=by, level=level, reason=words["reason"]
        )
    return source


def keep_copy(*, source: Source, matter: CopyMatter, by: User) -> StoredCopy:
    """Keep a stored copy of the document, and look the quotes of claims in review up in it.

    What was found in an older copy for a claim that has left review stays as its reviewers saw it. The same bytes
    with the same text again are the copy that is there already.
    """
    may_keep_copy(by, source).or_refuse()
    with recorded(by=by, verb="keep_copy"):
        if source.fetching_id:
            call_off(job_id=source.fetching_id)
        return store_copy(source=source, matter=matter, added_by=by)


def fetch_copy(*, source: Source, by: User) -> Job:
    """Have a copy of the document fetched, again or for the first time. Pressed twice it is fetched once."""
    may_fetch_copy(by, source).or_refuse()
    with recorded(by=by, verb="fetch_copy"):
        hold_source(source)
        return ask_for_copy(source=source, asked_by=by)


def _know(facts: dict[str, Any], names: Collection[str]) -> None:
    if unknown := set(facts) - set(names):
        raise Incomplete(_("These cannot be edited: {choices}.").format(choices=", ".join(sorted(unknown))))


def _source(claim: Claim, by: User, words: dict[str, Any]) -> Source:
    facts = {name: words[name] for name in SOURCE_FIELDS if name in words}
    facts |= {"title": words["title"] or words["url"][:500], "added_by": by}
    if not words["url"]:
        same = {name: facts.get(name, empty) for name, empty in _SAME.items()}
        known = Source.objects.filter(workspace_id=claim.workspace_id, url="", **same).first()
        return known or Source.objects.create(workspace_id=claim.workspace_id, **facts)
    return Source.objects.get_or_create(workspace_id=claim.workspace_id, url=words["url"], defaults=facts)[0]


def _hold_in_review(claim: Claim, by: User) -> None:
    """Lock the claim for the rest of the transaction and ask again: it may have been submitted a moment ago."""
    may_cite(by, Claim.objects.select_for_update().get(pk=claim.pk)).or_refuse()


def _write_evidence(
    evidence: Evidence, version: int, changes: dict[str, Any], proof: dict[str, Any] | None = None
) -> None:
    done = Evidence.objects.filter(pk=evidence.pk, version=version).update(
        version=F("version") + 1, **changes, **(proof or {})
    )
    evidence.refresh_from_db()
    if not done:
        raise _stale(
            "evidence", evidence, {name: value for name, value in changes.items() if name != "removed_at"}
        )


def _write_source(source: Source, version: int, changes: dict[str, Any]) -> None:
    done = Source.objects.filter(pk=source.pk, version=version).update(version=F("version") + 1, **changes)
    source.refresh_from_db()
    if not done:
        raise _stale("source", source, changes)


def _stale(thing: str, row: Evidence | Source, yours: dict[str, Any]) -> Stale:
    return Stale(
        _("Somebody else changed this source while you were editing it.")
        if thing == "source"
        else _("Somebody else changed this evidence while you were editing it."),
        current={name: _plain(getattr(row, name)) for name in yours},
        yours={name: _plain(value) for name, value in yours.items()},
        version=row.version,
    )


def _plain(value: Any) -> Any:
    """A figure as one line, to be laid beside another one."""
    return " ".join(value.values()) if isinstance(value, dict) else value
