"""What leaves the API about second reviews, and about changes to what is published."""

from __future__ import annotations

from rest_framework import serializers

from annotations.api.shapes import ChangeItemShape, PersonShape
from annotations.reviews.models import Amendment, Review


class ReviewShape(serializers.ModelSerializer[Review]):
    claim = serializers.IntegerField(source="claim_id")
    revision = serializers.IntegerField(source="verdict.number", help_text="The verdict that was decided on.")
    reviewer = PersonShape()
    items = ChangeItemShape(many=True)

    class Meta:
        model = Review
        fields = (
            "id",
            "claim",
            "revision",
            "reviewer",
            "decision",
            "note",
            "own_rating",
            "items",
            "created_at",
        )


class AmendmentShape(serializers.ModelSerializer[Amendment]):
    claim = serializers.IntegerField(source="claim_id")
    proposed_by = PersonShape()
    decided_by = PersonShape(allow_null=True)
    qualifiers = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Amendment
        fields = (
            "id",
            "claim",
            "kind",
            "state",
            "correction_type",
            "note",
            "rating",
            "qualifiers",
            "confidence",
            "gaps",
            "reasons",
            "proposed_by",
            "decided_by",
            "created_at",
        )
