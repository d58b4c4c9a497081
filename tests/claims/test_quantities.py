"""The figures of a claim, edited as data."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.claims.models import Label
from annotations.claims.quantities import COMPARATORS, checked_quantities, number_of
from annotations.claims.services.wording import edit_claim
from annotations.refusals import Incomplete, NotAllowed, Stale
from annotations.steps.services import undo_claim
from tests import factories


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


def checked(*rows, known=(), exact="over 12,000 soldiers", start=100):
    return checked_quantities(rows, known=known, exact=exact, start=start)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12000", "12000"),
        ("12,000", "12000"),
        ("12 000", "12000"),
        ("1\u202f234\u202f567.5", "1234567.5"),
        ("1’500", "1500"),
        ("1.5 million", "1500000"),
        ("2 Billion", "2000000000"),
        ("0.25", "0.25"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("007", "7"),
        (" 5 ", "5"),
    ],
)
def test_a_number_is_read_plain_or_grouped(words, number):
    assert number_of(words) == number


@pytest.mark.parametrize(
    "words", ["", "many", "1,2,3", "12,00", "12.5.6", "1e5", "٣", "NaN", "inf", "5 %", "1" * 40]
)
def test_what_is_no_number_is_refused(words):
    with pytest.raises(ValueError, match="Write a number"):
        number_of(words)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"comparator": "!", "value": "5"}, "comparator"),
        ({"value": "lots"}, "value"),
        ({"comparator": "between", "value": "5"}, "high"),
        ({"comparator": "between", "value": "9", "high": "5"}, "high"),
        ({"comparator": ">", "value": "9", "high": "15"}, "high"),
        ({"unit": "soldiers"}, "value"),
        ({"value": "5", "as_of": "January"}, "as_of"),
        ({"value": "5", "as_of": "2025-13"}, "as_of"),
        ({"value": "5", "unit": "x" * 61}, "unit"),
        ({"value": "5", "text": "a\x00b"}, "text"),
    ],
)
def test_a_row_that_cannot_be_right_says_which_field(row, field):
    with pytest.raises(Incomplete) as refused:
        checked({"value": "1"}, row)

    assert list(refused.value.problems) == [f"quantities.1.{field}"]


def test_an_empty_row_is_taken_away_and_too_many_are_refused():
    assert checked({"comparator": ">", "value": " "}, {}) == []
    with pytest.raises(Incomplete):
        checked(*[{"value": "1"}] * 21)


def test_words_of_the_claim_keep_their_place_and_others_have_none():
    known = [{"text": "12,000", "start": 7, "end": 13}]

    inside, before, outside = checked(
        {"value": "1", "text": "over 12,000"},
        {"value": "1", "text": "12,000"},
        {"value": "1", "text": "elsewhere"},
        known=known,
    )

    assert (inside["start"], inside["end"]) == (100, 111)
    assert (before["start"], before["end"]) == (7, 13)
    assert (outside["start"], outside["end"]) == (None, None)


@pytest.mark.parametrize("comparator", COMPARATORS)
def test_every_comparator_of_the_list_can_be_kept(comparator, claim, reviewer):
    row = {"comparator": comparator, "value": "5", "high": "7" if comparator == "between" else ""}

    edit_claim(claim=claim, version=claim.version, by=reviewer, quantities=[row])

    claim.refresh_from_db()
    assert claim.quantities[0]["comparator"] == comparator


def test_an_edit_is_kept_as_a_label_and_can_be_undone(claim, reviewer):
    before = claim.quantities

    edit_claim(
        claim=claim,
        version=claim.version,
        by=reviewer,
        quantities=[{"comparator": ">=", "value": "11,000", "unit": "soldiers", "as_of": "2025-01"}],
        place="Russia",
    )
    edited = (claim.quantities[0]["value"], claim.place, Label.objects.filter(decision="EDITED").count())
    undo_claim(claim=claim, version=claim.version, by=reviewer)

    assert before
    assert edited == ("11000", "Russia", 1)
    assert (claim.quantities, claim.place) == (before, "")
    assert not Label.objects.standing().filter(claim=claim, decision="EDITED").exists()


def test_a_stale_edit_of_figures_shows_both(claim, reviewer, colleague):
    seen = claim.version
    edit_claim(claim=claim, version=seen, by=colleague, quantities=[{"value": "11000"}])

    with pytest.raises(Stale) as refused:
        edit_claim(claim=claim, version=seen, by=reviewer, quantities=[{"value": "13000"}])

    assert refused.value.current["quantities"][0]["value"] == "11000"
    assert refused.value.yours["quantities"][0]["value"] == "13000"


def test_figures_stand_still_once_the_verdict_is_submitted(article, reviewer):
    claim = factories.submitted(article, reviewer, "45,000")

    with pytest.raises(NotAllowed):
        edit_claim(claim=claim, version=claim.version, by=reviewer, quantities=[])


def test_the_original_wording_and_the_opinion_type_are_kept(claim, reviewer):
    edit_claim(
        claim=claim,
        version=claim.version,
        by=reviewer,
        type="OPINION",
        original="그들은 노예다",
        said_on=date(2025, 1, 8),
    )

    claim.refresh_from_db()
    assert (claim.type, claim.original) == ("OPINION", "그들은 노예다")
