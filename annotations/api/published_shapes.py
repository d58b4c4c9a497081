"""What leaves the API of what left the house: frozen, so these say what stood there and compute nothing."""

from __future__ import annotations

from rest_framework import serializers

from annotations.reports.models import Report
from annotations.reviews.models import Publication


class PublicationShape(serializers.ModelSerializer[Publication]):
    """A claim as it was published: frozen. `content` holds it all; `sha256` is of its canonical JSON."""

    claim = serializers.IntegerField(source="claim_id")
    content = serializers.DictField()

    class Meta:
        model = Publication
        fields = (
            "id",
            "claim",
            "number",
            "kind",
            "rating",
            "correction_type",
            "note",
            "content",
            "sha256",
            "created_at",
        )


class ReportShape(serializers.ModelSerializer[Report]):
    workspace = serializers.IntegerField(source="workspace_id")
    article = serializers.IntegerField(source="article_id")

    class Meta:
        model = Report
        fields = ("id", "workspace", "article", "number", "sha256", "created_at")


class ReportDetailShape(ReportShape):
    content = serializers.DictField()

    class Meta(ReportShape.Meta):
        fields = (*ReportShape.Meta.fields, "content")  # type: ignore[assignment]
