from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.claims.extraction.engine import Candidate, extract
from annotations.claims.extraction.scoring import TYPES

COUNCIL = (
    "Moscow has strengthened its ties. According to Dorothy Camille Shea, the deputy U.S. ambassador to the U.N., "
    "over 12,000 North Korean soldiers are currently in Russia and began engaging Ukrainian forces in the Kursk "
    "region last month.\n\n"
    "North Korea’s UN ambassador, Kim Song, defended Monday's missile test, describing it as part of an effort. "
    'He accused the United States of hypocrisy: "When the civilian death toll exceeded 45,000 in Gaza, United States '
    'embellished the atrocity as the right to self-defense… Meanwhile, it takes issue with the right."\n\n'
    "North Korea has faced U.N. sanctions since 2006, aimed at halting its nuclear weapons programs."
)


def claims_of(text: str, **more: object) -> list[Candidate]:
    return extract(text, published_on=date(2025, 1, 9), **more)  # type: ignore[arg-type]


def the_claim(text: str, exact: str) -> Candidate:
    found = {claim.exact: claim for claim in claims_of(text)}
    assert exact in found, sorted(found)
    return found[exact]


def test_two_claims_of_one_sentence_are_found_apart() -> None:
    soldiers = the_claim(COUNCIL, "over 12,000 North Korean soldiers are currently in Russia")
    kursk = the_claim(COUNCIL, "began engaging Ukrainian forces in the Kursk region last month")

    assert soldiers.claimant == kursk.claimant == "Dorothy Camille Shea"
    assert soldiers.attribution == "REPORTED"
    assert [(q.comparator, q.value, q.unit) for q in soldiers.quantities] == [
        (">", "12000", "North Korean soldiers")
    ]
    assert [day.iso for day in kursk.dates] == ["2024-12"]
    assert kursk.statement.startswith("Over 12,000 North Korean soldiers began engaging")
    assert soldiers.sentence_start < soldiers.start < soldiers.end < soldiers.sentence_end


def test_a_quoted_clause_is_its_speakers_even_when_the_text_says_he() -> None:
    claim = the_claim(COUNCIL, "the civilian death toll exceeded 45,000 in Gaza")

    assert (claim.claimant, claim.attribution) == ("Kim Song", "QUOTED")
    assert [(q.comparator, q.value, q.unit) for q in claim.quantities] == [(">", "45000", "deaths")]
    assert claim.statement == "The civilian death toll exceeded 45,000 in Gaza."


def test_what_nobody_is_quoted_with_is_the_outlets_own_claim() -> None:
    claim = the_claim(COUNCIL, "North Korea has faced U.N. sanctions since 2006")

    assert (claim.claimant, claim.attribution, claim.cue) == ("", "OUTLET", "")
    assert [(q.comparator, q.value, q.unit) for q in claim.quantities] == [("since", "2006", "year")]
    assert [(day.iso, day.role) for day in claim.dates] == [("2006", "since")]


@pytest.mark.parametrize(
    ("text", "exact", "claimant", "cue"),
    [
        (
            "The mayor told reporters on Monday that crime fell by 12 percent.",
            "crime fell by 12 percent",
            "The mayor",
            "told",
        ),
        (
            "Police arrested 12 protesters outside the building, a spokesman said.",
            "Police arrested 12 protesters outside the building",
            "a spokesman",
            "said",
        ),
        (
            "Scientists discovered that the vaccine reduces infections by 75 percent, the BBC reported.",
            "Scientists discovered that the vaccine reduces infections by 75 percent",
            "BBC",
            "reported",
        ),
        (
            "“Our schools lost 4,000 teachers last year,” said Maria Lopez, the head of the union.",
            "Our schools lost 4,000 teachers last year",
            "Maria Lopez",
            "said",
        ),
        (
            "Jeff Rathke, the department's spokesman, said the army killed 20 villagers in May.",
            "the army killed 20 villagers in May",
            "Jeff Rathke",
            "said",
        ),
        (
            "The army killed 20 villagers in the north, according to Human Rights Watch.",
            "The army killed 20 villagers in the north",
            "Human Rights Watch",
            "according to",
        ),
        (
            "Britain's economy grew by 0.6% in early 2024, official figures showed on Friday, ending a recession.",
            "Britain's economy grew by 0.6% in early 2024",
            "official figures",
            "showed",
        ),
        (
            '"Inflation fell to 3.2% in March," finance minister Jeremy Hunt said.',
            "Inflation fell to 3.2% in March",
            "Jeremy Hunt",
            "said",
        ),
        (
            "The senator claimed without evidence that 5,000 dead people voted.",
            "5,000 dead people voted",
            "The senator",
            "claimed",
        ),
        (
            "Malaysia's Prime Minister, Najib Razak, said the navy rescued 300 migrants.",
            "the navy rescued 300 migrants",
            "Najib Razak",
            "said",
        ),
        (
            "A new study has found that half of the children suffer from iodine deficiency.",
            "half of the children suffer from iodine deficiency",
            "A new study",
            "found",
        ),
    ],
)
def test_the_speaker_is_taken_off_the_words_and_kept(text: str, exact: str, claimant: str, cue: str) -> None:
    claim = the_claim(text, exact)

    assert (claim.claimant, claim.cue) == (claimant, cue)


def test_a_last_name_stands_for_the_full_name_from_before() -> None:
    text = (
        "Jo Ann Hardesty, a member of the council, said the city owes $3.4 billion. Nobody replied.\n\n"
        '"Fewer than 60,000 people rode the trains in 2023," Hardesty said.'
    )

    claim = the_claim(text, "Fewer than 60,000 people rode the trains in 2023")

    assert claim.claimant == "Jo Ann Hardesty"


def test_a_quotation_of_two_sentences_belongs_to_the_speaker_named_after_it() -> None:
    text = (
        "The mayor, Ann Lee, said 12 people died. \n\n"
        "“Wages rose by 5 percent in 2024. The city created 14,000 jobs,” said Bob Stone, the treasurer."
    )

    assert the_claim(text, "Wages rose by 5 percent in 2024").claimant == "Bob Stone"
    assert the_claim(text, "The city created 14,000 jobs").claimant == "Bob Stone"
    assert the_claim(text, "12 people died").claimant == "Ann Lee"


def test_the_outlets_half_of_a_sentence_is_not_put_in_anybodys_mouth() -> None:
    text = (
        "The broadcasts began on August 10 and killed nobody, and South Korea says 80 people were evacuated."
    )

    assert the_claim(text, "80 people were evacuated").claimant == "South Korea"
    assert all(claim.claimant != "South Korea" for claim in claims_of(text) if claim.start < 50)


def test_an_opening_adjunct_is_left_out_and_its_date_is_kept() -> None:
    claim = the_claim(
        "On Friday, fishermen rescued over 700 migrants.", "fishermen rescued over 700 migrants"
    )

    assert [day.iso for day in claim.dates] == ["2025-01-03"]


def test_a_tail_that_counts_victims_stays_in_the_claim() -> None:
    text = "A bomb exploded in the market on Monday, killing 20 people."

    assert [claim.exact for claim in claims_of(text)] == [text.rstrip(".")]


@pytest.mark.parametrize(
    "text",
    [
        "Is it worth the money?",
        "I think it is a wonderful day for all of us.",
        "We should thank the nurses for their work.",
        "The council met to discuss the plan.",
        "By Maria Lopez",
        "Image: Jambula.",
        "Thursday, January 9, 2025",
        "It will likely be a beautiful summer.",
    ],
)
def test_what_cannot_be_checked_is_not_proposed(text: str) -> None:
    assert [claim for claim in claims_of(text) if not claim.is_sample] == []


def test_other_languages_give_nothing_rather_than_wrong_candidates() -> None:
    german = "Die Regierung sagte, dass 12.000 Soldaten in der Stadt sind. Es starben 45 Menschen. " * 8

    assert claims_of("Wages rose by 3 percent in 2024.", language="de") == []
    assert claims_of(german, language="") == []
    assert claims_of(COUNCIL, language="en-GB") == claims_of(COUNCIL, language="") != []


def test_progress_counts_every_sentence_up_to_the_last() -> None:
    seen: list[tuple[int, int]] = []

    claims_of(COUNCIL, progress=lambda done, total: seen.append((done, total)))

    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert seen[-1] == (len(seen), len(seen))


def test_every_signal_that_raises_a_score_is_named_with_it() -> None:
    claim = the_claim(COUNCIL, "over 12,000 North Korean soldiers are currently in Russia")

    assert {"number", "attributed"} <= {signal.code for signal in claim.signals}
    assert abs(claim.signals[0].weight) == max(abs(signal.weight) for signal in claim.signals)


WORDS = st.lists(
    st.sampled_from(
        '"|“|”|said|that|according to|'
        ",|.|. |and|but|Kim Song|he|12,000|soldiers|killed|in 2014|; |which|\n\n|😀|É|الأجور|%|"
        "over|since|is|\u200b|$5|(|)|: |The|'s|when".split("|")
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(WORDS.map(" ".join))
def test_whatever_comes_in_the_spans_are_exact_and_the_result_is_the_same_twice(text: str) -> None:
    found = extract(text)

    assert found == extract(text)
    assert len({(claim.start, claim.end) for claim in found}) == len(found)
    for claim in found:
        assert text[claim.start : claim.end] == claim.exact == claim.exact.strip()
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end
        assert 0 <= claim.score <= 1
        assert claim.type in TYPES
        assert claim.attribution in {"QUOTED", "REPORTED", "OUTLET"}
        assert all(text[part.start : part.end] == part.text for part in (*claim.quantities, *claim.dates))


@pytest.mark.parametrize(
    "bait",
    [
        "1,",
        "one-",
        "he said, ",
        "according to ",
        '"',
        "“a ",
        "A. ",
        "more than ",
        "and was killed ",
        "in May 5 ",
        " ",
        "U.",
    ],
)
def test_bait_for_patterns_is_read_to_its_end(bait: str) -> None:
    assert extract(bait * (100_000 // len(bait)), language="en") is not None
