"""The page of a second review, the way to the next one, and how it answers a decision made on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.desks.queries import scales_of
from annotations.refusals import Refusal
from annotations.reviews.queries import waiting_for
from annotations.screens.second_review import second_review
from annotations.web import board
from annotations.web.answers import STATUS, number_asked, person_of
from annotations.web.desk import desk_of


@never_cache
@require_GET
@login_required
def show_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Article, stored copies and the claim; `?source=` names the evidence whose copy is shown."""
    claim = board.claim_of(request, pk)
    part = board.wants_part(request) and request.headers.get("HX-Target") == "review-source"
    return _page(request, claim, template="review/_source.html" if part else "review/page.html")


def _page(
    request: HttpRequest,
    claim: Claim,
    *,
    template: str,
    status: int = 200,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    request.desk = claim.workspace  # type: ignore[attr-defined]
    found = second_review(claim=claim, person=person_of(request), evidence_id=number_asked(request, "source"))
    context = {
        "second": found,
        "review": found.panel,
        "beside": found.source,
        "claim": claim,
        "article": claim.article,
        "workspace": claim.workspace,
        "status_label": Status(claim.status).label,
        "ratings": scales_of(claim.workspace_id).current.choices,
        "nav": "review",
    }
    return render(request, template, context | (typed or {}), status=status)


@never_cache
@require_GET
@login_required
def open_next_review(request: HttpRequest) -> HttpResponse:
    """Lead to what waits next, after the claim of `?after=`; or say that nothing does."""
    after = number_asked(request, "after") or 0
    seen = Claim.objects.visible_to(request.user).select_related("workspace").filter(pk=after).first()
    desk = seen.workspace if seen else desk_of(request)
    keys = list(waiting_for(person_of(request), desk).values_list("pk", flat=True)[:1_000]) if desk else []
    at = keys.index(after) + 1 if after in keys else 0
    for key in (*keys[at:], *keys[:at]):
        if key != after:
            return redirect("second-review", key)
    messages.info(request, _("Nothing else waits for a second review."))
    return redirect("second-review", after) if after in keys else redirect("queue")


def act(request: HttpRequest, claim: Claim, step: Callable[[], object], *, said: str) -> HttpResponse:
    """Take one step and answer on the page where it was asked: this one, or the workbench."""
    if request.POST.get("page") != "review":
        return board.act(request, claim, step, said=said)
    part = board.wants_part(request)
    template = "review/_swap.html" if part else "review/page.html"
    try:
        step()
    except Refusal as refusal:
        claim.refresh_from_db()
        problems = getattr(refusal, "problems", {})
        kept = {"refusal": refusal, "problems": problems, "sent": request.POST}
        kept["sent_items"] = [item for item in request.POST.getlist("items") if item.strip()]
        return _page(request, claim, template=template, status=STATUS[type(refusal)], typed=kept)
    messages.success(request, said)
    if part:
        claim.refresh_from_db()
        return _page(request, claim, template=template)
    return redirect(reverse("second-review", args=[claim.pk]))


urlpatterns = [
    path("claims/<int:pk>/review/", show_review, name="second-review"),
    path("review/next/", open_next_review, name="review-next"),
]
