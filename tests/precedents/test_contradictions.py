"""Two statements of one corpus that cannot both be right."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.precedents.contradictions import contradiction, read_statement

DAY, SAME_MONTH, LATER = date(2025, 1, 9), date(2025, 1, 20), date(2025, 3, 1)
SOLDIERS = "Over 12,000 North Korean soldiers are in Russia."


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (SOLDIERS, "11,000 North Korean troops are in Russia."),
        (SOLDIERS, "Fewer than 9,000 North Korean soldiers are in Russia."),
        ("The port of Riverton employs 900 people.", "The port of Riverton employs 1,400 people."),
        ("Unemployment in Denmark stands at 4.5 percent.", "Unemployment in Denmark stands at 6%."),
        ("The new bridge cost $4 million.", "The new bridge cost 9 million dollars."),
        ("In 2023 the ferry carried 800 cars.", "The ferry carried 950 cars in 2023."),
        ("Between 10 and 20 ships sank off Gdansk.", "30 ships sank off Gdansk."),
    ],
)
def test_values_that_exclude_each_other(a: str, b: str):
    found = contradiction(read_statement(a, DAY), read_statement(b, SAME_MONTH))

    assert found is not None and found.kind == "NUMBER"
    assert a[found.a_start : found.a_end] == found.a_text
    assert b[found.b_start : found.b_end] == found.b_text
    assert contradiction(read_statement(b, SAME_MONTH), read_statement(a, DAY)) is not None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (SOLDIERS, "13,500 North Korean soldiers are in Russia."),
        (SOLDIERS, "12,000 North Korean soldiers are in Russia."),
        (SOLDIERS, SOLDIERS),
        ("About 12,000 homes in Lubin lost power.", "11,700 homes in Lubin lost power."),
        ("12,000 homes in Lubin lost power.", "12,340 homes in Lubin lost power."),
        ("12,000 homes in Lubin lost power.", "9,000 shops in Lubin lost power."),
        ("The flood in Lubin killed 30 people.", "The flood in Lubin injured 45 people."),
        ("Unemployment in Denmark stands at 4.5 percent.", "Unemployment in Norway stands at 6 percent."),
        ("The trial in Lubin lasted two years.", "The trial in Lubin lasted 24 months."),
        ("In 2022 the ferry carried 800 cars.", "In 2023 the ferry carried 950 cars."),
        ("The ferry carried 800 cars.", "The ferry carried 950 cars in 2023."),
        ("The ferry did not carry 800 cars.", "The ferry carried 950 cars."),
        ("The ferry carried cars.", "The ferry carried 950 cars."),
    ],
)
def test_values_that_may_both_be_right(a: str, b: str):
    assert contradiction(read_statement(a, DAY), read_statement(b, SAME_MONTH)) is None
    assert contradiction(read_statement(b, SAME_MONTH), read_statement(a, DAY)) is None


def test_without_a_date_only_statements_of_one_month_are_compared():
    a, b = "The port of Riverton employs 900 people.", "The port of Riverton employs 1,400 people."

    assert contradiction(read_statement(a, DAY), read_statement(b, LATER)) is None
    assert contradiction(read_statement(a), read_statement(b)) is None


def test_the_subject_has_no_numbers_and_no_dates():
    statement = read_statement("In March 2024 over 12,000 soldiers crossed the river.", DAY)

    assert not any(word.isdigit() or word in ("march", "over") for word in statement.subject)
    assert len(statement.subject) == 3
