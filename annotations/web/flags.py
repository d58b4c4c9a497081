"""Flags on a source of the claim in hand: raised, answered, and opened again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.flags import services as flags
from annotations.flags.models import Flag
from annotations.refusals import Refusal
from annotations.web import board
from annotations.web.answers import number_in, person_of
from annotations.web.beside import evidence_of


def _answer(request: HttpRequest, claim: Any, step: Any, said: str, typed: dict[str, Any]) -> HttpResponse:
    """Only the list of sources is swapped; a refusal keeps what was typed."""
    try:
        step()
    except Refusal as refusal:
        return board.refused(request, claim.article, claim.pk, refusal, typed)
    if board.wants_part(request) and request.headers.get("HX-Target") == "sources":
        return board.page(
            request, claim.article, claim.pk, part="workbench/_sources.html", typed={"said": said}
        )
    return board.done(request, claim, said=said)


@require_POST
@login_required
def flag_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = evidence_of(request, pk)
    kind, note = request.POST.get("kind", ""), request.POST.get("note", "")

    def step() -> None:
        flags.flag_evidence(evidence=evidence, kind=kind, note=note, by=person_of(request))

    typed = {"flagged": evidence.pk, "flag_kind": kind, "flag_note": note}
    return _answer(request, evidence.claim, step, _("Flagged."), typed)


def _flag_of(request: HttpRequest, pk: int) -> Flag:
    rows = Flag.objects.visible_to(request.user).select_related("evidence__claim__article__workspace")
    return get_object_or_404(rows, pk=pk)


@require_POST
@login_required
def answer_flag(request: HttpRequest, pk: int) -> HttpResponse:
    flag, words = _flag_of(request, pk), request.POST.get("answer", "")

    def step() -> None:
        flags.answer_flag(
            flag=flag, version=number_in(request, "version"), answer=words, by=person_of(request)
        )

    typed = {"answered_flag": flag.pk, "flag_answer": words}
    return _answer(request, flag.evidence.claim, step, _("Answered."), typed)


@require_POST
@login_required
def reopen_flag(request: HttpRequest, pk: int) -> HttpResponse:
    flag = _flag_of(request, pk)

    def step() -> None:
        flags.reopen_flag(flag=flag, version=number_in(request, "version"), by=person_of(request))

    return _answer(request, flag.evidence.claim, step, _("The flag is open again."), {})


urlpatterns = [
    path("evidence/<int:pk>/flags/", flag_evidence, name="evidence-flag"),
    path("flags/<int:pk>/answer/", answer_flag, name="flag-answer"),
    path("flags/<int:pk>/reopen/", reopen_flag, name="flag-reopen"),
]
