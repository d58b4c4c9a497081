"""Earlier checks of a desk: outside checks with their import, repeats among our own claims, and contradictions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from annotations.people.models import Workspace
from annotations.precedents.incoming.rows import MAX_BYTES
from annotations.precedents.permissions import may_import_checks
from annotations.precedents.queries import checks_visible_to, own_pairs
from annotations.precedents.services.importing import Outcome, import_checks
from annotations.refusals import Incomplete, Refusal
from annotations.screens.precedents import own_pairs_page
from annotations.tasks import ring_comparing
from annotations.tongue import noop
from annotations.web.answers import STATUS, number_asked, person_of
from annotations.web.desk import desk_of

PAGE = 30
TABS = (
    ("precedents", noop("Outside checks")),
    ("precedents-import", noop("Import")),
    ("precedents-repeats", noop("Repeats")),
    ("precedents-contradictions", noop("Contradictions")),
)


@never_cache
@require_GET
@login_required
def list_checks(request: HttpRequest) -> HttpResponse:
    """Newest first; `?q=` are words of claim, title or publisher, `?before=` the key of the last one seen."""
    desk, words = desk_of(request), request.GET.get("q", "").replace("\x00", "")[:200].strip()
    rows = checks_visible_to(person_of(request), words=words).filter(workspace=desk)
    if before := number_asked(request, "before"):
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more = found[PAGE - 1].pk if len(found) > PAGE else None
    return _show(request, desk, "precedents", checks=found[:PAGE], next=more, q=words)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def import_file(request: HttpRequest) -> HttpResponse:
    """A file is tried first and then imported; `keep` is the button that imports."""
    desk = desk_of(request)
    here: dict[str, Any] = {"publisher": request.POST.get("publisher", "")}
    if request.method == "GET" or desk is None:
        return _show(request, desk, "precedents-import", **here)
    try:
        outcome = _take_in(request, desk)
    except Refusal as refusal:
        problems = getattr(refusal, "problems", {})
        status = STATUS[type(refusal)]
        return _show(
            request, desk, "precedents-import", status=status, refusal=refusal, problems=problems, **here
        )
    if outcome.is_dry_run or outcome.refused:
        return _show(request, desk, "precedents-import", outcome=outcome, **here)
    messages.success(
        request,
        _("Imported: {added} new, {changed} changed, {same} as before.").format(
            added=outcome.added, changed=outcome.changed, same=outcome.same
        ),
    )
    return redirect("precedents")


def _take_in(request: HttpRequest, desk: Workspace) -> Outcome:
    file = request.FILES.get("file")
    if file is None:
        raise Incomplete(_("Choose a file first."))
    if (file.size or 0) > MAX_BYTES:
        raise Incomplete(
            _("A file of at most {megabytes} MB can be read.").format(megabytes=MAX_BYTES // 2**20)
        )
    outcome = import_checks(
        workspace=desk,
        data=file.read(),
        filename=file.name or "",
        publisher=request.POST.get("publisher", ""),
        is_dry_run="keep" not in request.POST,
        by=person_of(request),
    )
    if not outcome.is_dry_run:
        ring_comparing(desk.pk)
    return outcome


@never_cache
@require_GET
@login_required
def list_repeats(request: HttpRequest) -> HttpResponse:
    return _pairs(request, "precedents-repeats", contradicting=False)


@never_cache
@require_GET
@login_required
def list_contradictions(request: HttpRequest) -> HttpResponse:
    return _pairs(request, "precedents-contradictions", contradicting=True)


def _pairs(request: HttpRequest, tab: str, *, contradicting: bool) -> HttpResponse:
    desk = desk_of(request)
    rows = own_pairs(desk, contradicting=contradicting)
    if before := number_asked(request, "before"):
        rows = rows.filter(pk__lt=before)
    pairs, more = own_pairs_page(rows, size=PAGE)
    return _show(request, desk, tab, pairs=pairs, next=more, contradicting=contradicting)


def _show(
    request: HttpRequest, desk: Workspace | None, tab: str, *, status: int = 200, **found: Any
) -> HttpResponse:
    template = {"precedents": "checks", "precedents-import": "import"}.get(tab, "pairs")
    context: dict[str, Any] = {
        "workspace": desk,
        "nav": "precedents",
        "tab": tab,
        "tabs": [(code, _(label)) for code, label in TABS],
    }
    if desk is not None:
        context["may_import"] = may_import_checks(person_of(request), desk)
    return render(request, f"precedents/{template}.html", context | found, status=status)


urlpatterns = [
    path("precedents/", list_checks, name="precedents"),
    path("precedents/import/", import_file, name="precedents-import"),
    path("precedents/repeats/", list_repeats, name="precedents-repeats"),
    path("precedents/contradictions/", list_contradictions, name="precedents-contradictions"),
]
