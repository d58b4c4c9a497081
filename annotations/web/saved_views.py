"""Saved views: kept, shared, renamed, removed and put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.refusals import Refusal, Stale
from annotations.saved_views.models import SavedView
from annotations.saved_views.permissions import may_change_view
from annotations.saved_views.queries import views_of
from annotations.saved_views.services import (
    change_view,
    remove_view,
    restore_view,
    save_view,
    set_default_view,
)
from annotations.tongue import noop
from annotations.web.answers import number_in, person_of, refusals_as_pages, refused
from annotations.web.board import sides
from annotations.web.desk import desk_of

PAGES = {
    "QUEUE": ("queue", noop("Queue")),
    "CLAIMS": ("queue-claims", noop("Claims")),
    "SEARCH": ("search", noop("Search")),
}


@never_cache
@require_GET
@login_required
def list_views(request: HttpRequest) -> HttpResponse:
    return render(request, "queue/views.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    desk, person = desk_of(request), person_of(request)
    groups = []
    for code, (name, label) in PAGES.items() if desk else ():
        rows = views_of(desk, person, code)  # type: ignore[arg-type]
        groups.append(
            (label, reverse(name), [(row, may_change_view(person, row), row.is_of(person)) for row in rows])
        )
    return {"groups": groups, "workspace": desk, "nav": "queue", "removed": _removed(request)}


def _removed(request: HttpRequest) -> SavedView | None:
    """The one that was removed just now, for its undo."""
    key = request.GET.get("removed", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return SavedView.objects.visible_to(request.user).filter(pk=int(key)).exclude(removed_at=None).first()


@require_POST
@login_required
@refusals_as_pages
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter in view under a name, and show it."""
    desk = desk_of(request)
    page = request.POST.get("page", "")
    if desk is None or page not in PAGES:
        return redirect("queue")
    given = request.POST
    view = save_view(
        workspace=desk,
        page=page,
        name=given.get("name", ""),
        query=given.get("query", "") or "show=all",
        is_shared=bool(given.get("is_shared")),
        by=person_of(request),
    )
    messages.success(request, _("Saved the view “{name}”.").format(name=view.name))
    return redirect(f"{reverse(PAGES[page][0])}?{view.query}")


def _step(request: HttpRequest, pk: int, verb: Callable[[SavedView, int], object], said: str) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    try:
        verb(view, number_in(request, "version"))
    except Refusal as refusal:
        context = _context(request)
        if isinstance(refusal, Stale):
            context["sides"] = sides(refusal)
        return refused(request, refusal, "queue/views.html", context)
    messages.success(request, said)
    gone = f"?removed={view.pk}" if view.removed_at else ""
    return redirect(f"{reverse('views')}{gone}")


@require_POST
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, and whether the desk sees it."""
    facts = {"name": request.POST.get("name", ""), "is_shared": bool(request.POST.get("is_shared"))}
    return _step(
        request,
        pk,
        lambda view, version: change_view(view=view, version=version, by=person_of(request), **facts),
        _("Saved."),
    )


@require_POST
@login_required
def make_default(request: HttpRequest, pk: int) -> HttpResponse:
    on = request.POST.get("is_default") == "1"
    return _step(
        request,
        pk,
        lambda view, version: set_default_view(
            view=view, version=version, is_default=on, by=person_of(request)
        ),
        _("The page opens with this view now.") if on else _("The page opens with everything now."),
    )


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        lambda view, version: remove_view(view=view, version=version, by=person_of(request)),
        _("Removed."),
    )


@require_POST
@login_required
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        lambda view, version: restore_view(view=view, version=version, by=person_of(request)),
        _("It is back."),
    )


urlpatterns = [
    path("views/", list_views, name="views"),
    path("views/save/", save, name="view-save"),
    path("views/<int:pk>/change/", change, name="view-change"),
    path("views/<int:pk>/default/", make_default, name="view-default"),
    path("views/<int:pk>/remove/", remove, name="view-remove"),
    path("views/<int:pk>/restore/", restore, name="view-restore"),
]
