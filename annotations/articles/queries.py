from __future__ import annotations

from annotations.articles.models import Article, ArticleVersion
from annotations.people.models import Workspace


def current_version(article: Article) -> ArticleVersion:
    """The newest version with its text and the job that reads it: one query."""
    return article.versions.select_related("extraction").order_by("-number")[:1].get()


def article_with_text(*, workspace: Workspace, sha256: str) -> Article | None:
    """The article of this workspace that already has exactly this text in one of its versions."""
    return Article.objects.filter(versions__sha256=sha256, versions__workspace=workspace).first()
