"""Checked claims: everything that the desk has published, filtered, and taken along exactly as filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from annotations.desks.queries import scales_of
from annotations.people.models import Workspace
from annotations.reports.formats import csv, json
from annotations.reports.queries import Selection, entries, page_of, published
from annotations.reports.services import record_export
from annotations.web.answers import person_of, refusals_as_pages
from annotations.web.desk import desk_of
from annotations.web.reports import attachment

PAGE = 30


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class FilterForm(forms.Form):
    q = forms.CharField(required=False, max_length=200, label=lazily("Words"))
    rating = forms.ChoiceField(required=False, label=lazily("Rating"))
    claimant = forms.CharField(required=False, max_length=200, label=lazily("Claimant"))
    outlet = forms.CharField(required=False, max_length=200, label=lazily("Outlet"))
    since = forms.DateField(required=False, label=lazily("Since"), widget=_day_input())
    until = forms.DateField(required=False, label=lazily("Until"), widget=_day_input())
    article = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any, desk: Workspace | None) -> None:
        super().__init__(data)
        looks = scales_of(desk.pk).looks.values() if desk else ()
        field = self.fields["rating"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Any rating")), *((one.code, one.label) for one in looks)]


@never_cache
@require_GET
@login_required
def list_checked(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    form = FilterForm(request.GET, desk)
    if desk is None or not form.is_valid():
        context: dict[str, Any] = {
            "form": form,
            "workspace": desk,
            "nav": "claims",
            "claims": [],
            "is_wrong": desk is not None,
        }
        return render(request, "checked/page.html", context, status=422 if desk else 200)
    selection = Selection(**form.cleaned_data)
    rows, after = page_of(published(desk, selection), after=request.GET.get("after", ""), size=PAGE)
    filters = request.GET.copy()
    filters.pop("after", None)
    context = {
        "form": form,
        "workspace": desk,
        "nav": "claims",
        "claims": rows,
        "next": after,
        "query": filters.urlencode(),
        "is_filtered": bool(selection.as_values()),
    }
    return render(request, "checked/page.html", context)


@never_cache
@require_GET
@login_required
@refusals_as_pages
def download_checked(request: HttpRequest, format: str) -> HttpResponseBase:
    """Every claim that fits the filter on screen, however many there are."""
    desk = desk_of(request)
    form = FilterForm(request.GET, desk)
    if desk is None or not form.is_valid():
        raise Http404("There is nothing to download for this filter.")
    selection = Selection(**form.cleaned_data)
    record_export(workspace=desk, format=format, selection=selection, by=person_of(request))
    found = entries(published(desk, selection))
    about = {
        "workspace": desk.name,
        "selection": selection.as_values(),
        "taken_at": timezone.now().isoformat(timespec="seconds"),
    }
    body = csv.write(found) if format == "csv" else json.write(found, about)
    return attachment(body, format, "checked-claims")


urlpatterns = [
    path("checked/", list_checked, name="checked-claims"),
    path("checked/claims.csv", download_checked, {"format": "csv"}, name="checked-claims-csv"),
    path("checked/claims.json", download_checked, {"format": "json"}, name="checked-claims-json"),
]
