"""The stored copy of a source beside its claim: read, added, and quoted from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.refusals import Incomplete, Refusal, Stale
from annotations.screens.beside import Beside, beside
from annotations.snapshots.copies import HTML, CopyMatter, pasted, uploaded
from annotations.snapshots.matter import Unreadable
from annotations.snapshots.models import Snapshot
from annotations.snapshots.reading import MAX_BYTES
from annotations.sources import services as sources
from annotations.sources.models import Evidence
from annotations.web import board
from annotations.web.answers import STATUS, number_asked, number_in, person_of
from annotations.web.workbench_forms import WorkbenchForm


class QuoteForm(WorkbenchForm):
    quote = forms.CharField(required=False, strip=False)
    at = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


def evidence_of(request: HttpRequest, pk: int) -> Evidence:
    """The evidence, if it is of a desk of this person; 404 as if it did not exist, if not."""
    rows = Evidence.objects.visible_to(request.user).select_related(
        "claim__article__workspace", "claim__workspace", "source__workspace", "source__fetching"
    )
    return get_object_or_404(rows, pk=pk)


@never_cache
@require_GET
@login_required
def show_source(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """The stored copy beside its claim: with htmx the part alone, else the workbench with the part open in it."""
    claim = board.claim_of(request, pk)
    found = beside(
        claim=claim,
        person=person_of(request),
        evidence_id=evidence,
        copy_id=number_asked(request, "copy"),
    )
    if found is None:
        raise Http404("This claim has no such source.")
    return _beside(request, found)


def _beside(
    request: HttpRequest, found: Beside, *, status: int = 200, typed: dict[str, Any] | None = None
) -> HttpResponse:
    """The copy alone as a part, together with the list of sources after a step; else the workbench around it."""
    about: dict[str, Any] = {"beside": found, "max_mb": MAX_BYTES // 2**20}
    claim = found.claim
    if not (board.wants_part(request) and request.headers.get("HX-Target") == "beside"):
        return board.page(request, claim.article, claim.pk, status=status, typed=about | (typed or {}))
    if typed is None:
        return render(request, "sources/_beside.html", about | {"claim": claim})
    return board.page(
        request, claim.article, claim.pk, part="sources/_swap.html", status=status, typed=about | typed
    )


def beside_act(
    request: HttpRequest, evidence: Evidence, step: Callable[[], None], said: str, typed: dict[str, Any]
) -> HttpResponse:
    """Take the step and show the copy again, with the list of sources beside it as it stands now."""
    claim, status, refusal = evidence.claim, 200, None
    try:
        step()
    except Refusal as refused:
        refusal, status = refused, STATUS[type(refused)]
    if refusal is None and not board.wants_part(request):
        messages.success(request, said)
        return redirect("source-beside", claim.pk, evidence.pk)
    found = beside(claim=claim, person=person_of(request), evidence_id=evidence.pk)
    if found is None:
        return board.done(request, claim, said=_("This source was taken off meanwhile."))
    if refusal is None:
        return _beside(request, found, typed={"beside_said": said})
    sides = board.sides(refusal) if isinstance(refusal, Stale) else None
    problems = getattr(refusal, "problems", {})
    about = {"beside_refusal": refusal, "beside_problems": problems, "beside_sides": sides}
    return _beside(request, found, status=status, typed=about | typed)


@require_POST
@login_required
def use_quote(request: HttpRequest, pk: int) -> HttpResponse:
    """The words selected in the copy become the quote of the evidence, and are proved where they were taken."""
    evidence, form = evidence_of(request, pk), QuoteForm(request.POST)

    def step() -> None:
        words = form.cleaned_or_refuse()
        sources.edit_evidence(
            evidence=evidence,
            version=number_in(request, "version"),
            by=person_of(request),
            quote=words["quote"],
            quote_at=words["at"],
        )

    return beside_act(request, evidence, step, _("Quoted."), {"typed_quote": request.POST.get("quote", "")})


@require_POST
@login_required
def keep_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a copy of the evidence's source: a file, pasted text, or a picture with the words typed for it."""
    evidence = evidence_of(request, pk)

    def step() -> None:
        matter = matter_of(request, request.FILES.get("file"))
        sources.keep_copy(source=evidence.source, matter=matter, by=person_of(request))

    return beside_act(request, evidence, step, _("Stored."), {"typed_text": request.POST.get("text", "")})


@require_POST
@login_required
def type_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Words that a person reads in a copy which has none, as a new copy of the same bytes."""
    evidence = evidence_of(request, pk)

    def step() -> None:
        rows = Snapshot.objects.visible_to(request.user).filter(copies__source=evidence.source)
        old = rows.select_related("file").filter(pk=number_in(request, "snapshot")).first()
        if old is None:
            raise Incomplete(_("There is no such copy of this source."))
        if not request.POST.get("text", "").strip():
            raise Incomplete(
                _("Type the words of the copy."), {"text": [_("Type the words you can read in it.")]}
            )
        data, name = bytes(old.file.data), old.filename
        matter = _read(lambda: uploaded(data, filename=name, text=request.POST["text"]))
        sources.keep_copy(source=evidence.source, matter=matter, by=person_of(request))

    return beside_act(request, evidence, step, _("Stored."), {"typed_text": request.POST.get("text", "")})


def matter_of(request: HttpRequest, file: UploadedFile[Any] | None) -> CopyMatter:
    text = request.POST.get("text", "")
    if file is None:
        return _read(lambda: pasted(text))
    if (file.size or 0) > MAX_BYTES:
        raise Incomplete(
            _("The file is larger than {megabytes} MB.").format(megabytes=MAX_BYTES // 2**20),
            {"file": [_("Choose a smaller one.")]},
        )
    matter = _read(
        lambda: uploaded(
            file.read(), filename=file.name or "", content_type=file.content_type or "", text=text
        )
    )
    return replace(matter, filename=matter.filename or "file")


def _read(reading: Callable[[], CopyMatter]) -> CopyMatter:
    try:
        return reading()
    except Unreadable as refused:
        raise Incomplete(refused.reason, {"file": [refused.reason]}) from refused


@never_cache
@require_GET
@login_required
def download_snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored bytes, only ever as a file to keep: never opened here, whatever they are."""
    row = get_object_or_404(Snapshot.objects.visible_to(request.user).select_related("file"), pk=pk)
    kind = "application/octet-stream" if row.content_type == HTML else row.content_type
    answer = HttpResponse(bytes(row.file.data), content_type=kind)
    name = row.filename or f"stored-copy-{row.pk}.txt"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


urlpatterns = [
    path("claims/<int:pk>/sources/<int:evidence>/", show_source, name="source-beside"),
    path("evidence/<int:pk>/quote/", use_quote, name="evidence-quote"),
    path("evidence/<int:pk>/copies/", keep_copy, name="source-keep-copy"),
    path("evidence/<int:pk>/text/", type_text, name="source-type-text"),
    path("snapshots/<int:pk>/file/", download_snapshot, name="snapshot-file"),
]
