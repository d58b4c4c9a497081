"""An article is kept as it came, once, with the job that will look for claims in it."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.articles.models import Article
from annotations.articles.services import edit_article, import_article, set_due_time
from annotations.jobs.models import Job
from annotations.refusals import Incomplete, NotAllowed, Stale
from annotations.snapshots.matter import ArticleMatter
from annotations.snapshots.reading import read_plain
from tests import factories
from tests.cast import SEED


def test_the_first_articles_first_line_is_metadata_and_not_text(article):
    text = article.versions.get().text

    assert article.published_on == date(2025, 1, 9)
    assert "AI assistance" in article.note
    assert text.startswith("North Korea is gaining")
    assert article.title == ""
    assert article.headline.startswith("North Korea is gaining valuable combat experience")


def test_it_comes_with_a_job_that_waits(article):
    job = article.versions.get().extraction

    assert (job.kind, job.state, job.attempt) == ("EXTRACT_CLAIMS", "WAITING", 0)


def test_the_same_text_again_is_the_same_article_and_changes_nothing(article, workspace, colleague):
    matter = read_plain(SEED.read_text().replace("\n", "\r\n"))

    again = import_article(workspace=workspace, matter=matter, by=colleague)

    assert (again.article, again.is_new) == (article, False)
    assert Article.objects.count() == Job.objects.count() == 1
    assert Article.objects.get().added_by != colleague


def test_another_desk_keeps_its_own(article, other_workspace, outsider):
    other = factories.article(other_workspace, outsider, SEED.read_text())

    assert other != article


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u200b", "\x01\x02\x03\x04 ab", "x" * 1_000_001])
def test_what_cannot_be_kept_is_refused_with_a_reason(text, workspace, reviewer):
    with pytest.raises(Incomplete) as refused:
        import_article(workspace=workspace, matter=ArticleMatter(text=text), by=reviewer)

    assert refused.value.problems["text"][0]
    assert not Article.objects.exists()
    assert not Job.objects.exists()


def test_an_address_that_is_none_keeps_the_article_out(workspace, reviewer):
    with pytest.raises(Incomplete) as refused:
        factories.article(workspace, reviewer, url="javascript:alert(1)")

    assert list(refused.value.problems) == ["url"]


@pytest.mark.parametrize("who", ["reader", "outsider"])
def test_only_reviewers_of_the_desk_add_articles(who, workspace, request):
    with pytest.raises(NotAllowed):
        factories.article(workspace, request.getfixturevalue(who))

    assert not Article.objects.exists()


def test_what_is_known_about_it_is_corrected_and_a_stale_edit_shows_both(article, reviewer, colleague):
    edit_article(article=article, version=1, title="Theirs", by=colleague)

    with pytest.raises(Stale) as refused:
        edit_article(article=article, version=1, title="Mine", by=reviewer)

    assert (refused.value.current["title"], refused.value.yours["title"]) == ("Theirs", "Mine")
    assert refused.value.version == 2


def test_nobody_edits_its_text(article, reviewer):
    with pytest.raises(Incomplete):
        edit_article(article=article, version=1, text="Other words", by=reviewer)


def test_an_editor_sets_when_it_is_due(article, reviewer, editor):
    with pytest.raises(NotAllowed):
        set_due_time(article=article, version=1, due_at=None, by=reviewer)

    assert set_due_time(article=article, version=1, due_at=None, by=editor).version == 2
