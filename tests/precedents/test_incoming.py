"""Files of earlier checks: bytes in, rows out."""

from __future__ import annotations

import json
from datetime import date

import pytest

from annotations.precedents import incoming
from annotations.precedents.incoming import Incoming, RowError, Unreadable, read_checks
from annotations.precedents.incoming.rows import MAX_CHARACTERS

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "@id": "https://checks.example/1#r",
    "claimReviewed": "The dam in Lubin broke.",
    "headline": "No, the dam holds",
    "url": "https://checks.example/1",
    "datePublished": "2024-03-02T10:00:00Z",
    "inLanguage": "en",
    "author": {"@type": "Organization", "name": "Dam Checks"},
    "itemReviewed": {"@type": "Claim", "author": [{"name": "Ada Brandt"}], "datePublished": "2024-03-01"},
    "reviewRating": {
        "ratingValue": "1",
        "bestRating": "5",
        "worstRating": "1",
        "alternateName": "Pure fiction",
    },
}


def rows(data: bytes | str | object, **given: str) -> list[Incoming | RowError]:
    if not isinstance(data, bytes):
        data = (data if isinstance(data, str) else json.dumps(data)).encode()
    return list(read_checks(data, **given))


def claims(found: list[Incoming | RowError]) -> list[str]:
    return [row.claim for row in found if isinstance(row, Incoming)]


def errors(found: list[Incoming | RowError]) -> list[tuple[int, str]]:
    return [(row.line, row.field) for row in found if isinstance(row, RowError)]


def test_every_field_of_a_claimreview_is_read():
    (row,) = rows(REVIEW)

    assert row == Incoming(
        line=1,
        claim="The dam in Lubin broke.",
        title="No, the dam holds",
        url="https://checks.example/1",
        publisher="Dam Checks",
        rating_text="Pure fiction",
        rating="false",
        rating_how="the number 1 between 1 (worst) and 5 (best)",
        claimant="Ada Brandt",
        claimed_on=date(2024, 3, 1),
        reviewed_on=date(2024, 3, 2),
        language="en",
        raw_id="https://checks.example/1#r",
    )


OTHER = {"@type": ["ClaimReview"], "claimReviewed": "Bees fly.", "author": "Bee Checks"}


@pytest.mark.parametrize(
    "feed",
    [
        [REVIEW, OTHER],
        [[REVIEW], [OTHER]],
        {"@type": "ItemList", "itemListElement": [{"position": 1, "item": REVIEW}, {"item": OTHER}]},
        {
            "@type": "DataFeed",
            "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}, {"item": OTHER}],
        },
        {"@graph": [{"@type": "WebPage", "name": "x"}, REVIEW, {"@type": "Organization"}, OTHER]},
    ],
)
def test_the_shapes_of_a_feed(feed: object):
    assert claims(rows(feed)) == ["The dam in Lubin broke.", "Bees fly."]
    assert errors(rows(feed)) == []


def test_the_answer_of_a_search_api():
    review = {"publisher": {"name": "Bee Checks", "site": "b.example"}, "url": "https://b.example/1", "title": "T",
              "reviewDate": "2024-01-02T00:00:00Z", "textualRating": "Mostly False", "languageCode": "en"}  # fmt: skip
    (row,) = rows({"claims": [{"text": "Bees fly.", "claimant": "Ada", "claimReview": [review]}]})

    assert (row.claim, row.claimant, row.publisher, row.rating) == (
        "Bees fly.",
        "Ada",
        "Bee Checks",
        "mostly_false",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom"])
def test_a_table_with_its_delimiter_and_encoding(delimiter: str, encoding: str):
    lines = [["Statement", "Verdict", "Link", "Date", "Source"],
             ['"Bees; fly,\nover ""Łódź"""', "Faux", "https://b.example/1", "2 January 2024",
              "Bee Checks"]]  # fmt: skip
    text = "\r\n".join(delimiter.join(cells) for cells in lines)
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-bom" else text.encode(encoding)

    (row,) = rows(data, filename="checks.csv")

    assert (row.line, row.claim) == (2, 'Bees; fly,\nover "Łódź"')
    assert (row.rating_text, row.rating, row.url) == ("Faux", "false", "https://b.example/1")
    assert (row.reviewed_on, row.publisher) == (date(2024, 1, 2), "Bee Checks")


def test_the_text_is_the_claim_only_where_no_column_is_called_claim():
    assert claims(rows("text,rating\nBees fly.,True\n")) == ["Bees fly."]
    assert claims(rows("text,claim\nlong story,Bees fly.\n")) == ["Bees fly."]


def test_lines_of_json_with_their_own_names_or_as_claimreview():
    lines = [{"claim": "Bees fly.", "verdict": "True", "lang": "en"}, REVIEW, {"text": "Lines\u2028inside"}]
    found = rows("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), filename="x.jsonl")

    assert claims(found) == ["Bees fly.", "The dam in Lubin broke.", "Lines\u2028inside"]
    assert [row.line for row in found] == [1, 2, 3]


def test_a_bad_row_stops_no_other():
    text = (
        "claim,url,date,language\n"
        "One,https://a.example,2024-01-01,en\n"
        ",https://a.example,,\n"
        "Two,javascript:alert(1),01/02/2024,english language\n"
        "Three\n"
        "Four,a,b,c,d,e\n"
        "\n"
        "Five,http://a.example/5,2024-13-01,\n"
        "Six,,,\n"
    )
    found = rows(text)

    assert claims(found) == ["One", "Three", "Six"]
    assert errors(found) == [
        (3, "claim"), (4, "url"), (4, "language"), (4, "reviewed_on"), (6, ""), (8, "reviewed_on"),
    ]  # fmt: skip


def test_what_repeats_an_earlier_row_is_reported():
    found = rows("id,claim,url\n1,Bees  fly.,https://a.example\n2,bees fly.,https://a.example\n1,Other,\n")

    assert claims(found) == ["Bees  fly."]
    assert [(row.line, row.field, row.message) for row in found if isinstance(row, RowError)] == [
        (3, "claim", "This repeats line 2."), (4, "raw_id", "This repeats line 2."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://a.example", "//a.example", "http://", "https://u:p@a.example", "https://a b.example",
     "https://a.example/<script>", "http://[::1", "data:text/html,x", "https://a.example:99999/",
     "https://a.example/" + "x" * 2000],
)  # fmt: skip
def test_addresses_that_are_no_web_address_are_refused(url: str):
    assert errors(rows([REVIEW | {"url": url}])) == [(1, "url")]


@pytest.mark.parametrize(
    "claim",
    [
        "x\x00y",
        "x\udcff",
        "",
        "  ",
        "…",
        "x" * (MAX_CHARACTERS + 1),
        ["x"],
        {"a": 1},
        True,
        "x\x1b[31m",
        "y\x85x",
    ],
)
def test_a_claim_that_cannot_be_kept_is_refused(claim: object):
    assert errors(rows([REVIEW | {"claimReviewed": claim}, OTHER])) == [(1, "claim")]


@pytest.mark.parametrize(
    "kept",
    ["=2+3", '=HYPERLINK("http://127.0.0.2")', "</script><img src=q>", '"},{"@type":"x"', "a \\\\", "a📰b",
     "\u202bx", "x' OR 'a'='a", "0042", "1" * 60, "a\u2028b"],
)  # fmt: skip
def test_hostile_but_honest_text_is_kept_exactly(kept: str):
    assert claims(rows([REVIEW | {"claimReviewed": kept}])) == [kept]
    assert claims(rows(json.dumps({"claim": kept, "url": ""}) + "\n" + json.dumps({"claim": "B"}))) == [
        kept,
        "B",
    ]


@pytest.mark.parametrize(
    ("data", "given"),
    [
        (b"", {}),
        (b"  \n", {}),
        (b"\xff\xfa\x00claim", {}),
        (b"<html><script type=application/ld+json>{}</script>", {}),
        (b"{", {"kind": "claimreview"}),
        (b"[" * 100_000, {"kind": "claimreview"}),
        (b"{}", {"kind": "claimreview"}),
        (b"[]", {"kind": "claimreview"}),
        (b'{"@type": "Person"}', {}),
        (b"name;age\nA;3", {}),
        (b"claim\nx", {"kind": "pdf"}),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_a_sentence(data: bytes, given: dict[str, str]):
    with pytest.raises(Unreadable) as refusal:
        rows(data, **given)

    assert refusal.value.reason.endswith(".") and len(refusal.value.reason) > 10


def test_the_size_and_the_rows_of_a_file_are_bounded(monkeypatch):
    monkeypatch.setattr(incoming, "MAX_BYTES", 40)
    with pytest.raises(Unreadable, match="MB"):
        rows("claim\n" + "x\n" * 40)
    monkeypatch.setattr(incoming, "MAX_BYTES", 10**6)
    monkeypatch.setattr(incoming, "MAX_ROWS", 3)

    found = rows("claim\na\nb\nc\nd\ne\n")

    assert claims(found) == ["a", "b", "c"]
    assert errors(found) == [(5, "")]


def test_a_quote_that_is_never_closed_swallows_no_more_than_a_row_may_hold():
    text = 'claim\n"open ' + "x\n" * 100_000 + "Last claim\n"

    found = rows(text)

    assert errors(found)[0][0] == 2
    assert "Last claim" in claims(found)


def test_deep_entries_and_other_things_in_a_feed_are_reported():
    deep: object = REVIEW
    for _ in range(30):
        deep = [deep]

    assert errors(rows([{"@type": "Person"}, 3, None, OTHER])) == [(1, "@type"), (2, "@type"), (3, "@type")]
    with pytest.raises(Unreadable):
        rows(deep)
