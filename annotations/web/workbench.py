"""The workbench page, and marking and wording claims there. Sorting, verdicts and sources have files of their own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from annotations.articles.models import ArticleVersion
from annotations.articles.queries import current_version
from annotations.claims import spans
from annotations.claims.services import wording
from annotations.jobs.services import retry_job
from annotations.refusals import Incomplete, Refusal
from annotations.tasks import ring, ring_comparing
from annotations.web import board, bulk, steps, triage, verdict
from annotations.web.answers import number_asked, number_in, person_of
from annotations.web.workbench_forms import (
    ClaimForm,
    MarkForm,
    SpanForm,
    WorkbenchForm,
)


@require_GET
@login_required
def show_workbench(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page, or with htmx only the panel of `?claim=`; a shared address always gives the page."""
    article = board.article_of(request, pk)
    claim_id = number_asked(request, "claim")
    if board.wants_part(request):
        return board.page(request, article, claim_id, part="workbench/_panel.html")
    return board.page(request, article, claim_id, typed={"offer_undo": "undo" in request.GET})


@require_GET
@login_required
def show_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far extraction is. When it ended, the browser is asked to load the page with what was found."""
    article = board.article_of(request, pk)
    job = current_version(article).extraction
    answer = render(request, "workbench/_progress.html", {"job": job, "article": article})
    if not job.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@login_required
def retry_extraction(request: HttpRequest, pk: int) -> HttpResponse:
    article = board.article_of(request, pk)
    try:
        ring(retry_job(job=current_version(article).extraction, by=person_of(request)))
    except Refusal as refusal:
        return board.refused(request, article, None, refusal, {})
    return redirect("workbench", pk)


@require_POST
@login_required
def edit_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim, form = board.claim_of(request, pk), ClaimForm(request.POST)

    def step() -> None:
        facts = form.cleaned_or_refuse()
        wording.edit_claim(claim=claim, version=number_in(request, "version"), by=person_of(request), **facts)
        ring_comparing(claim.workspace_id)

    return board.act(
        request,
        claim,
        step,
        said=_("Saved."),
        typed=lambda: {"claim_form": form, "edit_open": True},
        undoable=True,
    )


def _place(text: str, form: WorkbenchForm) -> dict[str, Any]:
    """Where the words stand: as the browser said, or, when they were pasted, where the server finds them."""
    sent = form.cleaned_or_refuse()
    exact = sent["exact"].replace("\r\n", "\n")
    if sent["start"] is not None and sent["end"] is not None:
        return {"start": sent["start"], "end": sent["end"], "exact": exact}
    try:
        found = spans.find(text, exact.strip(), prefix=sent["prefix"], suffix=sent["suffix"])
    except spans.BadSpan as bad:
        raise Incomplete(bad.reason, {"exact": [bad.reason]}) from bad
    if found is None:
        raise Incomplete(
            _("These words do not stand in the article. Paste them exactly as they are printed there.")
        )
    return {"start": found.start, "end": found.end, "exact": found.exact}


@require_POST
@login_required
def edit_span(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        text = current_version(claim.article)
        place = _place(text.text, SpanForm(request.POST)) | {"article_version": text}
        wording.edit_span(claim=claim, version=number_in(request, "version"), by=person_of(request), **place)
        ring_comparing(claim.workspace_id)

    typed: dict[str, Any] = {"span_words": request.POST.get("exact", ""), "edit_open": True}
    said = _("The claim stands on these words now.")
    return board.act(request, claim, step, said=said, typed=lambda: typed, undoable=True)


@require_POST
@login_required
def mark_claim(request: HttpRequest, pk: int) -> HttpResponse:
    article, form = board.article_of(request, pk), MarkForm(request.POST)
    try:
        version = get_object_or_404(ArticleVersion, article=article, pk=number_in(request, "article_version"))
        claim = wording.mark_claim(
            article=article,
            article_version=version,
            by=person_of(request),
            **_place(version.text, form),
            statement=form.cleaned_data["statement"],
        )
        ring_comparing(claim.workspace_id)
    except Refusal as refusal:
        return board.refused(request, article, None, refusal, {"mark_form": form})
    return board.done(request, claim, said=_("Marked. It is yours to check."), undoable=True)


urlpatterns = [
    path("articles/<int:pk>/", show_workbench, name="workbench"),
    path("articles/<int:pk>/progress/", show_progress, name="workbench-progress"),
    path("articles/<int:pk>/retry/", retry_extraction, name="extraction-retry"),
    path("articles/<int:pk>/claims/", mark_claim, name="claim-mark"),
    path("claims/<int:pk>/edit/", edit_claim, name="claim-edit"),
    path("claims/<int:pk>/span/", edit_span, name="claim-edit-span"),
    *triage.urlpatterns,
    *bulk.urlpatterns,
    *steps.urlpatterns,
    *verdict.urlpatterns,
]
