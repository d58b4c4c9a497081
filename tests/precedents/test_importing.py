"""Outside checks from files: each once, brought up to date, refused row by row, and cut short without harm."""

from __future__ import annotations

import json

import pytest

from annotations.audit.models import AuditEntry
from annotations.precedents.models import CheckImport, OutsideCheck
from annotations.precedents.services import importing
from annotations.precedents.services.importing import import_checks
from annotations.refusals import Incomplete

TABLE = (
    "claim,url,publisher,rating,claimant,reviewed_on\n"
    "The moon is hollow,https://house.example/moon,Moon Watch,False,A blogger,2024-05-01\n"
    "Rain fell for nine days,,Weather House,Half true,,2024-06-02\n"
)


@pytest.fixture
def take(workspace, editor):
    def run(text: str = TABLE, **options):
        given = {"filename": "checks.csv", "by": editor} | options
        return import_checks(workspace=workspace, data=text.encode(), **given)

    return run


def counts(outcome):
    return outcome.added, outcome.changed, outcome.same, outcome.refused


def test_rows_are_kept_in_their_own_words_with_the_nearest_rating_and_where_they_stood(take, editor):
    outcome = take()

    moon = OutsideCheck.objects.get(claim="The moon is hollow")
    assert counts(outcome) == (2, 0, 0, 0)
    assert (moon.rating_text, moon.rating, moon.publisher, moon.line) == ("False", "false", "Moon Watch", 2)
    assert (moon.batch.filename, moon.batch.imported_by, moon.batch.added) == ("checks.csv", editor, 2)
    assert moon.batch.finished_at
    entry = AuditEntry.objects.filter(table_name="annotations_outsidecheck").latest("seq")
    assert (entry.verb, entry.actor_id) == ("import_checks", editor.pk)


def test_the_same_file_again_changes_nothing(take):
    take()
    before = list(OutsideCheck.objects.values())

    outcome = take()

    assert counts(outcome) == (0, 0, 2, 0)
    assert list(OutsideCheck.objects.values()) == before


def test_a_check_that_was_revised_is_brought_up_to_date_in_place(take):
    take()

    outcome = take(TABLE.replace("Moon Watch,False", "Moon Watch,True"))

    moon = OutsideCheck.objects.get(url="https://house.example/moon")
    assert counts(outcome) == (0, 1, 1, 0)
    assert (moon.rating, moon.version, moon.batch) == ("true", 2, outcome.batch)


def test_the_same_check_in_another_kind_of_file_is_the_same_row(take):
    take()
    feed = {
        "@type": "ClaimReview",
        "claimReviewed": "The moon is hollow",
        "url": "https://house.example/moon",
        "author": {"name": "Moon Watch"},
        "reviewRating": {"alternateName": "False"},
        "datePublished": "2024-05-01",
    }

    take(json.dumps([feed]), filename="feed.json")

    assert OutsideCheck.objects.count() == 2


def test_bad_rows_are_named_and_the_rest_is_kept(take):
    outcome = take(TABLE + ",https://house.example/x,,,,\nSnow fell,ftp://x,,,,\n")

    assert counts(outcome) == (2, 0, 0, 2)
    assert [(error.line, error.field) for error in outcome.errors] == [(4, "claim"), (5, "url")]
    assert CheckImport.objects.get().errors[0][:2] == [4, "claim"]


def test_what_is_longer_than_what_is_kept_is_refused_and_not_cut(take):
    outcome = take(TABLE.replace("A blogger", "x" * 201))

    assert counts(outcome) == (1, 0, 0, 1)
    assert (outcome.errors[0].line, outcome.errors[0].field) == (2, "claimant")


def test_errors_that_are_kept_are_bounded_and_all_are_counted(take, monkeypatch):
    monkeypatch.setattr(importing, "ERRORS_KEPT", 3)

    outcome = take("claim,url\n" + "".join(f"Claim {n},ftp://x\n" for n in range(7)))

    assert (outcome.refused, len(outcome.errors)) == (7, 3)


def test_a_dry_run_says_the_same_and_writes_nothing(take):
    dry = take(is_dry_run=True)
    assert not CheckImport.objects.exists()

    wet = take()

    assert counts(dry) == counts(wet)
    assert counts(take(is_dry_run=True)) == (0, 0, 2, 0)


def test_the_publisher_is_given_to_rows_that_name_none(take):
    take("claim,publisher\nThe moon is hollow,\nSnow fell,Weather House\n", publisher="Moon Watch")

    assert set(OutsideCheck.objects.values_list("publisher", flat=True)) == {"Moon Watch", "Weather House"}


def test_an_import_that_was_cut_short_goes_on_with_the_same_file(take, monkeypatch):
    text = "claim\n" + "".join(f"Claim number {n}\n" for n in range(5))
    monkeypatch.setattr(importing, "CHUNK", 2)
    real, calls = importing._take, []

    def dies(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise ConnectionError
        real(*arguments)

    monkeypatch.setattr(importing, "_take", dies)
    with pytest.raises(ConnectionError):
        take(text)
    assert (OutsideCheck.objects.count(), CheckImport.objects.get().finished_at) == (2, None)

    outcome = take(text)

    assert counts(outcome) == (3, 0, 2, 0)
    assert OutsideCheck.objects.count() == 5
    assert CheckImport.objects.get().finished_at


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 \xff\xfe", b"<html></html>", b"title\nNo claim here\n", b"{"]
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason_and_leaves_nothing(workspace, editor, data):
    with pytest.raises(Incomplete) as refused:
        import_checks(workspace=workspace, data=data, filename="", by=editor)

    assert refused.value.problems["file"]
    assert not CheckImport.objects.exists()
