"""Where the claims of an article stand in its newest version: what is certain is written, the rest a person decides.

A claim without a verdict goes along with its words. One that a verdict was given on keeps the version that the verdict
speaks of; only its anchor says where the words stand now. See docs/decisions/0023-versions-and-anchors.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.articles.models import ArticleVersion
from annotations.articles.queries import current_version
from annotations.audit.services import recorded
from annotations.claims import spans
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.lifecycle import LIVE, Status
from annotations.claims.models import Claim
from annotations.claims.permissions import may_anchor
from annotations.claims.reanchoring import AMBIGUOUS, Placement, Reanchoring
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete, Stale

GOES_ALONG = frozenset({Status.CANDIDATE, Status.ACCEPTED, Status.DISMISSED, Status.MERGED})
"""Claims that no verdict was given on: they stand on the newest version, as soon as their place in it is certain."""
_KEEPS = (ClaimAnchor.Decision.KEPT.value, ClaimAnchor.Decision.WITHDRAWN.value)


def anchor_claims(*, version: ArticleVersion, only: Sequence[int] | None = None) -> list[ClaimAnchor]:
    """Look for the words of the article's claims (or `only` of some) in this version. Inside a `recorded` block.

    Reads each earlier text once. Returns one anchor a claim that does not stand on the version by itself.
    """
    rows = Claim.objects.filter(article_id=version.article_id).exclude(article_version=version)
    if only is not None:
        rows = rows.filter(pk__in=only)
    claims = list(rows.select_for_update(no_key=True).order_by("pk"))
    last = _last_anchors(claims, version)
    placed = _placed(claims, last, version)
    taken = _taken(version)
    anchors = []
    for claim in claims:
        source, placement = placed[claim.pk]
        place = (placement.start, placement.end)
        if placement.is_certain and claim.status in LIVE and place in taken["live"]:
            placement = Placement(AMBIGUOUS, placement.score, why=("TAKEN",))
        elif placement.is_certain and claim.status in LIVE:
            taken["live"].add(place)
        anchors.append(_as_anchor(claim, version, source, placement, last.get(claim.pk)))
    ClaimAnchor.objects.bulk_create(anchors, batch_size=500)
    for claim, anchor in zip(claims, anchors, strict=True):
        if anchor.start is not None and claim.status in GOES_ALONG:
            _go_along(claim, version, (anchor.start, anchor.end), placed[claim.pk][0], taken["proposed"])
    return anchors


class _Source:
    """The words that are looked for: where they stand in an earlier version, and that version read against this one."""

    def __init__(self, version: ArticleVersion, start: int, end: int, reading: Reanchoring) -> None:
        self.version, self.start, self.end, self.reading = version, start, end, reading

    def place(self) -> Placement:
        return self.reading.place(self.start, self.end)

    @property
    def exact(self) -> str:
        return self.version.text[self.start : self.end]


def _source(version: ArticleVersion, start: int, end: int, target: ArticleVersion) -> _Source:
    return _Source(version, start, end, Reanchoring(version.text, target.text))


def _placed(
    claims: Sequence[Claim], last: dict[int, ClaimAnchor], version: ArticleVersion
) -> dict[int, tuple[_Source, Placement]]:
    """Each claim's words in the new text: from where they stood last and, failing that, from its own version."""
    readings: dict[int, tuple[ArticleVersion, Reanchoring]] = {}

    def source(version_id: int, start: int, end: int) -> _Source:
        if version_id not in readings:
            earlier = ArticleVersion.objects.get(pk=version_id)
            readings[version_id] = (earlier, Reanchoring(earlier.text, version.text))
        earlier, reading = readings[version_id]
        return _Source(earlier, start, end, reading)

    found = {}
    for claim in claims:
        own = source(claim.article_version_id, claim.start, claim.end)
        found[claim.pk] = (own, own.place())
        before = last.get(claim.pk)
        if (
            before
            and before.start is not None
            and before.end is not None
            and not found[claim.pk][1].is_certain
        ):
            later = source(before.article_version_id, before.start, before.end)
            found[claim.pk] = (later, later.place())
    return found


def _last_anchors(claims: Sequence[Claim], version: ArticleVersion) -> dict[int, ClaimAnchor]:
    """The newest earlier anchor of each claim that is newer than what it stands on."""
    rows = ClaimAnchor.objects.filter(claim__in=[claim.pk for claim in claims])
    rows = rows.exclude(article_version=version).order_by("claim_id", "-article_version__number")
    return {row.claim_id: row for row in rows.distinct("claim_id")}


def _taken(version: ArticleVersion) -> dict[str, set[Any]]:
    """Places that claims of the version have already: of those that stand, and where proposals were made."""
    known = Claim.objects.filter(article_version=version)
    return {
        "live": set(known.live().values_list("start", "end")),
        "proposed": set(known.values_list("proposed_start", "proposed_end")),
    }


def _as_anchor(
    claim: Claim, version: ArticleVersion, source: _Source, placement: Placement, before: ClaimAnchor | None
) -> ClaimAnchor:
    anchor = ClaimAnchor(
        workspace_id=claim.workspace_id,
        claim=claim,
        article_version=version,
        from_version=source.version,
        from_start=source.start,
        from_end=source.end,
        from_exact=source.exact,
        outcome=placement.outcome,
        score=placement.score,
        why=list(placement.why),
        start=placement.start,
        end=placement.end,
        guesses=[
            asdict(guess) | {"exact": version.text[guess.start : guess.end]} for guess in placement.guesses
        ],
    )
    if before and before.decision in _KEEPS and anchor.start is None and _is_as_before(anchor, before):
        # Nothing new to decide: the person who was asked last time is not asked again.
        anchor.decision, anchor.decided_by_id = before.decision, before.decided_by_id
        anchor.decided_at = before.decided_at
    return anchor


def _is_as_before(anchor: ClaimAnchor, before: ClaimAnchor) -> bool:
    guesses = [[guess["exact"] for guess in one.guesses] for one in (anchor, before)]
    return anchor.outcome == before.outcome and guesses[0] == guesses[1]


def _go_along(claim: Claim, version: ArticleVersion, place: Any, source: _Source, proposed: set[Any]) -> None:
    """The claim stands at `place` of this version from now on; what was noted by position goes along or loses it."""
    span = spans.pin(version.text, *place)
    shift = span.start - source.start

    def carried(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row | _carried(row, source, version.text, shift) for row in rows]

    _pin(
        claim,
        version,
        span,
        quantities=carried(claim.quantities),
        dates=carried(claim.dates),
        **_proposed(claim, source, span, proposed),
    )


def _carried(row: dict[str, Any], source: _Source, text: str, shift: int) -> dict[str, int | None]:
    start, end = row.get("start"), row.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return {}
    if source.version.text[start:end] == text[start + shift : end + shift]:
        return {"start": start + shift, "end": end + shift}
    return {"start": None, "end": None}


def _proposed(claim: Claim, source: _Source, span: spans.Span, taken: set[Any]) -> dict[str, int]:
    """Where the proposal would have been made in this version; a place of its own, as the database wants it."""
    if claim.proposed_start is None or claim.proposed_end is None:
        return {}
    size = claim.proposed_end - claim.proposed_start
    start = source.reading.compared.image(claim.proposed_start, claim.proposed_end)
    place = (span.start, span.end) if start is None else (start, start + size)
    while place in taken and place[1] > place[0]:
        place = (place[0], place[1] - 1)
    taken.add(place)
    return {"proposed_start": place[0], "proposed_end": place[1]}


def _pin(claim: Claim, version: ArticleVersion, span: spans.Span, **more: Any) -> None:
    """Write where the claim stands. The row is locked by the caller, so nobody wrote meanwhile."""
    Claim.objects.filter(pk=claim.pk).update(
        article_version=version,
        start=span.start,
        end=span.end,
        exact=span.exact,
        prefix=span.prefix,
        suffix=span.suffix,
        version=F("version") + 1,
        **more,
    )
    claim.refresh_from_db()


# --- what a person says ----------------------------------------------------------------------------------------


def place_anchor(
    *, anchor: ClaimAnchor, version: int, start: int, end: int, exact: str, by: User
) -> ClaimAnchor:
    """The words stand here now: `exact` must be the words at [start, end) of the anchor's version.

    A claim without a verdict stands there from now on. Raises `Incomplete` when it does not say so there, `Stale` when
    somebody decided since `version`, `IllegalMove` when it is no longer asked or another claim stands there.
    """
    may_anchor(by, anchor.claim).or_refuse()
    try:
        span = spans.check(anchor.article_version.text, start=start, end=end, exact=exact)
    except spans.BadSpan as bad:
        raise Incomplete(bad.reason, {"exact": [bad.reason]}) from bad
    placed = ClaimAnchor.Decision.PLACED
    with recorded(by=by, verb="place_anchor"):
        claim = _hold(anchor)
        _decide(anchor, version, by, decision=placed.value, start=span.start, end=span.end)
        if claim.status in GOES_ALONG:
            try:
                with transaction.atomic():
                    old = _source(
                        anchor.from_version, anchor.from_start, anchor.from_end, anchor.article_version
                    )
                    new = anchor.article_version
                    _go_along(claim, new, (span.start, span.end), old, _taken(new)["proposed"])
            except IntegrityError as clash:
                raise IllegalMove(
                    _("Another claim stands on exactly these words. Merge the two, or choose other words.")
                ) from clash
    return anchor


def keep_anchor(*, anchor: ClaimAnchor, version: int, by: User) -> ClaimAnchor:
    """The claim stays on the version it stands on: the new text does not say it any more, or not so."""
    return _settle(anchor, version, by, ClaimAnchor.Decision.KEPT, "keep_anchor")


def withdraw_anchor(*, anchor: ClaimAnchor, version: int, by: User) -> ClaimAnchor:
    """The outlet took the words back. The claim stays on the version in which they stood, and says so."""
    return _settle(anchor, version, by, ClaimAnchor.Decision.WITHDRAWN, "withdraw_anchor")


def reopen_anchor(*, anchor: ClaimAnchor, version: int, by: User) -> ClaimAnchor:
    """Take the decision back: it is asked again, and the claim stands where it stood before.

    Raises `IllegalMove` when the claim was moved or judged since.
    """
    may_anchor(by, anchor.claim).or_refuse()
    with recorded(by=by, verb="reopen_anchor"):
        claim, was = _hold(anchor), anchor.decision
        place = (anchor.article_version_id, anchor.start, anchor.end)
        if was == ClaimAnchor.Decision.PLACED and claim.article_version_id == anchor.article_version_id:
            if (claim.article_version_id, claim.start, claim.end) != place or claim.status not in GOES_ALONG:
                raise IllegalMove(_("The claim was moved or judged since, so this can no longer be undone."))
            assert anchor.start is not None and anchor.end is not None
            here = _source(anchor.article_version, anchor.start, anchor.end, anchor.from_version)
            back = (anchor.from_start, anchor.from_end)
            _go_along(claim, anchor.from_version, back, here, _taken(anchor.from_version)["proposed"])
        _decide(anchor, version, by, decision="", start=None, end=None)
    return anchor


def _settle(
    anchor: ClaimAnchor, version: int, by: User, decision: ClaimAnchor.Decision, verb: str
) -> ClaimAnchor:
    may_anchor(by, anchor.claim).or_refuse()
    with recorded(by=by, verb=verb):
        _hold(anchor)
        _decide(anchor, version, by, decision=decision.value, start=None, end=None)
    return anchor


def _hold(anchor: ClaimAnchor) -> Claim:
    """Lock the claim, and make sure that it is still the newest version that is asked about."""
    claim = Claim.objects.select_for_update(no_key=True).get(pk=anchor.claim_id)
    if current_version(claim.article).pk != anchor.article_version_id:
        raise IllegalMove(_("There is a newer version of the article by now. Decide on that one."))
    return claim


def _decide(anchor: ClaimAnchor, version: int, by: User, *, decision: str, **place: int | None) -> None:
    """One conditional write. Raises `Stale` with both decisions, and `IllegalMove` when there is nothing to decide."""
    is_asked = not decision or (anchor.start is None and not anchor.decision)
    if anchor.version == version and not is_asked:
        raise IllegalMove(_("This was decided already. Take that back first."))
    if anchor.version == version and not decision and not anchor.decision:
        raise IllegalMove(_("There is no decision here to take back."))
    hand = (
        {"decided_by": by, "decided_at": timezone.now()}
        if decision
        else {"decided_by": None, "decided_at": None}
    )
    rows = ClaimAnchor.objects.filter(pk=anchor.pk, version=version)
    done = rows.update(version=F("version") + 1, decision=decision, **hand, **place)
    anchor.refresh_from_db()
    if not done:
        raise Stale(
            _("Somebody else decided on these words meanwhile."),
            current={"decision": anchor.get_decision_display(), "words": _words_at(anchor)},
            yours={
                "decision": str(ClaimAnchor.Decision(decision).label) if decision else "",
                "words": _words_at(anchor, **place),
            },
            version=anchor.version,
        )


def _words_at(anchor: ClaimAnchor, **place: int | None) -> str:
    start, end = place.get("start", anchor.start), place.get("end", anchor.end)
    return "" if start is None or end is None else anchor.article_version.text[start:end][:1000]


def unread_places(*, version: ArticleVersion) -> defaultdict[str, list[tuple[int, int]]]:
    """Places of this version that claims of earlier ones have, or may have: nothing is proposed there again."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in ClaimAnchor.objects.filter(article_version=version):
        if row.start is not None and row.end is not None:
            found["placed"].append((row.start, row.end))
        elif not row.decision:
            found["guessed"] += [(guess["start"], guess["end"]) for guess in row.guesses]
    return found
