from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim, ClaimQuerySet
from annotations.desks.queries import policy_of, scales_of
from annotations.people.models import User, Workspace
from annotations.people.permissions import has_role
from annotations.people.roles import Role
from annotations.reviews.models import ChangeItem, Review
from annotations.sources.models import Evidence
from annotations.sources.policy import sets_of
from annotations.sources.queries import evidence_for
from annotations.verdicts.models import Verdict
from annotations.verdicts.queries import contributors


def open_items(claim: Claim) -> list[ChangeItem]:
    """What the last second review asked for, ticked or not, oldest first."""
    last = Review.objects.filter(claim=claim, decision=Review.Decision.CHANGES).order_by("-pk").first()
    return list(last.items.order_by("pk")) if last else []


def waiting_for(person: User, workspace: Workspace) -> ClaimQuerySet:
    """What waits for this person's decision: submitted verdicts of others and, for editors, disagreements of others.

    Due articles first, then what has waited longest.
    """
    claims = Claim.objects.filter(workspace=workspace)
    if not has_role(person, Role.REVIEWER, within=workspace):
        return claims.none()
    wrote = Verdict.objects.filter(claim=OuterRef("pk"), author=person)
    cited = Evidence.objects.filter(claim=OuterRef("pk"), added_by=person)
    disagreed = Review.objects.filter(
        claim=OuterRef("pk"), decision=Review.Decision.DISAGREED, reviewer=person
    )
    state = Q(status=Status.SUBMITTED.value)
    if has_role(person, Role.EDITOR, within=workspace):
        state |= Q(status=Status.DISPUTED.value) & ~Q(Exists(disagreed))
    rows = claims.filter(state, ~Exists(wrote), ~Exists(cited)).exclude(reviewer=person)
    return rows.order_by("article__due_at", "moved_at", "start", "pk")


def publishable_content(claim: Claim, verdict: Verdict, approved_by: User | None) -> dict[str, Any]:
    """Everything that is published of a claim, as plain values. See `reviews/record.py`."""
    article = claim.article
    scales = scales_of(claim.workspace_id)
    scale, rating = scales.of(verdict.scale_version), scales.rating(verdict.rating, verdict.scale_version)
    assert rating is not None, "the database lets no verdict have a rating that its scale has not"
    evidence = list(evidence_for(claim))
    sets = sets_of([item.sets for item in evidence])
    return ({"sets": sets} if sets else {}) | {
        "claim": {
            "id": claim.pk,
            "statement": claim.statement,
            "exact": claim.exact,
            "prefix": claim.prefix,
            "suffix": claim.suffix,
            "start": claim.start,
            "end": claim.end,
            "type": claim.type,
            "claimant": claim.claimant,
            "is_claimant_unknown": claim.is_claimant_unknown,
            "attribution": claim.attribution,
            "said_on": claim.said_on.isoformat() if claim.said_on else None,
            "quantities": claim.quantities,
            "dates": claim.dates,
        },
        "article": {
            "id": article.pk,
            "title": article.headline,
            "byline": article.byline,
            "outlet": article.outlet,
            "url": article.url,
            "language": article.language,
            "published_on": article.published_on.isoformat() if article.published_on else None,
            "version": claim.article_version.number,
            "sha256": claim.article_version.sha256,
        },
        "verdict": {
            "revision": verdict.number,
            "rating": rating.code,
            "label": rating.label,
            "mark": rating.mark,
            "tone": rating.colour,
            "definition": rating.definition,
            "number": rating.number,
            "worst": scale.worst,
            "best": scale.best,
            "scale_version": verdict.scale_version,
            "qualifiers": [scales.qualifier(code, scale.number) for code in verdict.qualifiers],
            "confidence": verdict.confidence,
            "gaps": verdict.gaps,
            "reasons": verdict.reasons,
        },
        "evidence": [
            {
                "number": number,
                "stance": item.stance,
                "quote": item.quote,
                "is_primary": item.is_primary,
                "title": item.source.title,
                "publisher": item.source.publisher,
                "author": item.source.author,
                "type": item.source.type,
                "url": item.source.url,
                "published_on": item.source.published_on.isoformat() if item.source.published_on else None,
            }
            for number, item in enumerate(evidence, start=1)
        ],
        "people": _people(claim, approved_by),
    }


def _people(claim: Claim, approved_by: User | None) -> dict[str, Any]:
    """Who checked and who approved: by name, or the desk, as its policy says."""
    if not policy_of(claim.workspace_id).names_printed:
        desk = claim.article.workspace.name
        return {"checked_by": [desk], "approved_by": desk if approved_by else ""}
    checked_by = User.objects.filter(pk__in=contributors(claim)).order_by("pk")
    return {
        "checked_by": [person.display_name for person in checked_by],
        "approved_by": approved_by.display_name if approved_by else "",
    }
