"""How sources are weighed, as the API tells it: flags, reliability, and the standing of a claim's sources."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotations.api.shapes import PersonShape
from annotations.flags.models import Flag
from annotations.sources.margins import Fit
from annotations.sources.models import RatedReliability


class FlagShape(serializers.ModelSerializer[Flag]):
    evidence = serializers.IntegerField(source="evidence_id")
    raised_by = PersonShape()
    answered_by = PersonShape(allow_null=True)

    class Meta:
        model = Flag
        fields = (
            *("id", "evidence", "kind", "note", "raised_by", "created_at"),
            *("answer", "answered_by", "answered_at", "version"),
        )


class ReliabilityShape(serializers.ModelSerializer[RatedReliability]):
    """How reliable a source was held to be from then on, and why."""

    source = serializers.IntegerField(source="source_id")  # type: ignore[assignment]
    rated_by = PersonShape()

    class Meta:
        model = RatedReliability
        fields = ("id", "source", "level", "reason", "rated_by", "created_at")


class MarginShape(serializers.Serializer[Any]):
    """A figure of the source against one of the claim: a hint, never a verdict. APART says why there is none."""

    fit = serializers.ChoiceField([(fit.value, fit.value) for fit in Fit])
    words = serializers.CharField()


class WeighedShape(serializers.Serializer[Any]):
    evidence = serializers.IntegerField(source="item.pk")
    number = serializers.IntegerField(help_text="As the reasons cite it: [1].")
    is_hindsight = serializers.BooleanField(help_text="Published after the claim was made.")
    describes_claim_time = serializers.BooleanField(source="item.describes_claim_time")
    same_origin_as = serializers.ListField(child=serializers.IntegerField(), source="with_numbers")
    margins = MarginShape(many=True)
    open_flags = serializers.SerializerMethodField()

    def get_open_flags(self, row: Any) -> int:
        return len(row.open_flags)


class StandingShape(serializers.Serializer[Any]):
    """`groups` are the numbers of one origin each; `why` says what put them together."""

    is_met = serializers.BooleanField(source="standing.is_met")
    missing = serializers.CharField(source="standing.missing", allow_blank=True)
    primary = serializers.IntegerField(source="standing.primary")
    origins = serializers.IntegerField(source="standing.origins")
    groups = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()), source="standing.groups"
    )
    why = serializers.ListField(child=serializers.CharField(), source="standing.why")
    balance = serializers.CharField(source="weighing.balance", allow_blank=True)
    sets = serializers.CharField(source="weighing.sets", allow_blank=True)
    evidence = WeighedShape(many=True, source="weighing.rows")
