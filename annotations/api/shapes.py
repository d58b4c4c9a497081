"""What leaves the API: one shape a thing, shared by every endpoint that answers with it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.articles.models import Article, ArticleVersion
from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.people.models import User
from annotations.reviews.models import ChangeItem
from annotations.reviews.queries import open_items
from annotations.screens.listings import possible_moves
from annotations.sources.models import Evidence, Source
from annotations.sources.quotes import State
from annotations.verdicts.models import Verdict
from annotations.verdicts.permissions import may_read_verdict


class PersonShape(serializers.ModelSerializer[User]):
    name = serializers.CharField(source="display_name")

    class Meta:
        model = User
        fields = ("id", "name")


class ExtractionShape(serializers.ModelSerializer[Job]):
    """How far the search for claims is."""

    reason = serializers.CharField(
        help_text="Why it failed or waits to be tried again. Of a search that is done: what was left out,"
        " such as “No proposals for this language (Korean). Mark claims by hand.”"
    )

    class Meta:
        model = Job
        fields = ("state", "done", "total", "reason", "attempt")


class ArticleVersionShape(serializers.ModelSerializer[ArticleVersion]):
    extraction = ExtractionShape()

    class Meta:
        model = ArticleVersion
        fields = ("number", "sha256", "length", "created_at", "extraction")


class ArticleShape(serializers.ModelSerializer[Article]):
    workspace = serializers.IntegerField(source="workspace_id")
    headline = serializers.CharField(help_text="The title, or the first words until somebody gives one.")
    current = serializers.SerializerMethodField()

    class Meta:
        model = Article
        fields = (
            "id",
            "workspace",
            "title",
            "headline",
            "byline",
            "outlet",
            "published_on",
            "language",
            "url",
            "note",
            "due_at",
            "priority",
            "created_at",
            "version",
            "current",
        )

    @extend_schema_field(ArticleVersionShape)
    def get_current(self, article: Article) -> Any:
        return ArticleVersionShape(article.newest[0]).data  # type: ignore[attr-defined]


class TextShape(serializers.ModelSerializer[ArticleVersion]):
    """The text of a version. Positions of claims count its code points."""

    article = serializers.IntegerField(source="article_id")

    class Meta:
        model = ArticleVersion
        fields = ("article", "number", "sha256", "length", "text")


class VerdictShape(serializers.ModelSerializer[Verdict]):
    claim = serializers.IntegerField(source="claim_id")
    author = PersonShape()
    qualifiers = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Verdict
        fields = (
            "claim",
            "number",
            "author",
            "rating",
            "scale_version",
            "qualifiers",
            "confidence",
            "gaps",
            "reasons",
            "created_at",
        )


class ClaimShape(serializers.ModelSerializer[Claim]):
    workspace = serializers.IntegerField(source="workspace_id")
    article = serializers.IntegerField(source="article_id")
    article_version = serializers.IntegerField(source="article_version.number")
    merged_into = serializers.IntegerField(source="merged_into_id", allow_null=True)
    reviewer = PersonShape(allow_null=True)
    second_reviewer = PersonShape(allow_null=True)
    quantities = serializers.ListField(child=serializers.DictField())
    dates = serializers.ListField(child=serializers.DictField())
    signals = serializers.ListField(child=serializers.DictField(), help_text="What the score is made of.")
    rating = serializers.SerializerMethodField(
        help_text="Of the newest revision of the verdict; empty without one."
    )

    class Meta:
        model = Claim
        fields = (
            "id",
            "workspace",
            "article",
            "article_version",
            "start",
            "end",
            "exact",
            "prefix",
            "suffix",
            "status",
            "statement",
            "type",
            "claimant",
            "is_claimant_unknown",
            "attribution",
            "cue",
            "said_on",
            "is_date_unknown",
            "place",
            "original",
            "quantities",
            "dates",
            "score",
            "rank",
            "is_sample",
            "signals",
            "dismissal",
            "merged_into",
            "reviewer",
            "second_reviewer",
            "priority",
            "due_at",
            "is_held",
            "hold_reason",
            "assignment_note",
            "rating",
            "created_at",
            "moved_at",
            "version",
        )

    def get_rating(self, claim: Claim) -> str:
        newest: list[Verdict] = claim.newest  # type: ignore[attr-defined]
        return newest[0].rating if newest else ""


class MoveShape(serializers.Serializer[Any]):
    """A step that leads on from here. `reason` says why this person may not take it."""

    move = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    is_allowed = serializers.BooleanField()
    reason = serializers.CharField()


class ChangeItemShape(serializers.ModelSerializer[ChangeItem]):
    class Meta:
        model = ChangeItem
        fields = ("id", "text", "is_done", "note")


class ClaimDetailShape(ClaimShape):
    moves = serializers.SerializerMethodField()
    verdict = serializers.SerializerMethodField()
    items = serializers.SerializerMethodField()

    class Meta(ClaimShape.Meta):
        fields = (*ClaimShape.Meta.fields, "moves", "verdict", "items")  # type: ignore[assignment]

    @extend_schema_field(MoveShape(many=True))
    def get_moves(self, claim: Claim) -> Any:
        return MoveShape(possible_moves(claim, self.context["request"].user), many=True).data

    @extend_schema_field(VerdictShape(allow_null=True))
    def get_verdict(self, claim: Claim) -> Any:
        newest: list[Verdict] = claim.newest  # type: ignore[attr-defined]
        return VerdictShape(newest[0]).data if newest else None

    @extend_schema_field(ChangeItemShape(many=True))
    def get_items(self, claim: Claim) -> Any:
        may_read = may_read_verdict(self.context["request"].user, claim)
        return ChangeItemShape(open_items(claim) if may_read else [], many=True).data


class FetchingShape(serializers.ModelSerializer[Job]):
    """How far fetching is."""

    reason = serializers.CharField(
        help_text="Why it failed or waits to be tried again; of fetching that is done, why there are no words."
    )

    class Meta:
        model = Job
        fields = ("state", "reason", "attempt", "finished_at")


class SourceShape(serializers.ModelSerializer[Source]):
    workspace = serializers.IntegerField(source="workspace_id")
    fetching = FetchingShape(allow_null=True, help_text="The stored copy that is fetched by itself.")

    class Meta:
        model = Source
        fields = (
            "id",
            "workspace",
            "url",
            "title",
            "publisher",
            "author",
            "published_on",
            "type",
            "fetching",
            *("language", "licence", "conflict_note", "reliability"),
            "created_at",
            "version",
        )


class EvidenceShape(serializers.ModelSerializer[Evidence]):
    """What a source says about a claim. The `quote_…` fields say what looking the quote up in the copy came to."""

    claim = serializers.IntegerField(source="claim_id")
    quote_state = serializers.ChoiceField(
        [("", "no quote, or no copy with text"), *((state.value, state.value) for state in State)],
        allow_blank=True,
    )
    quote_snapshot = serializers.IntegerField(source="quote_snapshot_id", allow_null=True)
    quote_sha256 = serializers.SerializerMethodField(help_text="Of the bytes of that copy.")
    source = SourceShape()  # type: ignore[assignment]
    added_by = PersonShape()

    class Meta:
        model = Evidence
        fields = (
            "id",
            "claim",
            "source",
            "stance",
            "quote",
            "is_primary",
            "origin",
            *("is_apart", "locator", "stance_reason", "how_found", "accessed_on", "describes_claim_time"),
            *("sets", "figure"),
            *("quote_state", "quote_snapshot", "quote_sha256", "quote_start", "quote_end", "quote_score"),
            "added_by",
            "created_at",
            "removed_at",
            "version",
        )

    def get_quote_sha256(self, evidence: Evidence) -> str:
        return evidence.quote_snapshot.file.sha256 if evidence.quote_snapshot else ""


class TableOutcomeShape(serializers.Serializer[Any]):
    """What came of the rows of a table. `refused_rows` holds the first hundred; `refused` counts all."""

    is_dry_run = serializers.BooleanField()
    added = serializers.IntegerField()
    same = serializers.IntegerField()
    refused = serializers.IntegerField()
    refused_rows = serializers.SerializerMethodField()

    @extend_schema_field(
        serializers.ListField(child=serializers.DictField(help_text="line, field and message"))
    )
    def get_refused_rows(self, outcome: Any) -> Any:
        return [{"line": one.line, "field": one.field, "message": one.message} for one in outcome.errors]
