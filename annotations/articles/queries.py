from __future__ import annotations

from django.db.models.functions import Now

from annotations.articles.models import Article, ArticleVersion, Watch
from annotations.people.models import Workspace


def current_version(article: Article) -> ArticleVersion:
    """The newest version with its text and the job that reads it: one query."""
    return article.versions.select_related("extraction").order_by("-number")[:1].get()


def article_with_text(*, workspace: Workspace, sha256: str) -> Article | None:
    """The article of this workspace that already has exactly this text in one of its versions."""
    return Article.objects.filter(versions__sha256=sha256, versions__workspace=workspace).first()


def version_with_text(article: Article, sha256: str) -> ArticleVersion:
    """The newest version of the article that says exactly this."""
    return article.versions.filter(sha256=sha256).order_by("-number")[:1].get()


def watch_of(article: Article) -> Watch | None:
    return Watch.objects.filter(article=article).select_related("set_by").first()


def due_watches(*, limit: int = 20) -> list[int]:
    """Keys of articles whose address should be read again now, the longest due first."""
    due = Watch.objects.filter(is_on=True, next_at__lte=Now(), until__gt=Now()).exclude(article__url="")
    return list(due.order_by("next_at", "pk").values_list("article_id", flat=True)[:limit])
