"""The verdict on the claim in hand: forms of the workbench page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.claims.models import Claim
from annotations.desks.queries import scales_of
from annotations.refusals import Refusal
from annotations.screens.conflict import against_saved
from annotations.verdicts import services as verdicts
from annotations.verdicts.checklist import checks_of
from annotations.verdicts.models import Verdict
from annotations.verdicts.permissions import may_draft, may_read_verdict
from annotations.verdicts.queries import latest_verdict
from annotations.web import board
from annotations.web.answers import number_in, person_of
from annotations.web.workbench_forms import VerdictForm


def _draft(request: HttpRequest, claim: Claim, form: VerdictForm) -> Verdict:
    words = form.cleaned_or_refuse()
    seen = number_in(request, "seen")
    taken = form.theirs_or_refuse()
    last = latest_verdict(claim)
    if taken and last and last.number == seen:
        words |= {name: getattr(last, name) for name in taken}
    return verdicts.draft_verdict(claim=claim, seen=seen, by=person_of(request), **words)


@require_POST
@login_required
def draft_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves itself while it is written: the answer is only the quiet line and the number to save from next."""
    claim, form = board.claim_of(request, pk), VerdictForm(request.POST)
    try:
        verdict = _draft(request, claim, form)
    except Refusal as refusal:
        return board.refused(request, claim.article, claim.pk, refusal, _kept(form, refusal))
    if board.wants_part(request):
        return render(
            request, "workbench/_save_status.html", {"verdict": verdict, "seen": verdict.number, "oob": True}
        )
    return board.done(request, claim, said=_("Draft saved."))


def _kept(form: VerdictForm, refusal: Refusal) -> dict[str, Any]:
    """What was typed stays in the form; after a stale save the next one begins from the version that now stands."""
    seen = getattr(refusal, "version", None) if getattr(refusal, "yours", None) else None
    return {"verdict_form": form} | ({"seen": seen} if seen is not None else {})


@require_POST
@login_required
def submit_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves what the form holds and submits it, so that what is submitted is what was on the screen."""
    claim, form = board.claim_of(request, pk), VerdictForm(request.POST)
    kept: dict[str, Any] = {"verdict_form": form}
    try:
        verdict = _draft(request, claim, form)
        kept["seen"] = verdict.number
        verdicts.submit_verdict(
            claim=claim,
            version=number_in(request, "version"),
            seen=verdict.number,
            by=person_of(request),
        )
    except Refusal as refusal:
        return board.refused(request, claim.article, claim.pk, refusal, kept | _kept(form, refusal))
    return board.done(request, claim, said=_("Submitted for second review."))


@require_POST
@login_required
def check_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """What the words in the form still need, and how they will read. Nothing is saved."""
    claim, form = board.claim_of(request, pk), VerdictForm(request.POST)
    words = form.cleaned_data if form.is_valid() else {}
    found = {"checks": checks_of(claim, words), "claim": claim, "oob": True}
    return render(request, "workbench/_says.html", found)


@require_POST
@login_required
def compare_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Words that this browser kept beside what is saved, field by field. Nothing is saved."""
    claim, form = board.claim_of(request, pk), VerdictForm(request.POST)
    saved = latest_verdict(claim) if may_read_verdict(person_of(request), claim) else None
    scales = scales_of(claim.workspace_id)
    fields = against_saved(saved, form.cleaned_data, scales) if form.is_valid() else ()
    is_open = bool(may_draft(person_of(request), claim))
    return render(request, "workbench/_kept.html", {"fields": fields, "is_open": is_open, "claim": claim})


@require_POST
@login_required
def withdraw_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        verdicts.withdraw_verdict(claim=claim, version=number_in(request, "version"), by=person_of(request))

    return board.act(request, claim, step, said=_("Withdrawn. The verdict can be written on again."))


urlpatterns = [
    path("claims/<int:pk>/verdict/draft/", draft_verdict, name="verdict-draft"),
    path("claims/<int:pk>/verdict/check/", check_verdict, name="verdict-check"),
    path("claims/<int:pk>/verdict/compare/", compare_verdict, name="verdict-compare"),
    path("claims/<int:pk>/verdict/submit/", submit_verdict, name="verdict-submit"),
    path("claims/<int:pk>/verdict/withdraw/", withdraw_verdict, name="verdict-withdraw"),
]
