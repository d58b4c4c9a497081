"""Marking claims by hand, and editing where a claim stands and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.queries import current_version
from annotations.audit.services import recorded
from annotations.claims import spans
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_edit, may_mark
from annotations.claims.quantities import checked_quantities
from annotations.claims.services.anchoring import anchor_claims
from annotations.claims.services.labelling import record_label
from annotations.claims.services.moving import EDITABLE, write_claim
from annotations.claims.services.triage import accept_claim
from annotations.claims.worth import Decision
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete
from annotations.words import tidy

LIMITS = {"statement": 1000, "claimant": 200, "place": 200, "original": 2000}


def mark_claim(
    *,
    article: Article,
    article_version: ArticleVersion,
    start: int,
    end: int,
    exact: str,
    by: User,
    statement: str = "",
    **facts: Any,
) -> Claim:
    """A claim that a reviewer found: accepted at once, theirs to check. `facts` are `EDITABLE` fields.

    `exact` must be the words at [start, end) in code points. Raises `Incomplete` when it is not, `IllegalMove` when
    a live claim stands on exactly these words. The statement defaults to the words themselves.
    """
    may_mark(by, article).or_refuse()
    if article_version.article_id != article.pk:
        raise Incomplete(
            _("That version belongs to another article."), {"article_version": [_("Unknown version.")]}
        )
    span = _checked_span(article_version.text, start, end, exact)
    words = _checked_facts({"statement": statement or _as_sentence(span.exact), **facts}, span)
    if sample := _of_the_sample(article_version, span):
        return _accept_sample(sample, words if statement else facts, by)
    with recorded(by=by, verb="mark_claim"):
        try:
            with transaction.atomic():
                claim = Claim.objects.create(
                    workspace_id=article.workspace_id,
                    article=article,
                    article_version=article_version,
                    start=span.start,
                    end=span.end,
                    exact=span.exact,
                    prefix=span.prefix,
                    suffix=span.suffix,
                    status=Status.ACCEPTED.value,
                    moved_at=Now(),
                    reviewer=by,
                    created_by=by,
                    **words,
                )
        except IntegrityError as clash:
            raise _taken(article_version, span) from clash
        record_label(claim=claim, decision=Decision.ADDED, by=by)
        if (newest := current_version(article)).pk != article_version.pk:
            anchor_claims(version=newest, only=[claim.pk])
            claim.refresh_from_db()
    return claim


def _of_the_sample(article_version: ArticleVersion, span: spans.Span) -> Claim | None:
    """The undecided one of the sample on exactly these words: it is folded away, so who marks them has not seen it."""
    drawn = Claim.objects.filter(article_version=article_version, is_sample=True)
    return drawn.filter(status=Status.CANDIDATE.value, start=span.start, end=span.end).first()


def _accept_sample(sample: Claim, words: dict[str, Any], by: User) -> Claim:
    with recorded(by=by, verb="accept_claim"):
        accept_claim(claim=sample, version=sample.version, by=by)
        if words:
            write_claim(claim=sample, version=sample.version, **words)
    return sample


def edit_span(
    *,
    claim: Claim,
    version: int,
    start: int,
    end: int,
    exact: str,
    by: User,
    article_version: ArticleVersion | None = None,
) -> Claim:
    """Pin the claim to other words of its version, or of another one of the article. The statement stays as it is."""
    may_edit(by, claim).or_refuse()
    text = article_version or claim.article_version
    if text.article_id != claim.article_id:
        raise Incomplete(
            "That version belongs to another article.", {"article_version": ["Unknown version."]}
        )
    span = _checked_span(text.text, start, end, exact)
    is_new = (text.pk, span.start, span.end) != (claim.article_version_id, claim.start, claim.end)
    there = {} if text.pk == claim.article_version_id else {"article_version": text}
    with recorded(by=by, verb="edit_span"):
        try:
            with transaction.atomic():
                write_claim(
                    claim=claim,
                    version=version,
                    start=span.start,
                    end=span.end,
                    exact=span.exact,
                    prefix=span.prefix,
                    suffix=span.suffix,
                    **there,
                )
        except IntegrityError as clash:
            raise _taken(text, span) from clash
        if is_new:
            record_label(claim=claim, decision=Decision.EDITED, by=by)
    return claim


def edit_claim(*, claim: Claim, version: int, by: User, **facts: Any) -> Claim:
    """Change what the claim says, who said it, where, when, and its figures (`EDITABLE` fields).

    `quantities` are rows of comparator, value, high, unit, per, as_of and text; numbers may be grouped, and a row left
    empty is taken away. Raises `Stale` with both texts, `Incomplete` by field.
    """
    may_edit(by, claim).or_refuse()
    words = _checked_facts(facts, claim, known=claim.quantities)
    if words.get("statement") == "":
        raise Incomplete(
            _("A claim needs a wording."), {"statement": [_("Say in one sentence what is claimed.")]}
        )
    is_new = any(getattr(claim, name) != value for name, value in words.items())
    with recorded(by=by, verb="edit_claim"):
        write_claim(claim=claim, version=version, **words)
        if is_new:
            record_label(claim=claim, decision=Decision.EDITED, by=by)
    return claim


def _checked_span(text: str, start: int, end: int, exact: str) -> spans.Span:
    try:
        return spans.check(text, start=start, end=end, exact=exact)
    except spans.BadSpan as bad:
        raise Incomplete(bad.reason, {"exact": [bad.reason]}) from bad


def _checked_facts(
    facts: dict[str, Any], place: spans.Span | Claim, known: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    if unknown := set(facts) - set(EDITABLE):
        raise Incomplete(_("These cannot be edited: {choices}.").format(choices=", ".join(sorted(unknown))))
    clean: dict[str, Any] = dict(facts) | tidy(
        {name: facts[name] for name in LIMITS if name in facts}, LIMITS
    )
    if "quantities" in clean:
        clean["quantities"] = checked_quantities(
            clean["quantities"], known=known, exact=place.exact, start=place.start
        )
    problems: dict[str, list[str]] = {}
    if clean.get("attribution", Claim.Attribution.OUTLET) not in Claim.Attribution.values:
        problems["attribution"] = [
            _("Choose one of: {choices}.").format(choices=", ".join(Claim.Attribution.values))
        ]
    if clean.get("type", Claim.Type.OTHER) not in Claim.Type.values:
        problems["type"] = [_("Choose one of: {choices}.").format(choices=", ".join(Claim.Type.values))]
    if clean.get("said_on") is not None and not isinstance(clean["said_on"], date):
        problems["said_on"] = [_("Give the date as YYYY-MM-DD.")]
    if problems:
        raise Incomplete(_("Some of this cannot be right."), problems)
    if clean.get("claimant"):
        clean["is_claimant_unknown"] = False
    if clean.get("said_on"):
        clean["is_date_unknown"] = False
    return clean


def _as_sentence(words: str) -> str:
    words = " ".join(words.split())[: LIMITS["statement"] - 1]
    return words[:1].upper() + words[1:] + ("" if words[-1:] in ".!?" else ".")


def _taken(article_version: ArticleVersion, span: spans.Span) -> IllegalMove:
    rival = (
        Claim.objects.live().filter(article_version=article_version, start=span.start, end=span.end).first()
    )
    name = _(" (claim {number})").format(number=rival.pk) if rival else ""
    return IllegalMove(
        _("A claim stands on exactly these words already{name}. Open it, or mark other words.").format(
            name=name
        )
    )
