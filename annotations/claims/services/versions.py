"""A new text of an article: kept when it differs, with every claim looked for in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.permissions import may_add_version
from annotations.articles.queries import current_version
from annotations.articles.services import keep_version, note_reading, take_turn
from annotations.articles.versions import compare
from annotations.audit.services import recorded
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.extraction.sentences import sentences
from annotations.claims.reanchoring_words import folded
from annotations.claims.services.anchoring import anchor_claims
from annotations.jobs.models import Job
from annotations.people.models import User
from annotations.snapshots.fetching import NotFetched
from annotations.snapshots.matter import Unreadable
from annotations.snapshots.visiting import Busy, fetch_article

SAME_STORY = 0.2
"""The share of a text that has to stand in the next one, when nobody looked: below it a page is a notice, a wall or
another story, and a person adds it if it is none of these."""
_EARLIER = 5
"""Earlier versions whose sentences are not proposed from again."""


@dataclass(frozen=True)
class Added:
    """What became of a text. `is_new` is false when the newest version says exactly this already."""

    version: ArticleVersion
    is_new: bool
    anchors: list[ClaimAnchor] = field(default_factory=list)


def add_version(
    *,
    article: Article,
    text: str,
    by: User | None,
    how: str = ArticleVersion.How.TYPED,
    seen: int | None = None,
) -> Added:
    """Keep a text as the article's next version and find every claim's words in it: all or nothing.

    The door rings the version's extraction afterwards. `by` is None when a job read the text; `seen` is the number of
    the version that a person saw as the newest. Raises `Incomplete` when the text cannot be kept, `Stale` when a newer
    version says something else.
    """
    if by is not None:
        may_add_version(by, article).or_refuse()
    with recorded(by=by, verb="add_version", name=_WATCHING):
        version, is_new = keep_version(article=article, text=text, by=by, how=how, seen=seen)
        anchors = anchor_claims(version=version) if is_new else []
    return Added(version, is_new, anchors)


_WATCHING = "Watching"


def read_again(*, article: Article) -> Added | None:
    """Read a watched article's address if it is due, and keep what it says now. For the job; safe to run twice.

    None when it was not due, could not be read, or holds something else altogether; `Watch.problem` says why.
    """
    if not take_turn(article_id=article.pk):
        return None
    try:
        matter = fetch_article(article.url)
    except Busy:
        note_reading(
            article=article, problem=_("Its site was busy with other readings; the next turn comes.")
        )
        return None
    except (NotFetched, Unreadable) as failure:
        note_reading(article=article, problem=failure.reason[:1].upper() + failure.reason[1:])
        return None
    if not _is_same_story(current_version(article).text, matter.text):
        note_reading(
            article=article,
            problem=_(
                "The page says something else altogether. Look at it, and add the text by hand if it is right."
            ),
        )
        return None
    added = add_version(article=article, text=matter.text, by=None, how=ArticleVersion.How.FETCHED)
    note_reading(article=article)
    return added


def _is_same_story(old: str, new: str) -> bool:
    shared = sum(run.size for run in compare(old, new).runs)
    return shared >= SAME_STORY * min(len(old), len(new))


def sentences_read_before(*, version: ArticleVersion) -> set[str]:
    """The sentences of earlier versions that extraction has read: what was proposed or passed over in them stays so."""
    read: QuerySet[ArticleVersion] = ArticleVersion.objects.filter(
        article_id=version.article_id, number__lt=version.number, extraction__state=Job.State.DONE
    )
    found: set[str] = set()
    for earlier in read.order_by("-number")[:_EARLIER]:
        found |= {folded(earlier.text[start:end]) for start, end in sentences(earlier.text)}
    return found
