from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.claims.extraction.parts import PARTS, part_of
from annotations.claims.extraction.reading import attribution_of, read_sentences, spans_of
from annotations.claims.extraction.sentences import sentences

HERE = Path(__file__).parent


def table(name: str) -> list[tuple[str, list[list[str]]]]:
    """The texts of a table, each with its rows of cells."""
    found = []
    for block in (HERE / name).read_text(encoding="utf-8").split("\n\n")[1:]:
        text, *rows = block.strip().split("\n")
        cells = [[cell.strip() for cell in row.removeprefix("> ").split(" | ")] for row in rows]
        found.append((text.replace("\\n", "\n"), cells))
    return found


ATTRIBUTIONS, PIECES = table("attributions.txt"), table("pieces.txt")


def test_the_tables_hold_what_they_promise() -> None:
    assert sum(len(rows) for _, rows in ATTRIBUTIONS) >= 60
    assert sum(len(rows) for _, rows in PIECES) >= 40


@pytest.mark.parametrize(("text", "expected"), ATTRIBUTIONS, ids=[text[:40] for text, _ in ATTRIBUTIONS])
def test_every_claim_is_its_speakers(text: str, expected: list[list[str]]) -> None:
    found = [
        [text[piece.start : piece.end], said.claimant, said.cue or piece.cue, attribution_of(said, piece)]
        for sentence in read_sentences(text, sentences(text))
        for said in sentence.parts
        for piece in spans_of(text, said)
        if piece.kind != "whole"
    ]

    assert found == expected


@pytest.mark.parametrize(("text", "expected"), PIECES, ids=[text[:40] for text, _ in PIECES])
def test_a_statement_is_cut_into_what_can_be_checked(text: str, expected: list[list[str]]) -> None:
    found = [
        [piece.kind, text[piece.start : piece.end], *([piece.subject] if piece.subject else [])]
        for sentence in read_sentences(text, sentences(text))
        for said in sentence.parts
        for piece in spans_of(text, said)
    ]

    assert found == expected


def speakers(*lines: str) -> list[tuple[str, str, bool]]:
    """Claimant, its words in the sentence, and whether the name stands there, for sentences split beforehand."""
    text, spans, at = "\n".join(lines), [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    read = read_sentences(text, spans)
    assert [(sentence.start, sentence.end) for sentence in read] == spans
    return [
        (part.claimant, part.as_written, part.claimant_in_sentence)
        for sentence in read
        for part in sentence.parts
    ]


def test_a_quotation_runs_over_sentences_that_come_one_by_one() -> None:
    assert speakers(
        "The union met on Sunday.",
        "“Rents rose by a third in 2020.",
        "Wages did not.",
        "Nobody helped us,” said Ana Duarte, a tenant.",
        "The council did not answer.",
    ) == [
        ("", "", True),
        ("Ana Duarte", "", False),
        ("Ana Duarte", "", False),
        ("Ana Duarte", "Ana Duarte", True),
        ("", "", True),
    ]


def test_a_mark_that_is_never_closed_holds_no_more_than_its_sentence() -> None:
    found = speakers(
        'Ana Duarte said: "Rents rose by a third in 2020.',
        "The council met on Monday in the old town hall.",
        "It agreed to build 400 flats near the harbour.",
    )

    assert [claimant for claimant, _, _ in found] == ["Ana Duarte", "", ""]


def test_she_is_never_a_man_who_was_named_last() -> None:
    found = speakers(
        "Mrs Clark said that the shop lost 3,000 euros.",
        "Her landlord, Mr Brown, said that the rent had not changed since 2015.",
        "She said that sales had doubled.",
        "He said that rents had risen by a third.",
    )

    assert [claimant for claimant, _, _ in found] == ["Clark", "Brown", "Clark", "Brown"]
    assert [written for _, written, _ in found[2:]] == ["She", "He"]
    assert [there for _, _, there in found[2:]] == [False, False]


def test_nobody_known_leaves_the_pronoun() -> None:
    assert speakers("She said that sales had doubled.") == [("She", "She", True)]


def test_a_speaker_announced_at_the_end_of_a_line_owns_the_quotation_below() -> None:
    found = speakers("Professor Mark Hill commented,", '"The law has never been used."')

    assert found[-1] == ("Mark Hill", "", False)


def test_pairs_that_do_not_match_do_not_move_a_sentence() -> None:
    text = 'He said "one. Two" three" four. “Five ” six ” seven.'

    for sentence in read_sentences(text, sentences(text)):
        for said in sentence.parts:
            assert sentence.start <= said.start < said.end <= sentence.end


LINES = (
    "Bridge closes after cracks found\n"
    "Friday, 4 May 2018\n"
    "The bridge over the Lee was closed on Friday.\n"
    "Engineers found cracks in 14 of its 20 pillars.\n"
    "The bridge in 2012. Image: Harbour Board.\n"
    "“Nobody told us anything.” - Ana Duarte\n"
    "What happens next\n"
    "The council meets on Monday.\n"
    "Sources\n"
    "Ann Lee. “Cracks found in bridge” — Harbour Herald, May 4, 2018"
)


def test_each_line_of_an_article_is_known_for_what_it_is() -> None:
    found, at = [], 0
    for position, line in enumerate(LINES.split("\n")):
        found.append(part_of(LINES, at, at + len(line), position))
        at += len(line) + 1

    assert found == [
        "headline", "dateline", "body", "body", "caption", "pullquote", "subhead", "body", "footer", "footer",
    ]  # fmt: skip
    assert set(found) == set(PARTS)


WORDS = st.lists(
    st.sampled_from(
        (
            '"|“|”|said|that|according to|,|.|. |and|but|while|Kim Song|she|he|it|Mr|the minister|12,000|soldiers'
            "|told|\n|\n\n|denied|accused|of|killing|saying|is believed to|reportedly|;|:|which|😀|É|الأجور|\u200b"
            "|\u202e|(|)|'s|—|as"
        ).split("|")
    ),
    max_size=70,
)


@settings(max_examples=300, deadline=None)
@given(WORDS.map(" ".join))
def test_whatever_comes_every_piece_lies_in_its_sentence_and_twice_is_the_same(text: str) -> None:
    spans = sentences(text)
    read = read_sentences(text, spans)

    assert read == read_sentences(text, spans)
    assert [(sentence.start, sentence.end) for sentence in read] == spans
    for position, sentence in enumerate(read):
        assert part_of(text, sentence.start, sentence.end, position) in PARTS
        for said in sentence.parts:
            assert sentence.start <= said.start <= said.end <= sentence.end
            assert said.as_written in text
            for piece in spans_of(text, said):
                assert said.start <= piece.start < piece.end <= said.end
                assert text[piece.start : piece.end].strip() == text[piece.start : piece.end]
                assert attribution_of(said, piece) in {"QUOTED", "REPORTED", "OUTLET"}


@pytest.mark.parametrize(
    "bait",
    [
        "he said, ",
        '"',
        "“a ",
        '"a" "b" ',
        "and Y said Z was here, ",
        "which was, ",
        "while he said X, ",
        "Mr A ",
        "(",
        "; ",
    ],
)
def test_a_long_text_of_bait_costs_what_its_length_costs(bait: str) -> None:
    text = bait * (100_000 // len(bait))
    spans = [(at, min(at + 1_150, len(text))) for at in range(0, len(text), 1_150)]

    assert len(read_sentences(text, spans)) == len(spans)
