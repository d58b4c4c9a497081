"""The sources that prove a claim, as its panel lists them: cited, searched, changed, taken off and put back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.claims.models import Claim
from annotations.refusals import Incomplete, Refusal
from annotations.sources import services as sources
from annotations.sources.models import Source
from annotations.sources.queries import sources_like
from annotations.tasks import ring_if_waiting
from annotations.web import beside, board, copies, flags
from annotations.web.answers import number_in, person_of
from annotations.web.beside import evidence_of, matter_of
from annotations.web.evidence_forms import EvidenceForm, SourceForm

_BARE_ADDRESS = re.compile(r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)


def _done(request: HttpRequest, claim: Claim, said: str, typed: dict[str, Any] | None = None) -> HttpResponse:
    """Only the list of sources is swapped, so that a verdict which is being written beside it is left alone."""
    if board.wants_part(request) and request.headers.get("HX-Target") == "sources":
        typed = {"said": said} | (typed or {})
        return board.page(request, claim.article, claim.pk, part="workbench/_sources.html", typed=typed)
    return board.done(request, claim, said=said)


def _act(
    request: HttpRequest,
    claim: Claim,
    step: Callable[[], None],
    said: str,
    *,
    typed: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> HttpResponse:
    try:
        step()
    except Refusal as refusal:
        return board.refused(request, claim.article, claim.pk, refusal, typed or {})
    return _done(request, claim, said, after)


@require_POST
@login_required
def cite_source(request: HttpRequest, pk: int) -> HttpResponse:
    """One box: an address, a file, or words; or a document chosen from what the registry suggested."""
    claim = board.claim_of(request, pk)
    form = SourceForm(_read_box(request))

    def step() -> None:
        _cite(request, claim, form)

    typed = {"source_form": form, "source_what": request.POST.get("what", ""), "add_open": True}
    return _act(request, claim, step, _("Source added."), typed=typed)


def _read_box(request: HttpRequest) -> Any:
    """What was typed into the one box, as the address or else the title of a source."""
    data = request.POST.copy()
    what = data.get("what", "").strip()
    if what and not data.get("url"):
        if re.match(r"https?://", what, re.IGNORECASE) or _BARE_ADDRESS.fullmatch(what):
            data["url"] = what if "://" in what else f"https://{what}"
        elif not data.get("title"):
            data["title"] = what
    return data


def _cite(request: HttpRequest, claim: Claim, form: SourceForm) -> None:
    facts, matter, known = form.cleaned_or_refuse(), None, None
    if chosen := request.POST.get("known", ""):
        known = _known(request, claim, chosen)
    if file := request.FILES.get("file"):
        matter = matter_of(request, file)
        facts["title"] = facts["title"] or ("" if facts["url"] else matter.title or matter.filename)
        facts["publisher"] = facts["publisher"] or matter.publisher
        facts["published_on"] = facts["published_on"] or matter.published_on
    evidence = sources.cite_source(claim=claim, by=person_of(request), known=known, **facts)
    if matter:
        sources.keep_copy(source=evidence.source, matter=matter, by=person_of(request))
    ring_if_waiting(evidence.source.fetching)


def _known(request: HttpRequest, claim: Claim, chosen: str) -> Source:
    key = int(chosen) if chosen.isdecimal() and len(chosen) <= 18 else 0
    known = Source.objects.visible_to(request.user).filter(pk=key, workspace=claim.workspace_id).first()
    if known is None:
        raise Incomplete(_("This source is not in the registry any more. Search again, or give its address."))
    return known


@never_cache
@require_GET
@login_required
def suggest_sources(request: HttpRequest, pk: int) -> HttpResponse:
    """Documents of the registry that fit what is being typed into the box."""
    claim = board.claim_of(request, pk)
    found = sources_like(claim.workspace, request.GET.get("what", ""))
    return render(request, "sources/_suggestions.html", {"found": found, "claim": claim})


@require_POST
@login_required
def edit_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    evidence, form = evidence_of(request, pk), EvidenceForm(request.POST)

    def step() -> None:
        facts = form.cleaned_or_refuse()
        sources.edit_evidence(
            evidence=evidence, version=number_in(request, "version"), by=person_of(request), **facts
        )

    typed = {"edited_evidence": evidence.pk, "edited_form": form}
    return _act(request, evidence.claim, step, _("Saved."), typed=typed)


@require_POST
@login_required
def set_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: this source is no copy of the others, whatever its text looks like; or it is one after all."""
    evidence = evidence_of(request, pk)

    def step() -> None:
        sources.edit_evidence(
            evidence=evidence,
            version=number_in(request, "version"),
            by=person_of(request),
            is_apart=request.POST.get("is_apart") == "1",
        )

    return _act(request, evidence.claim, step, _("Saved."))


@require_POST
@login_required
def remove_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = evidence_of(request, pk)

    def step() -> None:
        sources.remove_evidence(
            evidence=evidence, version=number_in(request, "version"), by=person_of(request)
        )

    said = _("Taken off: {title}.").format(title=evidence.source.title[:80])
    return _act(request, evidence.claim, step, said, after={"taken_off": evidence})


@require_POST
@login_required
def restore_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = evidence_of(request, pk)

    def step() -> None:
        sources.restore_evidence(
            evidence=evidence, version=number_in(request, "version"), by=person_of(request)
        )

    return _act(request, evidence.claim, step, _("Put back."))


urlpatterns = [
    path("claims/<int:pk>/sources/", cite_source, name="evidence-cite"),
    path("claims/<int:pk>/sources/suggest/", suggest_sources, name="source-suggest"),
    path("evidence/<int:pk>/edit/", edit_evidence, name="evidence-edit"),
    path("evidence/<int:pk>/remove/", remove_evidence, name="evidence-remove"),
    path("evidence/<int:pk>/restore/", restore_evidence, name="evidence-restore"),
    path("evidence/<int:pk>/apart/", set_apart, name="evidence-apart"),
    *beside.urlpatterns,
    *copies.urlpatterns,
    *flags.urlpatterns,
]
