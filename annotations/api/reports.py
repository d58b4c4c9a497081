"""Reports: published, listed, read, and taken along. Drafts cannot be read from here: only what was frozen is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from annotations.api.claims import visible
from annotations.api.describing import operation
from annotations.api.fields import (
    Asked,
    AskedKey,
    Code,
    Key,
    Listing,
    Versioned,
    Whole,
    Words,
    read,
    read_query,
)
from annotations.api.published_shapes import PublicationShape, ReportDetailShape, ReportShape
from annotations.api.resource import AnyAccept, PersonRequest, Resource, page_of
from annotations.articles.models import Article
from annotations.people.models import Workspace
from annotations.people.queries import workspaces_of
from annotations.refusals import Incomplete
from annotations.reports import content
from annotations.reports.formats import csv, json
from annotations.reports.models import Report
from annotations.reports.queries import Selection, entries, latest_report, published
from annotations.reports.services import MOST, publish_claims, record_export

_TAG = "reports"
_TYPES = {"csv": "text/csv", "json": "application/json"}


class PublishClaim(Resource):
    @operation(
        "claims_publish", tag=_TAG, asks=Versioned, answers=ReportDetailShape, status=201, refused=(409, 422)
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Publish an approved claim; the article's next report is made with it."""
        asked = read(Versioned, request)
        report = publish_claims(claims=[(visible(request, pk), asked["version"])], by=request.user)
        return self.one(request, report, ReportDetailShape, status=201)


class Reports(Resource):
    class AskedList(Listing):
        workspace = AskedKey(required=False)
        article = AskedKey(required=False)

    class AskedPublish(Asked):
        class AskedClaim(Asked):
            id = Key()
            version = Whole()

        claims = serializers.ListField(child=AskedClaim(), min_length=1, max_length=MOST)

    @operation("reports_list", tag=_TAG, query=AskedList, answers=page_of(ReportShape))
    def get(self, request: PersonRequest) -> Response:
        """Every version of every report of your desks, newest first."""
        asked = read_query(self.AskedList, request)
        rows = Report.objects.visible_to(request.user).defer("content")
        wanted = {f"{name}_id": asked[name] for name in ("workspace", "article") if name in asked}
        return self.paged(request, rows.filter(**wanted), ReportShape)

    @operation(
        "reports_publish",
        tag=_TAG,
        asks=AskedPublish,
        answers=ReportDetailShape,
        status=201,
        refused=(403, 404, 409, 412, 422),
    )
    def post(self, request: PersonRequest) -> Response:
        """Publish approved claims of one article together, each with the version you saw: all of them or none."""
        asked = read(self.AskedPublish, request)["claims"]
        if len({item["id"] for item in asked}) < len(asked):
            raise ValidationError({"claims": ["A claim is named twice."]})
        chosen = [(visible(request, item["id"]), item["version"]) for item in asked]
        report = publish_claims(claims=chosen, by=request.user)
        return self.one(request, report, ReportDetailShape, status=201)


class OneReport(Resource):
    @operation("reports_get", tag=_TAG, answers=ReportDetailShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One version of a report with all it says."""
        return self.one(request, _visible(request, pk), ReportDetailShape)


class LatestReport(Resource):
    @operation("articles_report", tag=_TAG, answers=ReportDetailShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """The newest report of an article."""
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        newest = latest_report(article)
        return self.one(request, _visible(request, newest.pk if newest else 0), ReportDetailShape)


class Filters(Asked):
    """Which published claims: every filter that is set has to fit."""

    workspace = AskedKey(required=False, help_text="May be left out by a member of one desk only.")
    rating = Code(required=False)
    outlet = Words(required=False, max_length=200)
    claimant = Words(required=False, max_length=200)
    q = Words(required=False, max_length=200, help_text="All of these words.")
    article = AskedKey(required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class Publications(Resource):
    class AskedList(Listing, Filters):
        pass

    @operation(
        "publications_list", tag=_TAG, query=AskedList, answers=page_of(PublicationShape), refused=(422,)
    )
    def get(self, request: PersonRequest) -> Response:
        """Published claims of a desk as they are live now, newest first. What was retracted is not among them."""
        asked = read_query(self.AskedList, request)
        desk, selection = _selected(request, asked)
        return self.paged(request, published(desk, selection), PublicationShape)


class PublicationsFile(Resource):
    content_negotiation_class = AnyAccept
    kind = ""

    def get(self, request: PersonRequest) -> HttpResponseBase:
        desk, selection = _selected(request, read_query(Filters, request))
        record_export(workspace=desk, format=self.kind, selection=selection, by=request.user)
        about = {
            "workspace": desk.name,
            "selection": selection.as_values(),
            "taken_at": timezone.now().isoformat(timespec="seconds"),
        }
        return _file(self.kind, entries(published(desk, selection)), about, "checked-claims")


class PublicationsCSV(PublicationsFile):
    kind = "csv"

    @operation("publications_csv", tag=_TAG, query=Filters, file_type=_TYPES["csv"], refused=(422,))
    def get(self, request: PersonRequest) -> HttpResponseBase:
        """Every published claim that fits, as a spreadsheet reads it. No row limit."""
        return super().get(request)


class PublicationsJSON(PublicationsFile):
    kind = "json"

    @operation("publications_json", tag=_TAG, query=Filters, file_type=_TYPES["json"], refused=(422,))
    def get(self, request: PersonRequest) -> HttpResponseBase:
        """Every published claim that fits, in one document. No row limit."""
        return super().get(request)


class ReportFile(Resource):
    content_negotiation_class = AnyAccept
    kind = ""

    def get(self, request: PersonRequest, pk: int) -> HttpResponseBase:
        report = _visible(request, pk)
        selection = Selection(article=report.article_id)
        record_export(workspace=report.workspace, format=self.kind, selection=selection, by=request.user)
        about = {name: value for name, value in report.content.items() if name != "claims"}
        about |= {
            "report": report.number,
            "sha256": report.sha256,
            "issued_at": report.created_at.isoformat(),
        }
        claims = content.from_values(report.content).claims
        return _file(self.kind, claims, about, f"verdict-report-{report.article_id}-v{report.number}")


class ReportCSV(ReportFile):
    kind = "csv"

    @operation("reports_csv", tag=_TAG, file_type=_TYPES["csv"], refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> HttpResponseBase:
        """One version of a report, a row a claim."""
        return super().get(request, pk)


class ReportJSON(ReportFile):
    kind = "json"

    @operation("reports_json", tag=_TAG, file_type=_TYPES["json"], refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> HttpResponseBase:
        """One version of a report, as a document."""
        return super().get(request, pk)


def _visible(request: PersonRequest, pk: int) -> Report:
    rows = Report.objects.visible_to(request.user).select_related("workspace")
    return get_object_or_404(rows, pk=pk)


def _selected(request: PersonRequest, asked: dict[str, Any]) -> tuple[Workspace, Selection]:
    key = asked.pop("workspace", None)
    desks = [desk for desk in workspaces_of(request.user) if key in (None, desk.pk)]
    if len(desks) != 1:
        raise Incomplete("Say which desk you mean.", {"workspace": ["Name one of your desks."]})
    filters = {name: value for name, value in asked.items() if name not in ("limit", "cursor")}
    return desks[0], Selection(**filters)


def _file(kind: str, claims: Any, about: dict[str, Any], name: str) -> StreamingHttpResponse:
    body = csv.write(claims) if kind == "csv" else json.write(claims, about)
    answer = StreamingHttpResponse(body, content_type=f"{_TYPES[kind]}; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    answer["Cache-Control"] = "no-store"
    return answer
