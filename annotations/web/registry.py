"""Sources: the registry of a desk, and a source's page with its reliability, its copies and the claims that cite it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.refusals import Refusal, Stale
from annotations.screens.paging import NEWEST, page
from annotations.sources import services as sources
from annotations.sources.models import Reliability, Source
from annotations.sources.permissions import may_edit_source
from annotations.sources.queries import copies_of, evidence_citing, reliabilities_of, sources_in
from annotations.web import board
from annotations.web.answers import number_in, person_of, refused
from annotations.web.desk import desk_of
from annotations.web.evidence_forms import RegistryForm

PAGE = 30
SHOWN = 20


@never_cache
@require_GET
@login_required
def list_sources(request: HttpRequest) -> HttpResponse:
    """The registry, newest first, by words, type and reliability."""
    desk, asked = desk_of(request), request.GET
    filters = {name: asked.get(name, "") for name in ("q", "type", "reliability")}
    found: dict[str, Any] = {"workspace": desk, "nav": "sources", "asked": filters, "sources": []}
    if desk:
        kind = filters["type"] if filters["type"] in Source.Type.values else ""
        level = filters["reliability"] if filters["reliability"] in (*Reliability.values, "NONE") else ""
        rows = sources_in(desk, words=filters["q"], type=kind, reliability=level)
        found["sources"], found["next"] = page(rows, NEWEST, asked.get("after", ""), PAGE)
    kept = asked.copy()
    kept.pop("after", None)
    found |= {"query": kept.urlencode(), "is_filtered": any(filters.values())}
    found |= {"types": Source.Type.choices, "levels": Reliability.choices}
    return render(request, "sources/registry.html", found)


def _source_of(request: HttpRequest, pk: int) -> Source:
    rows = Source.objects.visible_to(request.user).select_related("workspace", "added_by")
    return get_object_or_404(rows, pk=pk)


@never_cache
@require_GET
@login_required
def show_source(request: HttpRequest, pk: int) -> HttpResponse:
    source = _source_of(request, pk)
    return render(request, "sources/source.html", _about(request, source))


def _about(request: HttpRequest, source: Source) -> dict[str, Any]:
    """What a source's page shows: three lists, each a page at a time."""
    asked = request.GET
    cited, more_cited = page(evidence_citing(source), NEWEST, asked.get("cited", ""), SHOWN)
    copies, more_copies = page(copies_of(source), NEWEST, asked.get("copies", ""), SHOWN)
    ratings, more_ratings = page(reliabilities_of(source), NEWEST, asked.get("ratings", ""), SHOWN)
    request.desk = source.workspace  # type: ignore[attr-defined]
    return {
        "source": source,
        "workspace": source.workspace,
        "nav": "sources",
        "form": RegistryForm.of(source),
        "may_edit": may_edit_source(person_of(request), source),
        "types": Source.Type.choices,
        "levels": Reliability.choices,
        "cited": cited,
        "more_cited": more_cited,
        "copies": copies,
        "more_copies": more_copies,
        "ratings": ratings,
        "more_ratings": more_ratings,
    }


def _refused(request: HttpRequest, source: Source, refusal: Refusal, typed: dict[str, Any]) -> HttpResponse:
    """The page again with the reason on top and what was typed in its place; a stale save shows both texts."""
    source.refresh_from_db()
    sides = board.sides(refusal) if isinstance(refusal, Stale) else None
    return refused(
        request, refusal, "sources/source.html", _about(request, source) | {"sides": sides} | typed
    )


@require_POST
@login_required
def edit_source(request: HttpRequest, pk: int) -> HttpResponse:
    source, form = _source_of(request, pk), RegistryForm(request.POST)
    try:
        facts = form.cleaned_or_refuse()
        version = number_in(request, "version")
        sources.edit_source(source=source, version=version, by=person_of(request), **facts)
    except Refusal as refusal:
        return _refused(request, source, refusal, {"form": form, "is_editing": True})
    messages.success(request, _("Saved."))
    return redirect("source", source.pk)


@require_POST
@login_required
def rate_source(request: HttpRequest, pk: int) -> HttpResponse:
    source = _source_of(request, pk)
    level, reason = request.POST.get("level", ""), request.POST.get("reason", "")
    try:
        version = number_in(request, "version")
        sources.rate_source(source=source, version=version, level=level, reason=reason, by=person_of(request))
    except Refusal as refusal:
        return _refused(request, source, refusal, {"typed_level": level, "typed_reason": reason})
    messages.success(request, _("Rated."))
    return redirect("source", source.pk)


urlpatterns = [
    path("sources/", list_sources, name="sources"),
    path("sources/<int:pk>/", show_source, name="source"),
    path("sources/<int:pk>/edit/", edit_source, name="source-edit"),
    path("sources/<int:pk>/reliability/", rate_source, name="source-rate"),
]
