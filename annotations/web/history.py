"""Everything that happened to a claim, page by page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_GET

from annotations.claims.models import Claim
from annotations.screens.activity import history_page
from annotations.web.answers import number_asked, person_of


@require_GET
@login_required
def show_history(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of the claim's history, newest first; `?before=` asks for older steps."""
    rows = Claim.objects.visible_to(request.user).select_related("article__workspace", "workspace")
    claim = get_object_or_404(rows, pk=pk)
    steps, more = history_page(claim, person_of(request), before=number_asked(request, "before"))
    found = {"claim": claim, "steps": steps, "more": more, "workspace": claim.article.workspace}
    return render(request, "workbench/history.html", found)


urlpatterns = [path("claims/<int:pk>/history/", show_history, name="claim-history")]
