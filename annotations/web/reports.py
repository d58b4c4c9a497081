"""Reports to read and to take along: an article's, in each of its versions, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from annotations.articles.models import Article
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.people.permissions import has_role
from annotations.people.roles import Role
from annotations.reports import content
from annotations.reports.formats import csv, json
from annotations.reports.models import Report
from annotations.reports.queries import Selection, latest_report, report_version
from annotations.reports.services import record_export
from annotations.web.answers import number_asked, person_of, refusals_as_pages
from annotations.web.desk import desk_of

PAGE = 30


@never_cache
@require_GET
@login_required
def list_reports(request: HttpRequest) -> HttpResponse:
    """The newest report of each article, newest first; `?before=` is the key of the last one seen."""
    desk = desk_of(request)
    newest = Report.objects.filter(workspace=desk).order_by("article_id", "-number").distinct("article_id")
    rows = (
        Report.objects.filter(pk__in=newest.values("pk"))
        .defer("content")
        .select_related("article", "issued_by")
    )
    before = number_asked(request, "before")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    context = {
        "reports": found[:PAGE],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
        "workspace": desk,
        "nav": "reports",
    }
    return render(request, "reports/list.html", context)


@never_cache
@require_GET
@login_required
def show_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The article's report: the newest, or the one of `?version=`. Without any, what is still missing for one."""
    article = _article(request, pk)
    request.desk = article.workspace  # type: ignore[attr-defined]
    waiting: list[Claim] = []
    if has_role(person_of(request), Role.EDITOR, within=article.workspace_id):
        approved = Claim.objects.filter(article=article, status=Status.APPROVED.value)
        waiting = list(approved.in_order().only("pk", "version", "statement"))
    context: dict[str, Any] = {
        "article": article,
        "workspace": article.workspace,
        "nav": "reports",
        "waiting": waiting,
    }
    report = _asked_for(request, article)
    if report is None:
        return render(request, "reports/none.html", context)
    versions = Report.objects.filter(article=article).defer("content").order_by("-number")[:50]
    context |= {"report": report, "content": content.from_values(report.content), "versions": versions}
    return render(request, "reports/page.html", context)


@never_cache
@require_GET
@login_required
@refusals_as_pages
def download_report(request: HttpRequest, pk: int, format: str) -> HttpResponseBase:
    """The same words as the page, as CSV or JSON; `?version=` for an older one."""
    article = _article(request, pk)
    report = _asked_for(request, article)
    if report is None:
        raise Http404("There is no report on this article yet.")
    selection = Selection(article=article.pk)
    record_export(workspace=article.workspace, format=format, selection=selection, by=person_of(request))
    said = content.from_values(report.content)
    about = {name: value for name, value in report.content.items() if name != "claims"}
    about |= {"report": report.number, "sha256": report.sha256, "issued_at": report.created_at.isoformat()}
    body = csv.write(said.claims) if format == "csv" else json.write(said.claims, about)
    return attachment(body, format, f"verdict-report-{article.pk}-v{report.number}")


def attachment(body: Iterator[bytes], format: str, name: str) -> StreamingHttpResponse:
    kind = {"csv": "text/csv; charset=utf-8", "json": "application/json"}[format]
    answer = StreamingHttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{format}")
    return answer


def _asked_for(request: HttpRequest, article: Article) -> Report | None:
    """The version that the address names, else the newest. A wrong number is never answered with another version."""
    if "version" not in request.GET:
        return latest_report(article)
    report = report_version(article, number_asked(request, "version") or 0)
    if report is None:
        raise Http404("There is no such version of this report.")
    return report


def _article(request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(Article.objects.visible_to(request.user).select_related("workspace"), pk=pk)


urlpatterns = [
    path("reports/", list_reports, name="reports"),
    path("reports/articles/<int:pk>/", show_report, name="article-report"),
    path(
        "reports/articles/<int:pk>/report.csv", download_report, {"format": "csv"}, name="article-report-csv"
    ),
    path(
        "reports/articles/<int:pk>/report.json",
        download_report,
        {"format": "json"},
        name="article-report-json",
    ),
]
