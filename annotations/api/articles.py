"""Articles: in, listed, read, corrected in what is known about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, AskedKey, Key, Listing, Versioned, Words, read, read_query
from annotations.api.resource import PersonRequest, Resource, page_of
from annotations.api.shapes import ArticleShape, TextShape
from annotations.articles.models import Article
from annotations.articles.priority import PRIORITIES
from annotations.articles.queries import current_version
from annotations.articles.services import edit_article, import_article, set_article_priority, set_due_time
from annotations.jobs.models import Job
from annotations.jobs.services import retry_job
from annotations.people.models import User, Workspace
from annotations.people.queries import workspaces_of
from annotations.refusals import Incomplete
from annotations.screens.listings import articles_read_so_far, listed_articles
from annotations.snapshots.reading import ArticleMatter, read_bytes, read_plain
from annotations.tasks import ring

_TAG = "articles"
_FILTERS = {
    "workspace": "workspace_id",
    "q": "title__icontains",
    "outlet": "outlet__icontains",
    "language": "language__iexact",
    "added_since": "created_at__gte",
}


class Articles(Resource):
    class AskedList(Listing):
        workspace = AskedKey(required=False)
        q = Words(required=False, max_length=200, help_text="Words of the title.")
        outlet = Words(required=False, max_length=200)
        language = Words(required=False, max_length=12)
        extraction = serializers.ChoiceField(Job.State.choices, required=False)
        added_since = serializers.DateTimeField(required=False)

    class AskedImport(Asked):
        workspace = Key(required=False, help_text="May be left out by a member of one desk only.")
        text = Words(required=False, max_length=2_000_000)
        html = Words(required=False, max_length=5_000_000, help_text="A whole page, instead of `text`.")
        title = Words(required=False, max_length=500)
        byline = Words(required=False, max_length=300)
        outlet = Words(required=False, max_length=200)
        published_on = serializers.DateField(required=False, allow_null=True)
        language = Words(required=False, max_length=12)
        url = Words(required=False, max_length=2000)

    @operation("articles_list", tag=_TAG, query=AskedList, answers=page_of(ArticleShape))
    def get(self, request: PersonRequest) -> Response:
        """Articles of your desks, newest first."""
        asked = read_query(self.AskedList, request)
        rows = listed_articles(request.user)
        if state := asked.get("extraction"):
            rows = articles_read_so_far(rows, state)
        return self.paged(request, _filtered(rows, asked), ArticleShape)

    @operation(
        "articles_import",
        tag=_TAG,
        asks=AskedImport,
        answers=ArticleShape,
        status=(200, 201),
        refused=(403, 422),
        examples=[
            OpenApiExample(
                "A pasted text",
                value={
                    "title": "Budget agreed",
                    "text": "The council spent 5 million euros, the mayor said.",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: PersonRequest) -> Response:
        """Add an article; claims are looked for at once. The same text again answers 200 with what is known."""
        asked = read(self.AskedImport, request)
        desk = _desk(request.user, asked.pop("workspace", None))
        imported = import_article(workspace=desk, matter=_matter(asked), by=request.user)
        if imported.is_new:
            ring(imported.version.extraction)
        article = listed_articles(request.user).get(pk=imported.article.pk)
        return self.one(request, article, ArticleShape, status=201 if imported.is_new else 200)


class OneArticle(Resource):
    class AskedArticleEdit(Versioned):
        title = Words(required=False, max_length=500)
        byline = Words(required=False, max_length=300)
        outlet = Words(required=False, max_length=200)
        published_on = serializers.DateField(required=False, allow_null=True)
        language = Words(required=False, max_length=12)
        url = Words(required=False, max_length=2000)

    @operation("articles_get", tag=_TAG, answers=ArticleShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """One article with the state of its extraction."""
        return self.one(request, get_object_or_404(listed_articles(request.user), pk=pk), ArticleShape)

    @operation("articles_edit", tag=_TAG, asks=AskedArticleEdit, answers=ArticleShape, refused=(422,))
    def patch(self, request: PersonRequest, pk: int) -> Response:
        """Correct what is known about an article; its text never changes."""
        article = get_object_or_404(listed_articles(request.user), pk=pk)
        article = edit_article(article=article, by=request.user, **read(self.AskedArticleEdit, request))
        return self.one(request, article, ArticleShape)


class ArticleText(Resource):
    class AskedText(Asked):
        version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    @operation("articles_text", tag=_TAG, query=AskedText, answers=TextShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """The text that positions count in: of the current version, or of one by number."""
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        asked = read_query(self.AskedText, request)
        if number := asked.get("version"):
            return self.one(request, get_object_or_404(article.versions, number=number), TextShape)
        return self.one(request, current_version(article), TextShape)


class RetryExtraction(Resource):
    @operation("articles_retry", tag=_TAG, answers=ArticleShape, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Start a search for claims again that failed, or that is done but says in `reason` what was left out.

        Safe to send twice, so it names no version.
        """
        article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
        ring(retry_job(job=current_version(article).extraction, by=request.user))
        return self.one(request, listed_articles(request.user).get(pk=pk), ArticleShape)


class DueTime(Resource):
    class AskedDue(Versioned):
        due_at = serializers.DateTimeField(allow_null=True)

    @operation("articles_due", tag=_TAG, asks=AskedDue, answers=ArticleShape)
    def put(self, request: PersonRequest, pk: int) -> Response:
        """Say when the article is due; null for no time."""
        article = get_object_or_404(listed_articles(request.user), pk=pk)
        article = set_due_time(article=article, by=request.user, **read(self.AskedDue, request))
        return self.one(request, article, ArticleShape)


class ArticlePriority(Resource):
    class AskedArticlePriority(Versioned):
        priority = serializers.ChoiceField(PRIORITIES)

    @operation("articles_priority", tag=_TAG, asks=AskedArticlePriority, answers=ArticleShape, refused=(422,))
    def put(self, request: PersonRequest, pk: int) -> Response:
        """How urgent the article is, and each of its claims that has no priority of its own."""
        article = get_object_or_404(listed_articles(request.user), pk=pk)
        asked = read(self.AskedArticlePriority, request)
        return self.one(
            request, set_article_priority(article=article, by=request.user, **asked), ArticleShape
        )


def _filtered(rows: QuerySet[Article], asked: dict[str, Any]) -> QuerySet[Article]:
    return rows.filter(**{_FILTERS[name]: value for name, value in asked.items() if name in _FILTERS})


def _desk(person: User, key: int | None) -> Workspace:
    desks = list(workspaces_of(person))
    chosen = [desk for desk in desks if key in (None, desk.pk)]
    if len(chosen) == 1:
        return chosen[0]
    yours = ", ".join(f"{desk.pk} ({desk.name})" for desk in desks) or "none"
    raise Incomplete("Say which desk gets the article.", {"workspace": [f"Your desks: {yours}."]})


def _matter(asked: dict[str, Any]) -> ArticleMatter:
    """What was sent, read as an upload would be; facts that were sent by name win over those found in the text."""
    text, html = asked.pop("text", ""), asked.pop("html", "")
    if bool(text) == bool(html):
        raise Incomplete("Send the article as `text` or as `html`.", {"text": ["Send one of the two."]})
    if text:
        matter = read_plain(text)
    else:
        matter = read_bytes(html.encode(), filename="page.html", content_type="text/html", charset="utf-8")
    return replace(matter, **{name: value for name, value in asked.items() if value})
