from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.jobs.services import call_off
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.snapshots.copies import CopyMatter
from annotations.sources.copying import ask_for_copy, ask_for_first_copy, hold_source, store_copy
from annotations.sources.models import Evidence, Source, StoredCopy
from annotations.sources.permissions import may_cite, may_edit_source, may_fetch_copy, may_keep_copy
from annotations.sources.queries import proof_of
from annotations.words import is_web_address, tidy

SOURCE_FIELDS = ("title", "publisher", "author", "published_on", "type")
EVIDENCE_FIELDS = ("stance", "quote", "is_primary", "origin")
_LIMITS = {"url": 2000, "title": 500, "publisher": 200, "author": 200, "quote": 5000, "origin": 200}


def cite_source(
    *,
    claim: Claim,
    by: User,
    stance: str,
    url: str = "",
    title: str = "",
    publisher: str = "",
    author: str = "",
    published_on: date | None = None,
    type: str = Source.Type.OTHER,
    quote: str = "",
    is_primary: bool = False,
    origin: str = "",
    known: Source | None = None,
) -> Evidence:
    """Tie a document to a claim: the `known` one of the registry, or the one of that address, as it stands there.

    Sent twice, it is the same evidence. Raises `Incomplete` when there is neither address nor title, or a value
    cannot be right.
    """
    may_cite(by, claim).or_refuse()
    words = _checked(
        {
            "url": url,
            "title": title,
            "publisher": publisher,
            "author": author,
            "quote": quote,
            "origin": origin,
        },
        stance=stance,
        type=type,
        published_on=published_on,
    )
    if known is None and not words["url"] and not words["title"]:
        problem = _("Give the address of the source, or a title for one that has none.")
        raise Incomplete(problem, {"url": [problem]})
    with recorded(by=by, verb="cite_source"):
        _hold_in_review(claim, by)
        if known is not None and known.workspace_id != claim.workspace_id:
            raise IllegalMove(_("This source is in the registry of another desk."))
        source = known or _source(claim, by, words, published_on=published_on, type=type)
        hold_source(source)
        ask_for_first_copy(source=source, asked_by=by)
        return Evidence.objects.get_or_create(
            claim=claim,
            source=source,
            stance=stance,
            quote=words["quote"],
            removed_at=None,
            defaults={
                "workspace_id": claim.workspace_id,
                "is_primary": is_primary,
                "origin": words["origin"],
                "added_by": by,
                **proof_of(source, words["quote"]),
            },
        )[0]


def edit_evidence(
    *, evidence: Evidence, version: int, by: User, quote_at: int | None = None, **facts: Any
) -> Evidence:
    """Change what the source says about the claim (`EVIDENCE_FIELDS`). Raises `Stale` with both texts.

    A quote is looked up in the stored copy as it is written; `quote_at` is where in it the words were taken from.
    """
    may_cite(by, evidence.claim).or_refuse()
    if unknown := set(facts) - set(EVIDENCE_FIELDS):
        raise Incomplete(_("These cannot be edited: {choices}.").format(choices=", ".join(sorted(unknown))))
    words = _checked({name: facts[name] for name in facts if name in _LIMITS}, stance=facts.get("stance"))
    with recorded(by=by, verb="edit_evidence"):
        _hold_in_review(evidence.claim, by)
        try:
            with transaction.atomic():
                proof: dict[str, Any] = {}
                if "quote" in words:
                    hold_source(evidence.source)
                    proof = proof_of(evidence.source, words["quote"], near=quote_at)
                _write_evidence(evidence, version, facts | words, proof)
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
        except IntegrityError as clash:
            raise IllegalMove(_("This source has been cited again in the same words meanwhile.")) from clash
    return evidence


def edit_source(*, source: Source, version: int, by: User, **facts: Any) -> Source:
    """Correct what the registry says about a document (`SOURCE_FIELDS`). What is published keeps its old words."""
    may_edit_source(by, source).or_refuse()
    if unknown := set(facts) - set(SOURCE_FIELDS):
        raise Incomplete(_("These cannot be edited: {choices}.").format(choices=", ".join(sorted(unknown))))
    words = _checked({name: facts[name] for name in facts if name in _LIMITS}, type=facts.get("type"))
    if words.get("title") == "":
        raise Incomplete(_("A source needs a title."), {"title": [_("Say what the document is called.")]})
    with recorded(by=by, verb="edit_source"):
        changes = facts | words
        done = Source.objects.filter(pk=source.pk, version=version).update(
            version=F("version") + 1, **changes
        )
        source.refresh_from_db()
        if not done:
            raise _stale("source", source, changes)
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


def _source(claim: Claim, by: User, words: dict[str, str], *, published_on: date | None, type: str) -> Source:
    facts = {
        "title": words["title"] or words["url"][:500],
        "publisher": words["publisher"],
        "author": words["author"],
        "published_on": published_on,
        "type": type,
        "added_by": by,
    }
    if not words["url"]:
        same = {name: facts[name] for name in ("title", "publisher", "published_on")}
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


def _stale(thing: str, row: Evidence | Source, yours: dict[str, Any]) -> Stale:
    return Stale(
        _("Somebody else changed this source while you were editing it.")
        if thing == "source"
        else _("Somebody else changed this evidence while you were editing it."),
        current={name: getattr(row, name) for name in yours},
        yours=yours,
        version=row.version,
    )


def _checked(
    words: dict[str, Any], *, stance: str | None = None, type: str | None = None, published_on: object = None
) -> dict[str, str]:
    clean = tidy(words, _LIMITS, paragraphs=("quote",))
    problems: dict[str, list[str]] = {}
    if clean.get("url") and not is_web_address(clean["url"]):
        problems["url"] = [_("Give an address that starts with http:// or https://.")]
    if stance is not None and stance not in Evidence.Stance.values:
        problems["stance"] = [
            _("Choose one of: {choices}.").format(choices=", ".join(Evidence.Stance.values))
        ]
    if type is not None and type not in Source.Type.values:
        problems["type"] = [_("Choose one of: {choices}.").format(choices=", ".join(Source.Type.values))]
    if published_on is not None and not isinstance(published_on, date):
        problems["published_on"] = [_("Give the date as YYYY-MM-DD.")]
    if problems:
        raise Incomplete(_("Some of this cannot be right."), problems)
    return clean
