"""Attaching further appearances to a claim, taking them off and putting them back. All of it safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.articles.models import ArticleVersion
from annotations.audit.services import recorded
from annotations.claims import spans
from annotations.claims.models import Claim
from annotations.mentions.models import Mention
from annotations.mentions.permissions import may_attach
from annotations.people.models import User
from annotations.refusals import Incomplete, Stale

MOST = 500
"""Places that one action may attach."""


@dataclass(frozen=True)
class At:
    """A place to attach. Positions are code points; `exact` is compared with the text when it is given."""

    article_version_id: int
    start: int
    end: int
    exact: str | None = None


def attach_mentions(*, claim: Claim, places: Sequence[At], by: User) -> list[Mention]:
    """These words say what the claim says: all are attached in one step, or none.

    A place that is attached already stays as it is; one that was taken off is put back. Raises `Incomplete` when a
    place is none of a text of this desk, or is where the claim itself stands.
    """
    may_attach(by, claim).or_refuse()
    found = _spans(claim, places)
    keys = [(version, span.start, span.end) for version, span in found]
    with recorded(by=by, verb="attach_mentions"):
        rows = Mention.objects.select_for_update().filter(claim=claim)
        back = [row.pk for row in rows if _key(row) in keys and row.removed_at]
        Mention.objects.filter(pk__in=back).update(
            removed_at=None, removed_by=None, added_by=by, version=F("version") + 1
        )
        # Two who attach the same at once both get what they asked for.
        Mention.objects.bulk_create(
            [_mention(claim, version, span, by) for version, span in found], ignore_conflicts=True
        )
    return [row for row in Mention.objects.filter(claim=claim).order_by("pk") if _key(row) in keys]


def detach_mentions(*, claim: Claim, seen: Mapping[int, int], by: User) -> list[Mention]:
    """These are no appearances of the claim after all. `seen` maps each mention's key to the version that was seen.

    One that is off already stays off. Raises `Stale` when one changed and stands.
    """
    may_attach(by, claim).or_refuse()
    with recorded(by=by, verb="detach_mentions"):
        rows = _seen(claim, seen, is_attached=True)
        Mention.objects.filter(pk__in=[row.pk for row in rows if row.removed_at is None]).update(
            removed_at=Now(), removed_by=by, version=F("version") + 1
        )
    return list(Mention.objects.filter(claim=claim, pk__in=seen).order_by("pk"))


def restore_mentions(*, claim: Claim, seen: Mapping[int, int], by: User) -> list[Mention]:
    """Put back what was taken off. One that stands already stays. Raises `Stale` when one changed and is off."""
    may_attach(by, claim).or_refuse()
    with recorded(by=by, verb="restore_mentions"):
        rows = _seen(claim, seen, is_attached=False)
        Mention.objects.filter(pk__in=[row.pk for row in rows if row.removed_at]).update(
            removed_at=None, removed_by=None, version=F("version") + 1
        )
    return list(Mention.objects.filter(claim=claim, pk__in=seen).order_by("pk"))


def _spans(claim: Claim, places: Sequence[At]) -> list[tuple[int, spans.Span]]:
    """Every place once, pinned to the words that stand there."""
    if not 0 < len(places) <= MOST:
        problem = _("Choose at least one place, and at most {most} at once.").format(most=MOST)
        raise Incomplete(_("Nothing was attached."), {"places": [problem]})
    wanted = {place.article_version_id for place in places}
    texts = {
        version.pk: version.text
        for version in ArticleVersion.objects.filter(pk__in=wanted, workspace_id=claim.workspace_id)
    }
    found: dict[tuple[int, int, int], tuple[int, spans.Span]] = {}
    for place in places:
        if place.article_version_id not in texts:
            raise Incomplete(
                _("There is no such text on this desk."), {"places": [_("Reload and choose again.")]}
            )
        span = _span(texts[place.article_version_id], place)
        if (place.article_version_id, span.start, span.end) == _key(claim):
            raise Incomplete(
                _("There stands the claim itself."), {"places": [_("Choose another appearance.")]}
            )
        found[place.article_version_id, span.start, span.end] = (place.article_version_id, span)
    return list(found.values())


def _span(text: str, place: At) -> spans.Span:
    try:
        if place.exact is None:
            return spans.pin(text, place.start, place.end)
        return spans.check(text, start=place.start, end=place.end, exact=place.exact)
    except spans.BadSpan as bad:
        raise Incomplete(bad.reason, {"places": [bad.reason]}) from bad


def _key(row: Claim | Mention) -> tuple[int, int, int]:
    return row.article_version_id, row.start, row.end


def _mention(claim: Claim, version_id: int, span: spans.Span, by: User) -> Mention:
    return Mention(
        workspace_id=claim.workspace_id,
        claim=claim,
        article_version_id=version_id,
        start=span.start,
        end=span.end,
        exact=span.exact,
        prefix=span.prefix,
        suffix=span.suffix,
        added_by=by,
    )


def _seen(claim: Claim, seen: Mapping[int, int], *, is_attached: bool) -> list[Mention]:
    """The rows under lock. What is already as wanted is fine in whatever version; anything else must be as seen."""
    rows = list(Mention.objects.select_for_update().filter(claim=claim, pk__in=seen).order_by("pk"))
    if not rows or len(rows) != len(seen):
        raise Incomplete(
            _("There is no such appearance of this claim."), {"mentions": [_("Reload and choose again.")]}
        )
    for row in rows:
        if (row.removed_at is None) == is_attached and row.version != seen[row.pk]:
            raise Stale(
                _("Somebody else changed this appearance while you had it open."),
                current={"exact": row.exact, "is_attached": row.removed_at is None},
                yours={"exact": row.exact, "is_attached": not is_attached},
                version=row.version,
            )
    return rows
