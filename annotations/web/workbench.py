"""The workbench page and what one does there with a claim, its verdict and its sources."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.queries import current_version
from annotations.claims import spans
from annotations.claims.models import Claim
from annotations.claims.services import triage, wording
from annotations.jobs.services import retry_job
from annotations.refusals import Incomplete, Refusal
from annotations.screens.workbench import next_candidate
from annotations.sources import services as sources
from annotations.sources.models import Evidence
from annotations.tasks import ring
from annotations.verdicts import services as verdicts
from annotations.verdicts.models import Verdict
from annotations.web import board
from annotations.web.workbench_forms import (
    ClaimForm,
    EvidenceForm,
    MarkForm,
    SourceForm,
    SpanForm,
    VerdictForm,
    WorkbenchForm,
)


def _article(request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(Article.objects.visible_to(request.user).select_related("workspace"), pk=pk)


def _claim(request: HttpRequest, pk: int) -> Claim:
    rows = Claim.objects.visible_to(request.user).select_related("article__workspace")
    return get_object_or_404(rows, pk=pk)


def _evidence(request: HttpRequest, pk: int) -> Evidence:
    rows = Evidence.objects.visible_to(request.user).select_related("claim__article__workspace", "source")
    return get_object_or_404(rows, pk=pk)


@require_GET
@login_required
def show_workbench(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page, or with htmx only the panel of `?claim=`; a shared address always gives the page."""
    article = _article(request, pk)
    claim_id = board.number_asked(request, "claim")
    if getattr(request, "htmx", False) and not request.htmx.history_restore_request:
        return board.page(request, article, claim_id, part="workbench/_panel.html")
    return board.page(request, article, claim_id, typed={"undo": _undo_offer(request)})


def _undo_offer(request: HttpRequest) -> dict[str, Any] | None:
    """The step that a plain form just made, when the page it came back to is asked to offer undoing it."""
    claim = Claim.objects.visible_to(request.user).filter(pk=board.number_asked(request, "undo")).first()
    return {"url": reverse("claim-undo", args=[claim.pk]), "version": claim.version} if claim else None


@require_GET
@login_required
def show_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far extraction is. When it ended, the browser is asked to load the page with what was found."""
    article = _article(request, pk)
    job = current_version(article).extraction
    answer = render(request, "workbench/_progress.html", {"job": job, "article": article})
    if not job.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@login_required
def retry_extraction(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(request, pk)
    try:
        ring(retry_job(job=current_version(article).extraction, by=request.user))
    except Refusal as refusal:
        return board.refused(request, article, None, refusal, {})
    return redirect("workbench", pk)


@require_POST
@login_required
def accept_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _claim(request, pk)

    def step() -> None:
        triage.accept_claim(claim=claim, version=board.number_sent(request, "version"), by=request.user)

    return board.act(request, claim, step, said="Accepted. It is yours to check.", undoable=True)


@require_POST
@login_required
def dismiss_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim, reason = _claim(request, pk), request.POST.get("reason", "")

    def step() -> None:
        triage.dismiss_claim(
            claim=claim, version=board.number_sent(request, "version"), reason=reason, by=request.user
        )

    return board.act(
        request, claim, step, said="Dismissed.", go_to=lambda: next_candidate(claim), undoable=True
    )


@require_POST
@login_required
def restore_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _claim(request, pk)

    def step() -> None:
        triage.restore_claim(claim=claim, version=board.number_sent(request, "version"), by=request.user)

    return board.act(request, claim, step, said="Back among the candidates.", undoable=True)


@require_POST
@login_required
def merge_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _claim(request, pk)

    def step() -> None:
        into = _claim(request, board.number_sent(request, "into"))
        triage.merge_claim(
            claim=claim, into=into, version=board.number_sent(request, "version"), by=request.user
        )

    return board.act(request, claim, step, said="Merged.", go_to=lambda: claim.merged_into_id)


@require_POST
@login_required
def take_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _claim(request, pk)

    def step() -> None:
        triage.take_claim(claim=claim, version=board.number_sent(request, "version"), by=request.user)

    return board.act(request, claim, step, said="This claim is yours now.")


@require_POST
@login_required
def undo_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _claim(request, pk)

    def step() -> None:
        triage.undo(claim=claim, version=board.number_sent(request, "version"), by=request.user)

    return board.act(request, claim, step, said="Undone.")


@require_POST
@login_required
def edit_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim, form = _claim(request, pk), ClaimForm(request.POST)

    def step() -> None:
        facts = form.cleaned_or_refuse()
        wording.edit_claim(
            claim=claim, version=board.number_sent(request, "version"), by=request.user, **facts
        )

    return board.act(
        request,
        claim,
        step,
        said="Saved.",
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
            "These words do not stand in the article. Paste them exactly as they are printed there."
        )
    return {"start": found.start, "end": found.end, "exact": found.exact}


@require_POST
@login_required
def edit_span(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _claim(request, pk)

    def step() -> None:
        place = _place(claim.article_version.text, SpanForm(request.POST))
        wording.edit_span(
            claim=claim, version=board.number_sent(request, "version"), by=request.user, **place
        )

    typed: dict[str, Any] = {"span_words": request.POST.get("exact", ""), "edit_open": True}
    said = "The claim stands on these words now."
    return board.act(request, claim, step, said=said, typed=lambda: typed, undoable=True)


@require_POST
@login_required
def mark_claim(request: HttpRequest, pk: int) -> HttpResponse:
    article, form = _article(request, pk), MarkForm(request.POST)
    try:
        version = get_object_or_404(
            ArticleVersion, article=article, pk=board.number_sent(request, "article_version")
        )
        claim = wording.mark_claim(
            article=article,
            article_version=version,
            by=request.user,
            **_place(version.text, form),
            statement=form.cleaned_data["statement"],
        )
    except Refusal as refusal:
        return board.refused(request, article, None, refusal, {"mark_form": form})
    return board.done(request, claim, said="Marked. It is yours to check.", undoable=True)


def _draft(request: HttpRequest, claim: Claim, form: VerdictForm) -> Verdict:
    words = form.cleaned_or_refuse()
    return verdicts.draft_verdict(
        claim=claim, seen=board.number_sent(request, "seen"), by=request.user, **words
    )


@require_POST
@login_required
def draft_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves itself while it is written: the answer is only the quiet line and the number to save from next."""
    claim, form = _claim(request, pk), VerdictForm(request.POST)
    try:
        verdict = _draft(request, claim, form)
    except Refusal as refusal:
        return board.refused(request, claim.article, claim.pk, refusal, _kept(form, refusal))
    if getattr(request, "htmx", False):
        return render(
            request, "workbench/_save_status.html", {"verdict": verdict, "seen": verdict.number, "oob": True}
        )
    return board.done(request, claim, said="Draft saved.")


def _kept(form: VerdictForm, refusal: Refusal) -> dict[str, Any]:
    """What was typed stays in the form; after a stale save the next one begins from the version that now stands."""
    seen = getattr(refusal, "version", None) if getattr(refusal, "yours", None) else None
    return {"verdict_form": form} | ({"seen": seen} if seen is not None else {})


@require_POST
@login_required
def submit_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves what the form holds and submits it, so that what is submitted is what was on the screen."""
    claim, form = _claim(request, pk), VerdictForm(request.POST)
    kept: dict[str, Any] = {"verdict_form": form}
    try:
        verdict = _draft(request, claim, form)
        kept["seen"] = verdict.number
        verdicts.submit_verdict(
            claim=claim, version=board.number_sent(request, "version"), seen=verdict.number, by=request.user
        )
    except Refusal as refusal:
        return board.refused(request, claim.article, claim.pk, refusal, kept | _kept(form, refusal))
    return board.done(request, claim, said="Submitted for second review.")


@require_POST
@login_required
def withdraw_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    claim = _claim(request, pk)

    def step() -> None:
        verdicts.withdraw_verdict(claim=claim, version=board.number_sent(request, "version"), by=request.user)

    return board.act(request, claim, step, said="Withdrawn. The verdict can be written on again.")


def _sources(request: HttpRequest, claim: Claim, said: str) -> HttpResponse:
    """Only the list of sources is swapped, so that a verdict which is being written beside it is left alone."""
    if getattr(request, "htmx", False) and request.htmx.target == "sources":
        return board.page(
            request, claim.article, claim.pk, part="workbench/_sources.html", typed={"said": said}
        )
    return board.done(request, claim, said=said)


def _on_sources(
    request: HttpRequest, claim: Claim, step: Any, said: str, typed: dict[str, Any]
) -> HttpResponse:
    try:
        step()
    except Refusal as refusal:
        return board.refused(request, claim.article, claim.pk, refusal, typed)
    return _sources(request, claim, said)


@require_POST
@login_required
def cite_source(request: HttpRequest, pk: int) -> HttpResponse:
    claim, form = _claim(request, pk), SourceForm(request.POST)

    def step() -> None:
        sources.cite_source(claim=claim, by=request.user, **form.cleaned_or_refuse())

    return _on_sources(request, claim, step, "Source added.", {"source_form": form, "add_open": True})


@require_POST
@login_required
def edit_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    evidence, form = _evidence(request, pk), EvidenceForm(request.POST)

    def step() -> None:
        facts = form.cleaned_or_refuse()
        sources.edit_evidence(
            evidence=evidence, version=board.number_sent(request, "version"), by=request.user, **facts
        )

    return _on_sources(
        request, evidence.claim, step, "Saved.", {"edited_evidence": evidence.pk, "edited_form": form}
    )


@require_POST
@login_required
def remove_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = _evidence(request, pk)

    def step() -> None:
        sources.remove_evidence(
            evidence=evidence, version=board.number_sent(request, "version"), by=request.user
        )

    return _on_sources(request, evidence.claim, step, "Taken off. It can be put back below.", {})


@require_POST
@login_required
def restore_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = _evidence(request, pk)

    def step() -> None:
        sources.restore_evidence(
            evidence=evidence, version=board.number_sent(request, "version"), by=request.user
        )

    return _on_sources(request, evidence.claim, step, "Put back.", {})


urlpatterns = [
    path("articles/<int:pk>/", show_workbench, name="workbench"),
    path("articles/<int:pk>/progress/", show_progress, name="workbench-progress"),
    path("articles/<int:pk>/retry/", retry_extraction, name="extraction-retry"),
    path("articles/<int:pk>/claims/", mark_claim, name="claim-mark"),
    path("claims/<int:pk>/accept/", accept_claim, name="claim-accept"),
    path("claims/<int:pk>/dismiss/", dismiss_claim, name="claim-dismiss"),
    path("claims/<int:pk>/restore/", restore_claim, name="claim-restore"),
    path("claims/<int:pk>/merge/", merge_claim, name="claim-merge"),
    path("claims/<int:pk>/take/", take_claim, name="claim-take"),
    path("claims/<int:pk>/undo/", undo_claim, name="claim-undo"),
    path("claims/<int:pk>/edit/", edit_claim, name="claim-edit"),
    path("claims/<int:pk>/span/", edit_span, name="claim-edit-span"),
    path("claims/<int:pk>/verdict/draft/", draft_verdict, name="verdict-draft"),
    path("claims/<int:pk>/verdict/submit/", submit_verdict, name="verdict-submit"),
    path("claims/<int:pk>/verdict/withdraw/", withdraw_verdict, name="verdict-withdraw"),
    path("claims/<int:pk>/sources/", cite_source, name="evidence-cite"),
    path("evidence/<int:pk>/edit/", edit_evidence, name="evidence-edit"),
    path("evidence/<int:pk>/remove/", remove_evidence, name="evidence-remove"),
    path("evidence/<int:pk>/restore/", restore_evidence, name="evidence-restore"),
]
