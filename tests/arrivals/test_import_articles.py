"""Many articles from one table: each row for itself, tried first, repeated without harm."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotations.arrivals.models import Arrival
from annotations.arrivals.services.bulk import import_articles
from annotations.articles.models import Article
from annotations.refusals import Incomplete

LINES = [
    {"text": "The council spent 5 million euros in 2023.", "title": "Roads", "date": "2025-01-09"},
    {"url": "https://paper.example/1", "headline": "By address"},
    {"text": "", "title": "nothing"},
    {"url": "ftp://paper.example/"},
    {"text": "It rained for five days.", "published": "01/02/2025"},
    {"text": "A number.", "title": 7},
    {"text": "A sign\u0000."},
]
JSONL = "\n".join([*(json.dumps(line) for line in LINES), "no json", "[]"]).encode()
CSV = b'url;title;text\r\nhttps://paper.example/1;One;\r\n;Two;"It rained; for\nfive days."\r\na;b;c;d\r\n'


def run(workspace: Any, by: Any, data: bytes, **more: Any) -> Any:
    return import_articles(workspace=workspace, data=data, by=by, **more)


def test_each_row_stands_for_itself(workspace: Any, editor: Any) -> None:
    outcome = run(workspace, editor, JSONL)

    assert (outcome.added, outcome.asked, outcome.same, outcome.refused) == (1, 1, 0, 7)
    assert [(error.line, error.field) for error in outcome.errors] == [
        (3, ""), (4, "url"), (5, "published_on"), (6, "title"), (7, ""), (8, ""), (9, "")
    ]  # fmt: skip
    assert Article.objects.get().title == "Roads"
    assert str(Article.objects.get().published_on) == "2025-01-09"
    assert Arrival.objects.get().title == "By address"
    assert {job.kind for job in outcome.jobs} == {"EXTRACT_CLAIMS", "FETCH_ARTICLE"}


def test_a_table_with_quoted_line_ends(workspace: Any, editor: Any) -> None:
    outcome = run(workspace, editor, b"\xef\xbb\xbf" + CSV, filename="a.csv")

    assert (outcome.added, outcome.asked, outcome.refused) == (1, 1, 1)
    assert Article.objects.get().versions.get().text == "It rained; for\nfive days."


def test_a_trial_keeps_nothing_and_counts_the_same(workspace: Any, editor: Any) -> None:
    tried = run(workspace, editor, JSONL + b"\n" + JSONL, is_dry_run=True)
    assert not Article.objects.exists() and not Arrival.objects.exists()
    kept = run(workspace, editor, JSONL + b"\n" + JSONL)

    for name in ("added", "asked", "same", "refused"):
        assert getattr(tried, name) == getattr(kept, name), name
    assert run(workspace, editor, JSONL).same == 2


@pytest.mark.parametrize("data", [b"", b"  ", b"[{}]", b"name,age\nx,1", b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_is_no_table_is_refused_as_a_whole(workspace: Any, editor: Any, data: bytes) -> None:
    with pytest.raises(Incomplete):
        run(workspace, editor, data)


def test_the_page_tries_and_keeps(
    workspace: Any, editor: Any, reviewer: Any, log_in: Any, broker: str
) -> None:
    client = log_in(editor)

    def send(**more: str) -> Any:
        return client.post(reverse("articles-import"), {"file": SimpleUploadedFile("a.jsonl", JSONL), **more})

    tried, kept, nothing = send(), send(keep="1"), client.post(reverse("articles-import"))

    assert "Nothing was kept yet." in tried.content.decode()
    assert "1 with their text, 1 to be fetched, 0 here already, 7 refused." in kept.content.decode()
    assert nothing.status_code == 422
    assert "Only an editor" in log_in(reviewer).get(reverse("articles-import")).content.decode()


def test_the_command_lists_what_it_refused(workspace: Any, editor: Any, tmp_path: Path, broker: str) -> None:
    path, out = tmp_path / "a.jsonl", StringIO()
    path.write_bytes(JSONL)

    with pytest.raises(CommandError, match="7 refused"):
        call_command("import_articles", str(path), "--workspace", workspace.slug, stdout=out)

    assert "refused  line 4  url:" in out.getvalue()
    assert "added 1, to fetch 1, same 0, refused 7" in out.getvalue()
