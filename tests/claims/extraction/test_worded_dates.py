"""A table of worded dates, each resolved against the day of publication. The sentences are made up."""

from __future__ import annotations

import re
from datetime import date

import pytest

from annotations.claims.extraction import date_filters, date_words, dates
from annotations.claims.extraction.dates import DateMention, find_dates

THURSDAY = date(2025, 1, 9)
# sentence | its words | role | iso | first and last day, or the one day | precision | published on
_TABLE = """
The bridge fell on Monday. | Monday | on | 2025-01-06 | 2025-01-06 | day
The court will rule on Monday. | Monday | on | 2025-01-13 | 2025-01-13 | day
Voters go to the polls next Monday. | next Monday | | 2025-01-13 | 2025-01-13 | day
It rained last Thursday. | last Thursday | | 2025-01-02 | 2025-01-02 | day
Talks resumed on Thursday. | Thursday | on | 2025-01-09 | 2025-01-09 | day
The strike is due to begin on Tuesday. | Tuesday | on | 2025-01-14 | 2025-01-14 | day
On Friday, the council will vote. | Friday | on | 2025-01-10 | 2025-01-10 | day
On Friday, the council voted. | Friday | on | 2025-01-03 | 2025-01-03 | day
The site was down by Thursday night. | Thursday night | by | 2025-01-09 | 2025-01-09 | day
Shots were heard early on Sunday. | early on Sunday | on | 2025-01-05 | 2025-01-05 | day
The train derailed late Saturday evening. | late Saturday evening | | 2025-01-04 | 2025-01-04 | day
The shop was shut on Tuesday afternoon. | Tuesday afternoon | on | 2025-01-07 | 2025-01-07 | day
The ship sank yesterday. | yesterday | | 2025-01-08 | 2025-01-08 | day
Schools reopen tomorrow. | tomorrow | | 2025-01-10 | 2025-01-10 | day
About 40 people live there today. | today | | 2025-01-09 | 2025-01-09 | day
The envoy arrived yesterday morning. | yesterday morning | | 2025-01-08 | 2025-01-08 | day
The fire started this morning. | this morning | | 2025-01-09 | 2025-01-09 | day
The alarm rang last night. | last night | | 2025-01-08 | 2025-01-08 | day
They left the day before yesterday. | the day before yesterday | | 2025-01-07 | 2025-01-07 | day
The march is planned for the day after tomorrow. | the day after tomorrow | for | 2025-01-11 | 2025-01-11 | day
Prices fell last week. | last week | | | 2024-12-30 2025-01-05 | week
The bill passes this week. | this week | | | 2025-01-06 2025-01-12 | week
Parliament meets next week. | next week | | | 2025-01-13 2025-01-19 | week
The road closed earlier this week. | earlier this week | | | 2025-01-06 2025-01-12 | week
The fair opened at the weekend. | the weekend | at | | 2025-01-04 2025-01-05 | range
Floods came last weekend. | last weekend | | | 2025-01-04 2025-01-05 | range
The match is next weekend. | next weekend | | | 2025-01-18 2025-01-19 | range
The regiment moved last month. | last month | | 2024-12 | 2024-12-01 2024-12-31 | month
Rents rose earlier this month. | earlier this month | | 2025-01 | 2025-01-01 2025-01-31 | month
The trial opens next month. | next month | | 2025-02 | 2025-02-01 2025-02-28 | month
Exports shrank last year. | last year | | 2024 | 2024-01-01 2024-12-31 | year
Exports shrank against the same month last year. | the same month last year | | 2024 | 2024-01-01 2024-12-31 | year
Wages rose this year. | this year | | 2025 | 2025-01-01 2025-12-31 | year
A new dam opens next year. | next year | | 2026 | 2026-01-01 2026-12-31 | year
The plant closed earlier this year. | earlier this year | | 2025 | 2025-01-01 2025-12-31 | year
Rents will double by the end of the year. | the end of the year | by | 2025 | 2025-09-01 2025-12-31 | part
Sales slumped last summer. | last summer | | | 2024-06-01 2024-08-31 | season
The law changes this spring. | this spring | | | 2025-03-01 2025-05-31 | season
The games begin next winter. | next winter | | | 2025-12-01 2026-02-28 | season
Output fell last quarter. | last quarter | | | 2024-10-01 2024-12-31 | quarter
The town grew in the past decade. | the past decade | in | | 2015-01-09 2025-01-09 | range
The river rose over the past 30 days. | the past 30 days | over | | 2024-12-10 2025-01-09 | range
Two bridges collapsed in the last five months. | the last five months | in | | 2024-08-09 2025-01-09 | range
Rain is expected in the next three days. | the next three days | in | | 2025-01-09 2025-01-12 | range
He fasted for the past week. | the past week | for | | 2025-01-02 2025-01-09 | range
Crime fell in the past year. | the past year | in | | 2024-01-09 2025-01-09 | range
In recent years, fish stocks have fallen. | recent years | in | | | range
In the past few days three towns protested. | the past few days | in | | | range
The well dried up two years ago. | two years ago | | 2023 | 2023-01-01 2023-12-31 | year
A post was made 24 hours ago. | 24 hours ago | | 2025-01-08 | 2025-01-08 | day
The pass was cleared three days ago. | three days ago | | 2025-01-06 | 2025-01-06 | day
The bank failed a month ago. | a month ago | | 2024-12 | 2024-12-01 2024-12-31 | month
The union split two weeks ago. | two weeks ago | | | 2024-12-23 2024-12-29 | week
The fort fell a century ago. | a century ago | | | 1900-01-01 1999-12-31 | century
Gold was found four decades ago. | four decades ago | | | 1980-01-01 1989-12-31 | decade
The pair met several years ago. | several years ago | | | | year
The crew replied within 48 hours. | within 48 hours | within | | | range
Two days later the dam broke. | Two days later | | | | day
The bank had opened a year earlier. | a year earlier | | | | year
The ban has held since 2006. | 2006 | since | 2006 | 2006-01-01 2006-12-31 | year
The contract runs until 2030. | 2030 | until | 2030 | 2030-01-01 2030-12-31 | year
Emissions must fall by 2050. | 2050 | by | 2050 | 2050-01-01 2050-12-31 | year
He ruled from 1999 to 2004. | from 1999 to 2004 | from | 1999 | 1999-01-01 2004-12-31 | range
Between 2006 and 2010 the lake shrank. | Between 2006 and 2010 | between | 2006 | 2006-01-01 2010-12-31 | range
From July 2003 to May 2004 it ran. | From July 2003 to May 2004 | from | 2003-07 | 2003-07-01 2004-05-31 | range
The tax was cut in 2014. | 2014 | in | 2014 | 2014-01-01 2014-12-31 | year
The 2016 election was close. | 2016 | | 2016 | 2016-01-01 2016-12-31 | year
The decree dates from 1887. | 1887 | from | 1887 | 1887-01-01 1887-12-31 | year
The abbey burned in 1066. | 1066 | in | 1066 | 1066-01-01 1066-12-31 | year
The plan was drawn in early 2014. | early 2014 | in | 2014 | 2014-01-01 2014-04-30 | part
Rates peaked in mid-2022. | mid-2022 | in | 2022 | 2022-05-01 2022-08-31 | part
The rail link opened in late 2019. | late 2019 | in | 2019 | 2019-09-01 2019-12-31 | part
The 2019-20 season was cut short. | 2019-20 | | 2019 | 2019-01-01 2020-12-31 | range
The war of 1939–1945 ruined the port. | 1939–1945 | of | 1939 | 1939-01-01 1945-12-31 | range
The mine closed in the 1990s. | the 1990s | in | | 1990-01-01 1999-12-31 | decade
The style spread in the early 1960s. | the early 1960s | in | | 1960-01-01 1963-12-31 | part
Taxes fell in the late 1980s. | the late 1980s | in | | 1987-01-01 1989-12-31 | part
The canal was dug in the 19th century. | the 19th century | in | | 1801-01-01 1900-12-31 | century
A plague came in the early 17th century. | the early 17th century | in | | 1601-01-01 1634-05-01 | part
The temple was built in 300 BC. | 300 BC | in | | | year
The dispute began on 16 May. | 16 May | on | 2024-05-16 | 2024-05-16 | day
The treaty was signed on May 16, 2015. | May 16, 2015 | on | 2015-05-16 | 2015-05-16 | day
The file is dated 2015-05-16. | 2015-05-16 | | 2015-05-16 | 2015-05-16 | day
The act was read on 8 March 2021. | 8 March 2021 | on | 2021-03-08 | 2021-03-08 | day
The senate sat on Friday, June 3, 2005. | Friday, June 3, 2005 | on | 2005-06-03 | 2005-06-03 | day
The pact was signed on the 3rd of June 2019. | the 3rd of June 2019 | on | 2019-06-03 | 2019-06-03 | day
The stamp says 16/05/2015. | 16/05/2015 | | 2015-05-16 | 2015-05-16 | day
The order was issued on 16.05.2015. | 16.05.2015 | on | 2015-05-16 | 2015-05-16 | day
Shelling began on August 10. | August 10 | on | 2024-08-10 | 2024-08-10 | day
The festival will open on 1 July. | 1 July | on | 2025-07-01 | 2025-07-01 | day
The town was taken on March 5. | March 5 | on | 2024-03-05 | 2024-03-05 | day
The vote is on Jan. 20. | Jan. 20 | on | 2025-01-20 | 2025-01-20 | day
The dam gave way on the night of 3 June. | the night of 3 June | on | 2024-06-03 | 2024-06-03 | day
The fair ran from June 3-5, 2020. | from June 3-5, 2020 | from | 2020-06-03 | 2020-06-03 2020-06-05 | range
Rain fell between 3 and 7 June 2021. | between 3 and 7 June 2021 | between | 2021-06-03 | 2021-06-03 2021-06-07 | range
The senate sat until December 24. | December 24 | until | 2024-12-24 | 2024-12-24 | day
Prices fell in July 2003. | July 2003 | in | 2003-07 | 2003-07-01 2003-07-31 | month
The unit was formed in December. | December | in | 2024-12 | 2024-12-01 2024-12-31 | month
The clinic closed in mid-March. | mid-March | in | 2024-03 | 2024-03-11 2024-03-20 | part
The fleet sailed last March. | last March | | 2024-03 | 2024-03-01 2024-03-31 | month
The envoy returns next March. | next March | | 2025-03 | 2025-03-01 2025-03-31 | month
The dam will be empty until May. | May | until | 2025-05 | 2025-05-01 2025-05-31 | month
Snow fell in early February 2018. | early February 2018 | in | 2018-02 | 2018-02-01 2018-02-10 | part
Output grew in the first quarter of 2019. | the first quarter of 2019 | in | | 2019-01-01 2019-03-31 | quarter
Profits fell in Q3 2022. | Q3 2022 | in | | 2022-07-01 2022-09-30 | quarter
Exports rose in the second half of 2018. | the second half of 2018 | in | | 2018-07-01 2018-12-31 | half
Rents rose in the first half of last year. | the first half of last year | in | | 2024-01-01 2024-06-30 | half
Sales fell in the fourth quarter. | the fourth quarter | in | | 2024-10-01 2024-12-31 | quarter
The agency overspent in FY2021. | FY2021 | in | 2021 | | year
The deficit shrank in fiscal year 2020. | fiscal year 2020 | in | 2020 | | year
The drought began in summer 2018. | summer 2018 | in | | 2018-06-01 2018-08-31 | season
Protests broke out in the spring of 1968. | the spring of 1968 | in | | 1968-03-01 1968-05-31 | season
The truce held on Christmas Day. | Christmas Day | on | 2024-12-25 | 2024-12-25 | day
Riots broke out on New Year's Eve. | New Year's Eve | on | 2024-12-31 | 2024-12-31 | day
The raid came on Good Friday 2019. | Good Friday 2019 | on | 2019-04-19 | 2019-04-19 | day
Shops shut on Easter Sunday 2024. | Easter Sunday 2024 | on | 2024-03-31 | 2024-03-31 | day
The store opened on Thanksgiving 2023. | Thanksgiving 2023 | on | 2023-11-23 | 2023-11-23 | day
The curfew will end at midnight on Sunday. | midnight on Sunday | at | 2025-01-12 | 2025-01-12 | day
The quake struck at 8:45 a.m. on Tuesday. | 8:45 a.m. on Tuesday | at | 2025-01-07 | 2025-01-07 | day
The site was back at 15:11 GMT. | 15:11 GMT | at | | | time
The crowd left on Saturday at noon. | Saturday at noon | on | 2025-01-04 | 2025-01-04 | day
The tower fell on 9/11. | 9/11 | on | 2001-09-11 | 2001-09-11 | day
The rule was dropped at the end of 2019. | the end of 2019 | at | 2019 | 2019-09-01 2019-12-31 | part
The polls opened at the start of last week. | the start of last week | at | | 2024-12-30 2024-12-31 | part
By the end of the day Saturday it was calm. | the end of the day Saturday | by | 2025-01-04 | 2025-01-04 | day
The leap was made a year ago. | a year ago | | 2023 | 2023-01-01 2023-12-31 | year | 2024-02-29
The rule was changed a month ago. | a month ago | | 2024-02 | 2024-02-01 2024-02-29 | month | 2024-03-31
The market fell yesterday. | yesterday | | 2024-12-31 | 2024-12-31 | day | 2025-01-01
The chapel burned on Sunday. | Sunday | on | 2025-01-05 | 2025-01-05 | day | 2025-01-05
The ferry sails on 3 January. | 3 January | on | 2026-01-03 | 2026-01-03 | day | 2025-12-28
"""


def _row(line: str) -> tuple[str, ...]:
    sentence, words, role, iso, days, precision, *day = (cell.strip(" ") for cell in line.split("|"))
    first, _, last = days.partition(" ")
    return sentence, *(day or [THURSDAY.isoformat()]), words, role, iso, first, last or first, precision


WORDED = [_row(line) for line in _TABLE.strip().splitlines()]


def mentions(text: str, published_on: date | None = THURSDAY) -> tuple[DateMention, ...]:
    return find_dates(text, 0, len(text), published_on)


@pytest.mark.parametrize(
    ("sentence", "published_on", "words", "role", "iso", "first", "last", "precision"), WORDED
)
def test_a_worded_date_is_resolved(
    sentence: str, published_on: str, words: str, role: str, iso: str, first: str, last: str, precision: str
) -> None:
    (found,) = mentions(sentence, date.fromisoformat(published_on))

    assert (found.text, found.role, found.iso, found.first, found.last, found.precision) == (
        words, role, iso, first, last, precision,
    )  # fmt: skip
    assert sentence[found.start : found.end] == words


def test_the_table_holds_a_hundred_different_dates() -> None:
    assert len({row[0] for row in WORDED}) == len(WORDED) >= 100


@pytest.mark.parametrize(
    "sentence",
    [
        "The Sunday Times ran the story.",
        "Theresa May left the room.",
        "It may rain and they may 5 times repeat it.",
        "They march 5 miles.",
        "Some 2000 people came.",
        "Over 1500 sheep were lost.",
        "Between 1500 and 2000 people came.",
        "Resolution 1718 was passed.",
        "A survey of 1709 schoolchildren was printed.",
        "The score stood at 22:30.",
        "20th Century Fox made the film.",
        "Flight 1549 landed in the river.",
    ],
)
def test_what_only_looks_like_a_date_is_none(sentence: str) -> None:
    assert mentions(sentence) == ()


def test_several_dates_stay_apart() -> None:
    text = "On Friday they met, and on 3 June 2019 they parted; in 2021 it was over."

    assert [found.text for found in mentions(text)] == ["Friday", "3 June 2019", "2021"]


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("It fell in 2014.", "2014-01-01"),
        ("It fell on May 16, 2015.", "2015-05-16"),
        ("It fell on Monday.", ""),
        ("It fell last week.", ""),
        ("It fell two years ago.", ""),
        ("It fell on Christmas Day.", ""),
        ("It fell in the first quarter.", ""),
        ("It fell at the end of the year.", ""),
    ],
)
def test_without_a_day_of_publication_only_full_dates_are_resolved(sentence: str, first: str) -> None:
    (found,) = mentions(sentence, None)

    assert found.first == first


@pytest.mark.parametrize(
    "sentence",
    [
        "It fell on February 30, 2019.",
        "It fell 9999 years ago.",
        "It will be over in the next 9999 decades.",
        "It fell on 31.02.2019.",
        "It ran from 2009 to 2004.",
        "It opens on 29 February.",
    ],
)
@pytest.mark.parametrize("published_on", [date(1, 1, 1), THURSDAY, date(9999, 12, 31), None])
def test_a_day_that_no_calendar_has_stays_unresolved_and_raises_nothing(
    sentence: str, published_on: date | None
) -> None:
    for found in mentions(sentence, published_on):
        assert found.first <= found.last
        assert sentence[found.start : found.end] == found.text


@pytest.mark.parametrize("row", WORDED, ids=lambda row: row[2])
@pytest.mark.parametrize("published_on", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_raise_nothing(row: tuple[str, ...], published_on: date) -> None:
    (found,) = mentions(row[0], published_on)

    assert found.text == row[2]


@pytest.mark.parametrize(
    "piece", ["2006 ", "2006-", "May 5 ", "from 2006 to ", "Monday ", "1:30 ", "the past ", "5 and 6 "]
)
def test_twice_the_bait_gives_no_more_than_twice_the_finds(piece: str) -> None:
    short, long = (mentions(piece * count) for count in (2_000, 4_000))

    assert len(long) <= 2 * len(short) + 2
    assert all(len(found.text) < 200 for found in long)


def test_every_repetition_in_the_patterns_is_bounded() -> None:
    patterns = [
        (name, value.pattern)
        for module in (date_filters, date_words, dates)
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    ]

    assert len(patterns) >= 10
    for where in patterns:
        bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", where[1])
        assert not re.search(r"[*+]|\{\d*,\}", bare), where
