"""Insights for editors: how well proposals fit what people decided; the rows behind each number; files of both."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from annotations.claims.lifecycle import CHOOSABLE_REASONS
from annotations.claims.models import Claim
from annotations.claims.services.learning import export_labels
from annotations.reports.formats import csv
from annotations.reports.queries import Selection
from annotations.reports.services import record_export
from annotations.screens.insights import GROUPS, KINDS, Filters, Row, all_rows, decisions, insights
from annotations.screens.outcome_rows import Span
from annotations.screens.outcomes import outcomes
from annotations.web.answers import number_asked, person_of, refusals_as_pages
from annotations.web.desks import desk_or_404
from annotations.web.downloads import attached
from annotations.web.outcomes import SpanForm

_COLUMNS = (
    *("group", "value", "proposals_decided", "right", "wrong", "edited", "precision", "added_by_people"),
    *("recall", "sample_decided", "sample_found", "estimated_missed", "recall_by_sample"),
)


class DecisionForm(forms.Form):
    extractor = forms.CharField(required=False, max_length=40)
    outlet = forms.CharField(required=False, max_length=200, strip=False)
    type = forms.ChoiceField(required=False, choices=[("", ""), *Claim.Type.choices])
    month = forms.RegexField(required=False, regex=r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])$")
    reason = forms.ChoiceField(
        required=False, choices=lambda: [("", ""), *((r.value, r.label) for r in CHOOSABLE_REASONS)]
    )
    kind = forms.ChoiceField(
        required=False,
        choices=lambda: [("", ""), *((code, _(label)) for code, (label, _rows) in KINDS.items())],
    )


@never_cache
@require_GET
@login_required
@refusals_as_pages
def show_insights(request: HttpRequest) -> HttpResponse:
    """Outcomes of the days that the address names (all, when it names none), then how well proposals fitted."""
    desk, form = desk_or_404(request), SpanForm(request.GET)
    span = form.span()
    found = outcomes(desk=desk, person=person_of(request), span=span or Span())
    page = insights(desk=desk, person=person_of(request))
    context = {"insights": page, "outcomes": found, "workspace": desk, "nav": "insights", "span_form": form}
    days = {name: request.GET[name] for name in ("since", "until") if span and request.GET.get(name)}
    context |= {"is_wrong": span is None, "days": urlencode(days)}
    return render(request, "insights/page.html", context, status=200 if span else 422)


@never_cache
@require_GET
@login_required
@refusals_as_pages
def list_decisions(request: HttpRequest) -> HttpResponse:
    """The decisions behind a number; the address says which."""
    desk, form = desk_or_404(request), DecisionForm(request.GET)
    context: dict[str, Any] = {"workspace": desk, "nav": "insights", "said": _said(form)}
    if not form.is_valid():
        return render(request, "insights/rows.html", context | {"is_wrong": True}, status=422)
    chosen = form.cleaned_data | {"outlet": form.cleaned_data["outlet"] if "outlet" in request.GET else None}
    rows, after = decisions(
        desk=desk,
        person=person_of(request),
        filters=Filters(**chosen),
        before=number_asked(request, "before"),
    )
    kept = request.GET.copy()
    kept.pop("before", None)
    return render(
        request, "insights/rows.html", context | {"rows": rows, "next": after, "query": kept.urlencode()}
    )


@never_cache
@require_GET
@login_required
@refusals_as_pages
def download_figures(request: HttpRequest) -> HttpResponseBase:
    """Every row of every table, without a limit."""
    desk = desk_or_404(request)
    found = all_rows(desk=desk, person=person_of(request))
    record_export(workspace=desk, format="insights", selection=Selection(), by=person_of(request))
    return attached(csv.table(_COLUMNS, (_cells(*one) for one in found)), "text/csv", "insights.csv")


@never_cache
@require_GET
@login_required
@refusals_as_pages
def download_labels(request: HttpRequest) -> HttpResponseBase:
    """Every decided sentence, one JSON object a line, as `manage.py export_labels` gives it."""
    desk = desk_or_404(request)
    rows = export_labels(workspace=desk, by=person_of(request))
    record_export(workspace=desk, format="labels", selection=Selection(), by=person_of(request))
    lines = (f"{json.dumps(row, ensure_ascii=False)}\n".encode() for row in rows)
    return attached(lines, "application/jsonl", f"{desk.slug}-labels.jsonl")


def _said(form: DecisionForm) -> list[tuple[str, str]]:
    """The filter in words: what each set field is called, and what it was set to."""
    titles = {**GROUPS, "kind": _("Shown"), "reason": _("Reason")}
    choices = {name: dict(getattr(field, "choices", ())) for name, field in form.fields.items()}
    given = [(name, str(form.data[name])) for name in ("kind", *GROUPS, "reason") if name in form.data]
    return [(titles[name], choices[name].get(value) or value or _("none given")) for name, value in given]


def _cells(group: str, row: Row) -> list[object]:
    shares = [_rounded(share) for share in (row.precision, row.recall, row.sample_recall)]
    return [
        *(group, row.label, row.decided, row.right, row.wrong, row.edited, shares[0], row.added, shares[1]),
        *(row.sampled, row.sample_missed, round(row.passed_over, 1), shares[2]),
    ]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


urlpatterns = [
    path("insights/", show_insights, name="insights"),
    path("insights/decisions/", list_decisions, name="insights-rows"),
    path("insights/figures.csv", download_figures, name="insights-csv"),
    path("insights/labels.jsonl", download_labels, name="labels-jsonl"),
]
