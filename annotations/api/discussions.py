"""Discussions about a claim: threads, comments, and what has to be settled before publishing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.claims import visible
from annotations.api.describing import operation
from annotations.api.fields import Asked, Key, Listing, Versioned, Words, read, read_query
from annotations.api.paging import OldestFirst
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import PersonShape
from annotations.discussions import services
from annotations.discussions.models import Comment, Thread
from annotations.discussions.queries import people_to_mention
from annotations.refusals import Incomplete
from annotations.sources.queries import evidence_for
from annotations.tasks import ring_notices

_TAG = "discussions"


class ThreadShape(serializers.ModelSerializer[Thread]):
    """What a discussion is about and how it stands. `quote` are the words it was begun about."""

    claim = serializers.IntegerField(source="claim_id")
    evidence = serializers.IntegerField(source="evidence_id", allow_null=True)
    started_by = PersonShape()
    resolved_by = PersonShape(allow_null=True)

    class Meta:
        model = Thread
        fields = (
            *("id", "claim", "anchor", "quote", "evidence", "is_blocker", "started_by", "created_at"),
            *("resolved_at", "resolved_by"),
        )


class CommentShape(serializers.ModelSerializer[Comment]):
    """`mentions` are the keys of people of the desk whose @name stands in the text."""

    thread = serializers.IntegerField(source="thread_id")
    author = PersonShape()
    mentions = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = ("id", "thread", "author", "text", "mentions", "created_at", "edited_at", "version")

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_mentions(self, comment: Comment) -> Any:
        return comment.mentions


class _Said(Asked):
    text = Words(max_length=services.LONGEST, allow_blank=False)
    key = Words(required=False, max_length=40, help_text="Your own; the same key again is the same comment.")


class ClaimThreads(Resource):
    class AskedThreads(Listing):
        open = serializers.BooleanField(required=False, allow_null=True, default=None)

    class AskedThread(_Said):
        anchor = serializers.ChoiceField(Thread.Anchor.choices, required=False)
        quote = Words(required=False, max_length=services.LONGEST, help_text="For REASONS: words of them.")
        evidence = Key(required=False, help_text="For EVIDENCE.")
        is_blocker = serializers.BooleanField(required=False)

    @operation("threads_list", tag=_TAG, query=AskedThreads, answers=page_of(ThreadShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """The discussions of a claim, newest first; `open` leaves out one half."""
        asked = read_query(self.AskedThreads, request)
        rows = _threads(request).filter(claim=visible(request, pk))
        if "open" in asked:
            rows = rows.filter(resolved_at__isnull=asked["open"])
        return self.paged(request, rows, ThreadShape)

    @operation(
        "threads_start",
        tag=_TAG,
        asks=AskedThread,
        answers=CommentShape,
        status=201,
        refused=(403, 404, 422),
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Begin a discussion; answers with its first comment."""
        asked, claim = read(self.AskedThread, request), visible(request, pk)
        if number := asked.pop("evidence", None):
            asked["evidence"] = next((item for item in evidence_for(claim) if item.pk == number), None)
            if asked["evidence"] is None:
                raise Incomplete("That source is not cited for this claim.", {"evidence": ["Unknown."]})
        comment = services.start_thread(claim=claim, by=request.user, **asked)
        ring_notices()
        return self.one(request, comment, CommentShape, status=201)


class ThreadComments(Resource):
    @operation("comments_list", tag=_TAG, query=Listing, answers=page_of(CommentShape), refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """What was said in a discussion, oldest first."""
        read_query(Listing, request)
        rows = get_object_or_404(_threads(request), pk=pk).comments.select_related("author")
        return self.paged(request, rows, CommentShape, OldestFirst)

    @operation(
        "comments_reply", tag=_TAG, asks=_Said, answers=CommentShape, status=201, refused=(403, 404, 422)
    )
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Answer in a discussion."""
        thread = get_object_or_404(_threads(request), pk=pk)
        comment = services.reply(thread=thread, by=request.user, **read(_Said, request))
        ring_notices()
        return self.one(request, comment, CommentShape, status=201)


class OneThread(Resource):
    class AskedStanding(Asked):
        is_resolved = serializers.BooleanField(required=False)
        is_blocker = serializers.BooleanField(required=False)

    @operation("threads_get", tag=_TAG, answers=ThreadShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One discussion."""
        return self.one(request, get_object_or_404(_threads(request), pk=pk), ThreadShape)

    @operation("threads_settle", tag=_TAG, asks=AskedStanding, answers=ThreadShape, refused=(403, 404))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Say whether it is resolved, and whether it blocks publishing. Says a state, so it names no version."""
        thread, asked = get_object_or_404(_threads(request), pk=pk), read(self.AskedStanding, request)
        if "is_blocker" in asked:
            services.set_blocker(thread=thread, is_blocker=asked["is_blocker"], by=request.user)
        if "is_resolved" in asked:
            services.resolve_thread(thread=thread, is_resolved=asked["is_resolved"], by=request.user)
        return self.one(request, get_object_or_404(_threads(request), pk=pk), ThreadShape)


class OneComment(Resource):
    class AskedWords(Versioned):
        text = Words(max_length=services.LONGEST, allow_blank=False)

    @operation("comments_reword", tag=_TAG, asks=AskedWords, answers=CommentShape, refused=(422,))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Reword your own comment; the history keeps what it said."""
        rows = Comment.objects.visible_to(request.user).select_related("author", "thread__claim")
        comment = get_object_or_404(rows, pk=pk)
        services.reword_comment(comment=comment, by=request.user, **read(self.AskedWords, request))
        ring_notices()
        return self.one(request, comment, CommentShape)


class PeopleToMention(Resource):
    class AskedPeople(Asked):
        q = Words(required=False, max_length=60, help_text="How the name begins.")

    class PersonToMentionShape(serializers.Serializer[Any]):
        id = serializers.IntegerField()
        name = serializers.CharField(source="display_name")
        username = serializers.CharField()

    @operation(
        "people_to_mention",
        tag=_TAG,
        query=AskedPeople,
        answers=PersonToMentionShape(many=True),
        refused=(404,),
    )
    def get(self, request: PersonRequest, pk: int) -> Response:
        """People of the claim's desk to be named as @username; the first eight."""
        asked = read_query(self.AskedPeople, request)
        people = people_to_mention(visible(request, pk), asked.get("q", ""))
        return Response(self.PersonToMentionShape(people, many=True).data)


def _threads(request: PersonRequest) -> QuerySet[Thread]:
    return Thread.objects.visible_to(request.user).select_related("claim", "started_by", "resolved_by")
