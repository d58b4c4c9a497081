"""Articles on their way in: watched, fetched again, helped in by hand; and many at once from a table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.arrivals.models import Arrival
from annotations.arrivals.permissions import may_edit_arrival, may_fetch, may_import_many
from annotations.arrivals.queries import SHOWN, arrivals_of
from annotations.arrivals.rows import MAX_BYTES
from annotations.arrivals.services import bulk
from annotations.arrivals.services import fetching as arriving
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.tasks import ring, ring_if_waiting
from annotations.web.answers import number_asked, number_in, person_of, refusals_as_pages, refused
from annotations.web.board import sides
from annotations.web.desk import desk_of

PAGE = 20


class ArrivalForm(forms.Form):
    title = forms.CharField(required=False, max_length=500, label=gettext_lazy("Headline"))
    byline = forms.CharField(required=False, max_length=300, label=gettext_lazy("Byline"))
    outlet = forms.CharField(required=False, max_length=200, label=gettext_lazy("Outlet"))
    published_on = forms.DateField(
        required=False,
        label=gettext_lazy("Published on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.CharField(
        required=False,
        max_length=12,
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("A code such as en, fr or pt-BR."),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Text of the article"),
        help_text=gettext_lazy("With its text it is an article. Without, what is known about it is kept."),
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )


def _one(request: HttpRequest, pk: int) -> Arrival:
    rows = Arrival.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("workspace", "fetching", "feed", "added_by"), pk=pk)


@never_cache
@require_GET
@login_required
def show_arrivals(request: HttpRequest) -> HttpResponse:
    """All that is on its way into the desk; with `part` the list alone: all of the page, or the top as in the queue."""
    desk = desk_of(request)
    if desk is None:
        return render(request, "queue/no_desk.html", {"nav": "queue"})
    rows, before = arrivals_of(desk), number_asked(request, "before")
    if before:
        rows = rows.filter(pk__lt=before)
    part = request.GET.get("part", "")
    found = list(rows[: (SHOWN if part == "top" else PAGE) + 1])
    context = {
        "arrivals": found,
        "may_add": may_fetch(person_of(request), desk),
        "workspace": desk,
        "nav": "queue",
    }
    if part == "top":
        return render(request, "arrivals/_on_the_way.html", context)
    context |= {
        "arrivals": found[:PAGE],
        "next": found[PAGE - 1].pk if len(found) > PAGE else "",
        "is_whole": True,
    }
    return render(request, "arrivals/_on_the_way.html" if part else "arrivals/page.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def show_arrival(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known about it, to be corrected; with its text it becomes an article."""
    arrival = _one(request, pk)
    facts = {name: getattr(arrival, name) for name in arriving.FACTS}
    form = ArrivalForm(request.POST or None, initial=facts)
    may_edit = may_edit_arrival(person_of(request), arrival)
    context: dict[str, Any] = {"arrival": arrival, "form": form, "may_edit": may_edit, "nav": "queue"}
    context |= {"version": arrival.version, "workspace": arrival.workspace}
    if request.method == "GET":
        return render(request, "arrivals/one.html", context)
    if not form.is_valid():
        return render(request, "arrivals/one.html", context, status=422)
    try:
        imported = arriving.edit_arrival(
            arrival=arrival, version=number_in(request, "version"), by=person_of(request), **form.cleaned_data
        )
    except Refusal as refusal:
        return _refused(request, refusal, context)
    if imported is None:
        messages.success(request, _("Saved."))
        return redirect("arrival", pk)
    ring_if_waiting(imported.version.extraction)
    messages.success(request, _("The article is here."))
    return redirect("workbench", imported.article.pk)


def _refused(request: HttpRequest, refusal: Refusal, context: dict[str, Any]) -> HttpResponse:
    if isinstance(refusal, Stale):
        context |= {"sides": sides(refusal), "version": refusal.version}
    return refused(request, refusal, "arrivals/one.html", context)


@never_cache
@require_GET
@login_required
def show_arrival_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far fetching is. When it is here, the browser is asked to load the page that says so."""
    arrival = _one(request, pk)
    context = {"arrival": arrival, "may_edit": may_edit_arrival(person_of(request), arrival)}
    answer = render(request, "arrivals/_state.html", context)
    if arrival.article_id:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@login_required
@refusals_as_pages
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    arrival = arriving.retry_arrival(arrival=_one(request, pk), by=person_of(request))
    arrival.fetching.refresh_from_db()
    ring_if_waiting(arrival.fetching)
    messages.success(request, _("It is being fetched again."))
    return redirect("arrival", pk)


@require_POST
@login_required
@refusals_as_pages
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    arriving.set_aside(
        arrival=_one(request, pk), version=number_in(request, "version"), by=person_of(request)
    )
    messages.success(request, _("Set aside."))
    return redirect("queue")


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def import_table(request: HttpRequest) -> HttpResponse:
    """Many articles from a CSV table or JSON lines: tried without keeping anything first, if one likes."""
    desk = desk_of(request)
    if desk is None:
        return render(request, "queue/no_desk.html", {"nav": "queue"})
    may_import = may_import_many(person_of(request), desk)
    context = {"workspace": desk, "nav": "queue", "may_import": may_import, "max_mb": MAX_BYTES // 2**20}
    if request.method == "GET":
        return render(request, "articles/import.html", context)
    try:
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > MAX_BYTES:
            raise Incomplete(_("Choose a file of at most {size} MB.").format(size=MAX_BYTES // 2**20))
        is_dry_run = "keep" not in request.POST
        outcome = bulk.import_articles(
            workspace=desk,
            data=file.read(),
            filename=file.name or "",
            is_dry_run=is_dry_run,
            by=person_of(request),
        )
    except Refusal as refusal:
        return refused(request, refusal, "articles/import.html", context)
    for job in outcome.jobs:
        ring(job)
    return render(request, "articles/import.html", context | {"outcome": outcome})


urlpatterns = [
    path("articles/arriving/", show_arrivals, name="arrivals"),
    path("articles/arriving/<int:pk>/", show_arrival, name="arrival"),
    path("articles/arriving/<int:pk>/state/", show_arrival_state, name="arrival-state"),
    path("articles/arriving/<int:pk>/retry/", retry, name="arrival-retry"),
    path("articles/arriving/<int:pk>/aside/", set_aside, name="arrival-set-aside"),
    path("articles/import/", import_table, name="articles-import"),
]
