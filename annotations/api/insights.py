"""How well proposals fit what people decided, as figures; and the decisions themselves. For editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, read_query
from annotations.api.resource import AnyAccept, PersonRequest, Resource
from annotations.claims.services.learning import export_labels
from annotations.people.models import Workspace
from annotations.people.queries import workspaces_of
from annotations.refusals import Incomplete
from annotations.reports.queries import Selection
from annotations.reports.services import record_export
from annotations.screens.insights import Row, all_rows
from annotations.screens.outcome_rows import FIGURES, Span
from annotations.screens.outcomes import figure_rows, outcomes

_TAG = "insights"


class OfDesk(Asked):
    workspace = AskedKey(required=False, help_text="May be left out by a member of one desk only.")


class FiguresShape(serializers.Serializer[Any]):
    """The figures of one group of decisions. Shares are of 1, and null where there is nothing to divide."""

    group = serializers.CharField(help_text="What the decisions were grouped by: All, Outlet, Month, …")
    key = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True, help_text="The key in words.")
    decided = serializers.IntegerField(help_text="Proposals decided on.")
    right = serializers.IntegerField()
    wrong = serializers.IntegerField()
    edited = serializers.IntegerField()
    added = serializers.IntegerField(help_text="Claims people added that had been missed.")
    sampled = serializers.IntegerField(help_text="Of the sample, decided on.")
    sample_missed = serializers.IntegerField(help_text="Of the sample, found worth checking.")
    passed_over = serializers.FloatField(help_text="Claims missed, estimated from the sample.")
    precision = serializers.FloatField(allow_null=True)
    recall = serializers.FloatField(allow_null=True)
    sample_recall = serializers.FloatField(allow_null=True)


class InsightsShape(serializers.Serializer[Any]):
    figures = FiguresShape(many=True)


class Insights(Resource):
    @operation("insights_get", tag=_TAG, query=OfDesk, answers=InsightsShape, refused=(403, 422))
    def get(self, request: PersonRequest) -> Response:
        """Precision of proposals and recall of what people added: all, per extractor version, outlet, type, month."""
        rows = all_rows(
            desk=_desk(request, read_query(OfDesk, request).get("workspace")), person=request.user
        )
        return Response({"figures": [_values(*row) for row in rows]})


class OutcomesShape(serializers.Serializer[Any]):
    """The figures of the Insights page as it shows them. Times are in hours."""

    ratings = serializers.ListField(child=serializers.DictField())
    pace = serializers.ListField(
        child=serializers.DictField(), help_text="All first, then by month of approval."
    )
    ages = serializers.ListField(child=serializers.DictField(), help_text="Open claims as of now.")
    dismissed = serializers.ListField(child=serializers.DictField())
    agreement = serializers.ListField(child=serializers.DictField())
    changes = serializers.ListField(child=serializers.DictField())


class Outcomes(Resource):
    class AskedSpan(OfDesk):
        since = serializers.DateField(required=False)
        until = serializers.DateField(required=False)

    @operation("insights_outcomes", tag=_TAG, query=AskedSpan, answers=OutcomesShape, refused=(403, 422))
    def get(self, request: PersonRequest) -> Response:
        """Ratings, pace, ages, reasons for dismissal, agreement, corrections and retractions, of all days or some."""
        asked = read_query(self.AskedSpan, request)
        span = Span(asked.get("since"), asked.get("until"))
        found = outcomes(desk=_desk(request, asked.get("workspace")), person=request.user, span=span)
        tables = {figure: figure_rows(found, figure) for figure in FIGURES}
        return Response(
            {
                name: [dict(zip(head, row, strict=True)) for row in rows]
                for name, (head, *rows) in tables.items()
            }
        )


class Labels(Resource):
    content_negotiation_class = AnyAccept

    @operation("insights_labels", tag=_TAG, query=OfDesk, file_type="application/jsonl", refused=(403, 422))
    def get(self, request: PersonRequest) -> HttpResponseBase:
        """Every decided sentence, one JSON object a line, as training data. No row limit."""
        desk = _desk(request, read_query(OfDesk, request).get("workspace"))
        rows = export_labels(workspace=desk, by=request.user)
        record_export(workspace=desk, format="labels", selection=Selection(), by=request.user)
        lines = (f"{json.dumps(row, ensure_ascii=False)}\n".encode() for row in rows)
        answer = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
        answer["Content-Disposition"] = content_disposition_header(True, f"{desk.slug}-labels.jsonl")
        answer["Cache-Control"] = "no-store"
        return answer


def _desk(request: PersonRequest, key: int | None) -> Workspace:
    desks: Sequence[Workspace] = [desk for desk in workspaces_of(request.user) if key in (None, desk.pk)]
    if len(desks) != 1:
        raise Incomplete("Say which desk you mean.", {"workspace": ["Name one of your desks."]})
    return desks[0]


def _values(group: str, row: Row) -> dict[str, Any]:
    shares = {"precision": row.precision, "recall": row.recall, "sample_recall": row.sample_recall}
    values = asdict(row)
    return {"group": group, "name": values.pop("label")} | values | shares
