"""CSV and JSON say the same words as the report, and no spreadsheet runs any of them."""

from __future__ import annotations

import csv as spreadsheet
import io
import json as jsonlib
from dataclasses import replace

import pytest

from annotations.reports.content import Change, Cited, Entry
from annotations.reports.formats import csv, json

ENTRY = Entry(
    number=1,
    claim_id=7,
    publication=2,
    article_id=3,
    article_title="A title, with a comma",
    outlet="Harbour Gazette",
    article_url="https://news.example/1",
    article_published_on="2025-01-09",
    statement='Über 12,000 soldiers are “there”, she said: "now" 😀',
    exact="over 12,000 soldiers",
    start=10,
    end=30,
    claimant="Dorothy Camille Shea",
    attribution="REPORTED",
    said_on="",
    rating="mostly_true",
    label="Mostly true",
    mark="◕",
    tone="mostly-true",
    definition="The core is right; a detail or the precision is off.",
    rating_number=4,
    rating_worst=1,
    rating_best=5,
    scale_version=1,
    qualifiers=("exaggerated", "stale figure"),
    confidence="HIGH",
    gaps="",
    reasons="First line.\nSecond line; with a semicolon.",
    evidence=(
        Cited(
            1,
            "SUPPORTS",
            "Record",
            "Office",
            "",
            "OFFICIAL",
            "2025-01-02",
            True,
            "So it is.",
            "https://r.example",
        ),
    ),
    checked_by=("Reviewer",),
    approved_by="Colleague",
    published_at="2025-01-10T10:00:00+00:00",
    changes=(Change(2, "CORRECTED", "TYPO", "2025-01-11", "A typo.", "Mostly true"),),
)


def rows(*entries):
    text = b"".join(csv.write(entries)).decode("utf-8-sig")
    return list(spreadsheet.DictReader(io.StringIO(text, newline="")))


def test_a_row_gives_the_words_back_exactly():
    row = rows(ENTRY)[0]

    assert row["statement"] == ENTRY.statement
    assert row["reasons"] == ENTRY.reasons
    assert (row["rating"], row["rating_number"], row["said_on"]) == ("Mostly true", "4", "unknown")
    assert row["qualifiers"] == "exaggerated; stale figure"
    assert row["sources"] == (
        "[1] supports · Record · Office · 2025-01-02 · primary · “So it is.” · https://r.example"
    )
    assert row["changes"] == "2025-01-11 corrected: A typo."
    assert row["retracted"] == "no"


def test_it_begins_with_a_byte_order_mark_and_every_cell_is_quoted():
    data = b"".join(csv.write([ENTRY]))

    assert data.startswith(b'\xef\xbb\xbf"claim",')
    assert data.endswith(b'"\r\n')


def test_it_comes_row_by_row():
    asked = []

    def many():
        for number in range(1000):
            asked.append(number)
            yield replace(ENTRY, number=number)

    stream = csv.write(many())
    for _ in range(3):
        next(stream)

    assert asked == [0, 1]


@pytest.mark.parametrize(
    "cell",
    [
        "=2+3",
        "+2+3",
        "-2+3",
        "@AVERAGE(1)",
        "\t=2+3",
        " =2+3",
        "\r=2+3",
        "\n=2+3",
        '=HYPERLINK("http://127.0.0.2")',
        "＝2+3",
        "\u200b=2+3",
        "\ufeff@SUM(1)",
        "\u00a0+cmd",
    ],
)
def test_a_cell_that_would_be_run_becomes_text(cell):
    row = rows(replace(ENTRY, statement=cell, claimant=cell))[0]

    assert row["statement"] == f"'{cell}"
    assert row["claimant"] == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["-5", "+3.2 %", "0042", "-1,000", "a=b", "y\n=2+3", 'y","=2+3', "", "£3", "مرحبا"]
)
def test_an_honest_cell_is_kept(cell):
    assert rows(replace(ENTRY, statement=cell))[0]["statement"] == cell


def test_json_holds_every_entry_with_all_of_its_parts():
    said = jsonlib.loads(b"".join(json.write([ENTRY, replace(ENTRY, number=2)], {"title": "T", "report": 1})))

    assert (said["title"], said["report"], [item["number"] for item in said["claims"]]) == ("T", 1, [1, 2])
    assert said["claims"][0]["statement"] == ENTRY.statement
    assert said["claims"][0]["evidence"][0]["quote"] == "So it is."
    assert said["claims"][0]["is_retracted"] is False


@pytest.mark.parametrize("about", [{}, {"title": "ends with }"}, {"nested": {"a": {}}}])
def test_json_is_whole_without_claims_and_with_any_head(about):
    assert jsonlib.loads(b"".join(json.write([], about))) == {**about, "claims": []}
