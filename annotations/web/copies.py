"""Copies that a worker fetches: asked for, watched, and taken home as a web archive."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.jobs.models import Job
from annotations.refusals import Refusal
from annotations.snapshots.archiving import MEDIA_TYPE, as_warc
from annotations.snapshots.models import Snapshot
from annotations.sources import services as sources
from annotations.sources.models import Evidence
from annotations.sources.permissions import may_fetch_copy
from annotations.sources.queries import evidence_for
from annotations.tasks import ring_if_waiting
from annotations.web import board
from annotations.web.answers import person_of
from annotations.web.beside import beside_act, evidence_of


@require_POST
@login_required
def fetch_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a copy of the evidence's source fetched, again or for the first time."""
    evidence = evidence_of(request, pk)

    def step() -> None:
        ring_if_waiting(sources.fetch_copy(source=evidence.source, by=person_of(request)))

    said = _("The copy is being fetched.")
    if request.headers.get("HX-Target") != f"copy-{pk}":
        return beside_act(request, evidence, step, said, {})
    try:
        step()
    except Refusal as refusal:
        return board.refused(request, evidence.claim.article, evidence.claim_id, refusal, {})
    return render(request, "sources/_state.html", _state(request, pk) | {"said": said})


@never_cache
@require_GET
@login_required
def show_copy_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far fetching is; once it ended, with what it found out about the source beside it."""
    context = _state(request, pk)
    fetching = context["item"].source.fetching
    if request.GET.get("beside"):
        context["is_here"] = fetching is not None and fetching.state == Job.State.DONE
        return render(request, "sources/_fetching.html", context)
    template = "sources/_state.html" if fetching and fetching.is_open else "sources/_state_swap.html"
    return render(request, template, context)


def _state(request: HttpRequest, pk: int) -> dict[str, Any]:
    rows = Evidence.objects.visible_to(request.user).with_copies()
    item = get_object_or_404(rows.select_related("source__fetching", "source__workspace", "claim"), pk=pk)
    number = evidence_for(item.claim).filter(pk__lte=pk).count()
    may_fetch = may_fetch_copy(person_of(request), item.source)
    return {"item": item, "claim": item.claim, "number": number, "may_fetch": may_fetch}


@never_cache
@require_GET
@login_required
def download_warc(request: HttpRequest, pk: int) -> HttpResponse:
    """A stored copy as a web archive, with the headers it came with."""
    row = get_object_or_404(Snapshot.objects.visible_to(request.user).select_related("file"), pk=pk)
    answer = HttpResponse(as_warc(row), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="stored-copy-{row.pk}.warc.gz"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


urlpatterns = [
    path("evidence/<int:pk>/fetch/", fetch_copy, name="source-fetch-copy"),
    path("evidence/<int:pk>/copy/", show_copy_state, name="source-copy-state"),
    path("snapshots/<int:pk>/archive/", download_warc, name="snapshot-warc"),
]
