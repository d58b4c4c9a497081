"""Search: everything in work and everything checked."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from annotations.saved_views.models import SavedView
from annotations.saved_views.queries import default_query
from annotations.screens.filters import people_of, read_filter
from annotations.screens.search import search
from annotations.web.answers import person_of
from annotations.web.desk import desk_of


@never_cache
@require_GET
@login_required
def show_search(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    if desk is None:
        return render(request, "queue/no_desk.html", {"nav": "search"})
    if not request.GET and (query := default_query(desk, person_of(request), SavedView.Page.SEARCH)):
        return redirect(f"{request.path}?{query}")
    people = people_of(desk)
    asked = read_filter(request.GET.dict(), people)
    after = request.GET.get("after", "")
    found = search(desk=desk, person=person_of(request), asked=asked, after=after, people=people)
    context = {"found": found, "workspace": desk, "nav": "search", "page_code": "SEARCH"}
    return render(request, "search/page.html", context)


urlpatterns = [path("search/", show_search, name="search")]
