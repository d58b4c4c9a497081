"""Copies of one wire story count once: what is taken for one story, and what is not. The texts are made up."""

from __future__ import annotations

import pytest

from annotations.sources.origins import Told, alike, groups, listed, story_of

WIRE = (
    "The harbour council of Westbay voted on Tuesday to close the old ferry terminal by the end of March, ending a"
    " service that has crossed the strait for ninety-one years. Nine members voted for the closure and four against"
    " after a debate that lasted past midnight. Council leader Ana Ruiz said that repairs would cost 14 million"
    " dollars, more than the ferry earns in a decade. Opponents said the figure had never been audited. About 2,300"
    " commuters use the crossing on a working day, according to the port authority, and most of them would have to"
    " take the bridge. A decision on the fate of the two ships is expected in summer."
)
WITH_DATELINE = f"WESTBAY, March 4 (Reuters) - {WIRE}"
CUT_SHORT = "Ferry terminal to close\n\nBy Reuters\n\n" + WIRE[: WIRE.index("Opponents")]
OWN_HEAD = (
    "End of the line for the ferry that made Westbay\n\nOur city desk\n\n"
    + WIRE.replace("voted on Tuesday", "decided on Tuesday night")
    + " Shopkeepers at the quay said on Wednesday that they had not been asked."
)
OWN_REPORT = (
    "Westbay loses its ferry. With nine votes to four the councillors settled a fight that had split the town since"
    " autumn, and they settled it at half past midnight with the public gallery still full. Ana Ruiz, who leads the"
    " council, put the bill for repairs at 14 million dollars. We asked for the engineers' estimate behind that number"
    " and were told it does not exist in writing. The port authority counts 2,300 commuters a day; our own count last"
    " Thursday came to 1,870. Where they will go is a question nobody in the hall could answer."
)
QUOTES_A_SENTENCE = (
    OWN_REPORT
    + " Council leader Ana Ruiz said that repairs would cost 14 million dollars, more than the ferry earns"
    " in a decade."
)
OTHER_WIRE = (
    "NORTHPORT, March 4 (Reuters) - A storm tore the roof off the fish market of Northport on Tuesday and left nine"
    " people with light injuries, the fire service said. Power was restored by noon. The mayor called the damage"
    " limited and said that the market would open again within two weeks, once the beams have been looked at by an"
    " engineer from the province. It was the third storm this winter and the strongest that was measured since 2009."
)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (WIRE, WITH_DATELINE, True),
        (WITH_DATELINE, CUT_SHORT, True),
        (WITH_DATELINE, OWN_HEAD, True),
        (CUT_SHORT, OWN_HEAD, True),
        (WITH_DATELINE, OWN_REPORT, False),
        (OWN_HEAD, OWN_REPORT, False),
        (WITH_DATELINE, QUOTES_A_SENTENCE, False),
        (WITH_DATELINE, OTHER_WIRE, False),
        ("Too short to tell.", "Too short to tell.", False),
        ("", WIRE, False),
        (
            WIRE[:300],
            WIRE + " ".join(f"Page {n} holds the minutes of meeting {n}." for n in range(900)),
            False,
        ),
    ],
)
def test_texts_are_one_story_or_not(one, other, is_same):
    first, second = story_of(one), story_of(other)

    assert alike(first, second).is_same is is_same
    assert alike(second, first) == alike(first, second)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (WITH_DATELINE, "Reuters"),
        (CUT_SHORT, "Reuters"),
        ("It rained.\n\n(AP)", "AP"),
        ("Es regnete.\n\nQuelle: heute\n\ndpa", "dpa"),
        ("BERLIN (AFP) — It rained.", "AFP"),
        ("The AP class sat in the front row, and Reuters was asked about it.", ""),
    ],
)
def test_the_agency_is_read_from_its_credit(text, agency):
    assert story_of(text).agency == agency


def test_with_the_same_agency_on_both_less_will_do():
    half = WIRE.split(". ")
    one = "X (Reuters) - " + ". ".join(half[:4])
    other = "Y (Reuters) - " + ". ".join([*half[2:], OWN_REPORT])

    with_agency = alike(story_of(one), story_of(other))
    without = alike(story_of(one.replace("(Reuters)", "")), story_of(other.replace("(Reuters)", "")))

    assert (with_agency.is_same, with_agency.agency) == (True, "Reuters")
    assert without.is_same is False


def test_quote_marks_case_and_white_space_make_no_difference():
    changed = WIRE.upper().replace(" ", "  ").replace("-", "\u2011")

    assert alike(story_of(WIRE), story_of(changed)).score == 1.0


SAME = {frozenset((1, 3)): "Reuters"}


def told(source, name, **more):
    return Told(source=source, name=name, **more)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([told(1, "times"), told(2, "post"), told(3, "herald")], [[0, 2], [1]]),
        ([told(1, "times"), told(2, "times")], [[0, 1]]),
        ([told(1, "times"), told(3, "herald", is_apart=True)], [[0], [1]]),
        ([told(1, "reuters", is_named=True), told(3, "herald")], [[0, 1]]),
        ([told(1, "times", is_named=True), told(3, "herald", is_named=True)], [[0], [1]]),
        ([told(1, "times"), told(3, "herald"), told(4, "herald")], [[0, 1, 2]]),
        ([], []),
    ],
)
def test_origins_are_grouped_by_name_and_by_text_and_a_person_decides(items, expected):
    assert groups(items, SAME) == expected


def test_numbers_are_listed_as_the_reasons_write_them():
    assert [listed([1], "and"), listed([1, 3], "and"), listed([1, 2, 4], "und")] == [
        "[1]",
        "[1] and [3]",
        "[1], [2] und [4]",
    ]
