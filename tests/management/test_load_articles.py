"""Articles from files: a line for each, safe to repeat, and a status that a script can read."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.articles.models import Article
from annotations.people.models import User, Workspace


def load(*paths: object, **options: Any) -> tuple[list[str], int]:
    """The lines printed and the status that the shell would see."""
    out, status = StringIO(), 0
    try:
        call_command("load_articles", *map(str, paths), workspace="world-desk", stdout=out, **options)
    except CommandError as error:
        status = error.returncode
    return out.getvalue().splitlines(), status


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "a story.txt"
    path.write_text("date 2025-01-09 Read by a machine\n\nThe council spent 5 million euros in 2023.\n")
    return path


def test_a_file_becomes_an_article_with_what_stands_above_it(
    workspace: Workspace, reviewer: User, story: Path
) -> None:
    lines, status = load(story)

    article = Article.objects.get()
    assert (lines, status) == ([f"added  article {article.pk}  {story}"], 0)
    assert str(article.published_on) == "2025-01-09"
    assert article.versions.get().text.startswith("The council")


def test_repeated_it_changes_nothing(workspace: Workspace, reviewer: User, story: Path) -> None:
    load(story)

    lines, status = load(story)

    assert (lines, status) == ([f"known  article {Article.objects.get().pk}  {story}"], 0)


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(
    workspace: Workspace, reviewer: User, story: Path
) -> None:
    lines, status = load(story, dry_run=True)

    assert (lines, status) == ([f"would add  {story}"], 0)
    assert not Article.objects.exists()


def test_what_is_refused_is_named_and_the_rest_is_loaded(
    workspace: Workspace, reviewer: User, story: Path, tmp_path: Path
) -> None:
    empty, binary, missing = tmp_path / "empty.txt", tmp_path / "b.txt", tmp_path / "none.txt"
    empty.write_bytes(b"")
    binary.write_bytes(b"%PDF-1.7")

    lines, status = load(empty, binary, missing, story)

    assert status == 1
    assert [line.split()[0] for line in lines] == ["refused", "refused", "refused", "added"]
    assert "No such file" in lines[2]


def test_what_is_no_file_is_refused_and_not_waited_for(workspace: Workspace, reviewer: User) -> None:
    lines, status = load("/dev/zero")

    assert (lines, status) == (["refused  /dev/zero: This is not a file."], 1)


def test_folders_are_walked_for_files_of_a_readable_kind(
    workspace: Workspace, reviewer: User, tmp_path: Path
) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "one.txt").write_text("One story about a road of 5 km.")
    (tmp_path / "two.html").write_text(
        f"<html><body><article><p>{'Two roads of 6 km. ' * 20}</p></article></body></html>"
    )
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    lines, status = load(tmp_path)

    assert (len(lines), status) == (2, 0)
    assert Article.objects.count() == 2


def test_the_worker_is_rung_for_new_articles_alone(
    workspace: Workspace,
    reviewer: User,
    story: Path,
    broker: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as first:
        load(story)
    with django_capture_on_commit_callbacks(execute=True) as second:
        load(story)

    assert (len(first), len(second)) == (1, 0)


def test_it_is_done_by_the_person_named(
    workspace: Workspace, reviewer: User, colleague: User, story: Path
) -> None:
    load(story, by="colleague")

    assert Article.objects.get().added_by == colleague


@pytest.mark.parametrize("by", ["reader", "outsider", "nobody"])
def test_who_may_not_add_articles_is_refused(
    workspace: Workspace, reader: User, outsider: User, story: Path, by: str
) -> None:
    with pytest.raises(CommandError, match="not a reviewer"):
        call_command("load_articles", str(story), workspace="world-desk", by=by)

    assert not Article.objects.exists()


def test_an_unknown_workspace_is_answered_with_those_there_are(workspace: Workspace, story: Path) -> None:
    with pytest.raises(CommandError, match="Known: world-desk"):
        call_command("load_articles", str(story), workspace="nowhere")
