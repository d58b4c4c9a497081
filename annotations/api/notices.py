"""What you are told, and what you want to be told."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, Key, Listing, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import PersonShape
from annotations.notices.kinds import KINDS, MAILS
from annotations.notices.models import Notice
from annotations.notices.queries import choices_of, notices_of
from annotations.notices.services.choosing import choose_notices, read_all, read_notice

_TAG = "notices"


class NoticeShape(serializers.ModelSerializer[Notice]):
    """`says` is what `actor` (null: the workbench) did; `code` is the same for programs."""

    workspace = serializers.IntegerField(source="workspace_id")
    kind = serializers.ChoiceField(KINDS)
    article = serializers.IntegerField(source="article_id")
    claim = serializers.IntegerField(source="claim_id", allow_null=True)
    thread = serializers.IntegerField(source="thread_id", allow_null=True)
    actor = PersonShape(allow_null=True)
    says = serializers.CharField()

    class Meta:
        model = Notice
        fields = (
            *("id", "workspace", "kind", "code", "says", "actor", "article", "claim", "thread", "words"),
            *("created_at", "read_at"),
        )


class ChoiceShape(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(KINDS)
    is_shown = serializers.BooleanField()
    mail = serializers.ChoiceField(MAILS)


class Notices(Resource):
    class AskedNotices(Listing):
        unread = serializers.BooleanField(required=False, default=False)

    class AskedRead(Asked):
        up_to = Key(help_text="The key of the newest notice that you saw.")

    class ReadShape(serializers.Serializer[Any]):
        marked = serializers.IntegerField()

    @operation("notices_list", tag=_TAG, query=AskedNotices, answers=page_of(NoticeShape))
    def get(self, request: PersonRequest) -> Response:
        """Your notices, newest first."""
        asked, rows = read_query(self.AskedNotices, request), notices_of(request.user)
        return self.paged(request, rows.filter(read_at=None) if asked["unread"] else rows, NoticeShape)

    @operation("notices_read_all", tag=_TAG, asks=AskedRead, answers=ReadShape)
    def post(self, request: PersonRequest) -> Response:
        """Mark all up to one as read; what came in meanwhile stays unread."""
        marked = read_all(by=request.user, **read(self.AskedRead, request))
        return Response({"marked": marked})


class OneNotice(Resource):
    class AskedReadState(Asked):
        is_read = serializers.BooleanField()

    @operation("notices_mark", tag=_TAG, asks=AskedReadState, answers=NoticeShape, refused=(404,))
    def put(self, request: PersonRequest, pk: int) -> Response:
        """Mark one as read or unread. Says a state, so it is safe to repeat."""
        notice = get_object_or_404(notices_of(request.user), pk=pk)
        read_notice(notice=notice, by=request.user, **read(self.AskedReadState, request))
        return self.one(request, notices_of(request.user).get(pk=pk), NoticeShape)


class NoticeChoices(Resource):
    class AskedChoices(Asked):
        class AskedChoice(Asked):
            kind = serializers.ChoiceField(KINDS)
            is_shown = serializers.BooleanField()
            mail = serializers.ChoiceField(MAILS)

        choices = serializers.ListField(child=AskedChoice(), min_length=1, max_length=len(KINDS))

    @operation("notice_choices_list", tag=_TAG, answers=ChoiceShape(many=True))
    def get(self, request: PersonRequest) -> Response:
        """What you are told, here and by e-mail."""
        return _choices(request)

    @operation("notice_choices_set", tag=_TAG, asks=AskedChoices, answers=ChoiceShape(many=True))
    def put(self, request: PersonRequest) -> Response:
        """Choose what you are told. Kinds that you do not name stay as they are."""
        asked = read(self.AskedChoices, request)["choices"]
        chosen = {one["kind"]: (one["is_shown"], one["mail"]) for one in asked}
        choose_notices(choices=chosen, by=request.user)
        return _choices(request)


def _choices(request: PersonRequest) -> Response:
    found = choices_of([request.user.pk])[request.user.pk].values()
    return Response(ChoiceShape(found, many=True).data)
