"""“Checked before?” in the panel of a claim: the list alone, and what a person decides about one pair."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations.claims.models import Claim
from annotations.precedents.models import Match
from annotations.precedents.services import deciding
from annotations.refusals import IllegalMove, Refusal
from annotations.tongue import table
from annotations.web import board
from annotations.web.answers import STATUS, number_in, person_of

_SAID = table(
    {
        "same": "Linked as the same claim. The verdict here is still yours to write.",
        "near": "Linked as near but different.",
        "not": "Not the same. This pair is not suggested again.",
        "undo": "Taken back: the pair is a suggestion again.",
    }
)


@require_GET
@login_required
def show_before(request: HttpRequest, pk: int) -> HttpResponse:
    """The block alone, for a page that waits for the comparison; whoever opens its address sees it beside the claim."""
    claim = board.claim_of(request, pk)
    return _block(request, claim) if board.wants_part(request) else _back(request, claim)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int, match_id: int) -> HttpResponse:
    """`decision` is same, near (with `note` and the tick `seen`), not, or undo."""
    claim = board.claim_of(request, pk)
    pairs = Match.objects.visible_to(request.user).filter(Q(claim=claim) | Q(earlier=claim))
    match, decision = get_object_or_404(pairs, pk=match_id), request.POST.get("decision", "")
    note = request.POST.get("note", "")
    try:
        _step(request, match, decision, note)
    except Refusal as refusal:
        typed = {"refusal": refusal, "problems": getattr(refusal, "problems", {}), "refused_match": match.pk}
        if not board.wants_part(request):
            return board.refused(request, claim.article, claim.pk, refusal, {"typed_note": note, **typed})
        return _block(request, claim, status=STATUS[type(refusal)], typed_note=note, **typed)
    if board.wants_part(request):
        return _block(request, claim, said=_SAID[decision])
    messages.success(request, _SAID[decision])
    return _back(request, claim)


def _step(request: HttpRequest, match: Match, decision: str, note: str) -> None:
    about: dict[str, Any] = {
        "match": match,
        "version": number_in(request, "version"),
        "by": person_of(request),
    }
    if decision == "same":
        deciding.confirm_match(**about)
    elif decision == "near":
        seen = request.POST.get("seen") == "yes"
        deciding.link_as_near(**about, note=note, is_acknowledged=seen)
    elif decision == "not":
        deciding.reject_match(**about)
    elif decision == "undo":
        deciding.reopen_match(**about)
    else:
        raise IllegalMove(_("Choose one of: same claim, near but different, not the same."))


def _back(request: HttpRequest, claim: Claim) -> HttpResponse:
    return redirect(board.address(claim.article_id, claim.pk, board.show_of(request)) + "#before")


def _block(request: HttpRequest, claim: Claim, *, status: int = 200, **more: Any) -> HttpResponse:
    show = board.show_of(request)
    keep = f"?show={show}" if show in ("candidates", "open", "mine", "decided", "dismissed") else ""
    context = {"claim": claim, "keep": keep, "is_alone": True, **more}
    return render(request, "precedents/_before.html", context, status=status)


urlpatterns = [
    path("claims/<int:pk>/before/", show_before, name="claim-before"),
    path("claims/<int:pk>/matches/<int:match_id>/", decide, name="match-decide"),
]
