"""Sorting the claim in hand: one key a decision, and the next candidate is there."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.claims.models import Claim
from annotations.claims.queries import likely_duplicates
from annotations.claims.services import triage
from annotations.preferences.models import Preference
from annotations.preferences.queries import preference_of
from annotations.screens.workbench import next_candidate
from annotations.tasks import ring_comparing
from annotations.web import board
from annotations.web.answers import number_in, person_of


@require_POST
@login_required
def accept_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, and go on to the next candidate, unless this person likes to stay."""
    claim, person = board.claim_of(request, pk), person_of(request)

    def step() -> None:
        triage.accept_claim(claim=claim, version=number_in(request, "version"), by=person)
        ring_comparing(claim.workspace_id)

    def go_to() -> int | None:
        stays = preference_of(person).after_accepting == Preference.After.STAY
        return 0 if stays else next_candidate(claim)

    return board.act(
        request, claim, step, said=_("Accepted. It is yours to check."), go_to=go_to, undoable=True
    )


@require_POST
@login_required
def dismiss_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim, reason = board.claim_of(request, pk), request.POST.get("reason", "")

    def step() -> None:
        triage.dismiss_claim(
            claim=claim, version=number_in(request, "version"), reason=reason, by=person_of(request)
        )

    return board.act(
        request, claim, step, said=_("Dismissed."), go_to=lambda: next_candidate(claim), undoable=True
    )


@require_POST
@login_required
def restore_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        triage.restore_claim(claim=claim, version=number_in(request, "version"), by=person_of(request))
        ring_comparing(claim.workspace_id)

    return board.act(request, claim, step, said=_("Back among the candidates."), undoable=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def merge_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """GET lets one choose the claim to merge into; POST merges, and a candidate is followed by the next one."""
    claim = board.claim_of(request, pk)
    if request.method != "POST":
        return _choose(request, claim)
    was_candidate = claim.status == "CANDIDATE"

    def step() -> None:
        into = board.claim_of(request, number_in(request, "into"))
        triage.merge_claim(
            claim=claim, into=into, version=number_in(request, "version"), by=person_of(request)
        )

    def go_to() -> int | None:
        return next_candidate(claim) if was_candidate else claim.merged_into_id

    return board.act(request, claim, step, said=_("Merged."), go_to=go_to, undoable=True)


def _choose(request: HttpRequest, claim: Claim) -> HttpResponse:
    query = request.GET.get("q", "").replace("\x00", "")[:200]
    chooser = {"into": likely_duplicates(claim, query), "query": query}
    if request.headers.get("HX-Target") == "merge-list":
        context = {"claim": claim, "here": board.address(claim.article_id, claim.pk, "all")}
        return render(request, "workbench/_merge_list.html", chooser | context)
    return board.instead(request, claim.article, "workbench/_merge.html", chooser, claim_id=claim.pk)


@require_POST
@login_required
def take_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        triage.take_claim(claim=claim, version=number_in(request, "version"), by=person_of(request))

    return board.act(request, claim, step, said=_("This claim is yours now."), undoable=True)


urlpatterns = [
    path("claims/<int:pk>/accept/", accept_claim, name="claim-accept"),
    path("claims/<int:pk>/dismiss/", dismiss_claim, name="claim-dismiss"),
    path("claims/<int:pk>/restore/", restore_claim, name="claim-restore"),
    path("claims/<int:pk>/merge/", merge_claim, name="claim-merge"),
    path("claims/<int:pk>/take/", take_claim, name="claim-take"),
]
