"""Outcomes on the Insights page: the stretch of time is in the address, and each number leads to its claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from annotations.reports.formats import csv
from annotations.reports.queries import Selection
from annotations.reports.services import record_export
from annotations.screens.outcome_rows import AGES, FIGURES, Behind, Span, rows_behind
from annotations.screens.outcomes import figure_rows, outcomes
from annotations.web.answers import number_asked, person_of, refusals_as_pages
from annotations.web.desks import desk_or_404
from annotations.web.downloads import attached


class SpanForm(forms.Form):
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)

    def span(self) -> Span | None:
        """The stretch of time; None when a day cannot be read."""
        return Span(self.cleaned_data["since"], self.cleaned_data["until"]) if self.is_valid() else None


class BehindForm(SpanForm):
    figure = forms.ChoiceField(choices=lambda: list(FIGURES.items()))
    key = forms.CharField(required=False, max_length=24)
    age = forms.ChoiceField(
        required=False,
        choices=lambda: [("", ""), *((code, _(label)) for code, (label, *_days) in AGES.items())],
    )


@never_cache
@require_GET
@login_required
@refusals_as_pages
def list_claims_behind(request: HttpRequest) -> HttpResponse:
    """The claims behind a number; the address says which."""
    desk, form = desk_or_404(request), BehindForm(request.GET)
    context: dict[str, Any] = {"workspace": desk, "nav": "insights"}
    span = form.span()
    if span is None:
        return render(request, "insights/claims.html", context | {"is_wrong": True}, status=422)
    chosen = {name: form.cleaned_data[name] for name in ("figure", "key", "age")}
    rows, after = rows_behind(
        desk=desk,
        person=person_of(request),
        behind=Behind(span=span, **chosen),
        before=number_asked(request, "before"),
    )
    kept = request.GET.copy()
    kept.pop("before", None)
    context |= {"rows": rows, "next": after, "query": kept.urlencode(), "title": FIGURES[chosen["figure"]]}
    return render(request, "insights/claims.html", context)


@never_cache
@require_GET
@login_required
@refusals_as_pages
def download_figure(request: HttpRequest, figure: str) -> HttpResponseBase:
    """One figure as a table, for the same stretch of time."""
    desk, form = desk_or_404(request), SpanForm(request.GET)
    span = form.span() or Span()
    header, *rows = figure_rows(outcomes(desk=desk, person=person_of(request), span=span), figure)
    selection = Selection(since=span.since, until=span.until)
    record_export(workspace=desk, format="insights", selection=selection, by=person_of(request))
    return attached(csv.table([str(cell) for cell in header], rows), "text/csv", f"{figure}.csv")


urlpatterns = [
    path("insights/claims/", list_claims_behind, name="insights-claims"),
    *(
        path(f"insights/{figure}.csv", download_figure, {"figure": figure}, name=f"insights-{figure}-csv")
        for figure in FIGURES
    ),
]
