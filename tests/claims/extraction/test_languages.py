"""One entry a language: a text without one gets nothing, and a new one needs no change elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from annotations.claims.extraction.candidates import Candidate
from annotations.claims.extraction.engine import extract, why_no_proposals
from annotations.claims.extraction.languages import (
    Document,
    Language,
    language_for,
    register,
    unregister,
)

ENGLISH = (
    "The council spent 5 million euros on the new bridge in 2023, and the mayor said that it was too much."
)
GERMAN = (
    "Der Stadtrat hat 2023 rund 5 Millionen Euro für die neue Brücke ausgegeben. Die Opposition kritisiert, dass "
    "die Kosten nicht in einem Bericht stehen und dass niemand für das Geld verantwortlich ist."
)
FRENCH = (
    "La ville a payé 5 millions d'euros pour le nouveau pont en 2023. Les élus disent que les dépenses ne sont pas "
    "dans le rapport et qui les a signées reste une question."
)
KOREAN = (
    "시의회는 2023년에 새 다리에 500만 유로를 썼다고 밝혔다. UN and EU officials 는 12명이 다쳤다고 말했다."
)
JAPANESE = "市議会は2023年に新しい橋に500万ユーロを支出した。市長は高すぎると述べた。"


def toy_split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of the toy language end with a bar."""
    return [found.span() for found in re.compile(r"[^|\s][^|]*").finditer(text, start, end)]


def toy_read(document: Document) -> list[Candidate]:
    """What has a digit is a claim; the more digits, the better."""
    spans = [span for block in document.blocks for span in block.sentences]
    found = []
    for done, (start, end) in enumerate(spans, start=1):
        exact = document.text[start:end]
        digits = sum(letter.isdigit() for letter in exact)
        found.append(
            Candidate(
                start=start, end=end, exact=exact, score=digits / 10, type="QUANTITY", statement=exact, claimant="",
                attribution="OUTLET", cue="", quantities=(), dates=(), signals=(), sentence_start=start,
                sentence_end=end,
            )
        )  # fmt: skip
        if document.progress:
            document.progress(done, len(spans))
    return found


def toy_rank(document: Document, found: list[Candidate]) -> list[Candidate]:
    return [candidate for candidate in found if candidate.score >= 0.3]


TOY = Language(
    code="eo",
    name="Esperanto",
    split=toy_split,
    read=toy_read,
    rank=toy_rank,
    recognise=lambda text: True if "estas" in text else None,
)
TOY_TEXT = "La urbo estas granda | ĝi havas 12345 domojn | 7 homoj\n\nHodiaŭ 2023 | fino"


@pytest.fixture
def toy() -> Iterator[Language]:
    register(TOY)
    yield TOY
    unregister("eo")


@pytest.mark.parametrize("code", ["eo", "EO", "epo", "Esperanto", "eo-001", ""])
def test_a_new_language_needs_an_entry_and_nothing_else(toy: Language, code: str) -> None:
    told: list[tuple[int, int]] = []

    found = extract(
        TOY_TEXT, language=code, published_on=date(2025, 1, 9), progress=lambda *at: told.append(at)
    )

    assert [candidate.exact.strip() for candidate in found] == ["ĝi havas 12345 domojn", "Hodiaŭ 2023"]
    assert all(TOY_TEXT[candidate.start : candidate.end] == candidate.exact for candidate in found)
    assert told == [(done, 5) for done in range(1, 6)]
    assert why_no_proposals(code, TOY_TEXT) == ""


def test_the_toy_language_is_nothing_special_without_its_entry() -> None:
    assert extract(TOY_TEXT, language="eo") == []
    assert (
        why_no_proposals("eo", TOY_TEXT) == "No proposals for this language (Esperanto). Mark claims by hand."
    )


@pytest.mark.parametrize("text", [GERMAN, FRENCH, KOREAN, JAPANESE])
@pytest.mark.parametrize("code", ["", "de", "fr-CA", "KO_kr", "jpn", "tlh", "x" * 500, "🙂", "-"])
def test_english_rules_never_read_another_language(text: str, code: str) -> None:
    assert extract(text, language=code) == []
    assert why_no_proposals(code, text).endswith("Mark claims by hand.")
    assert len(why_no_proposals(code, text)) < 120


@pytest.mark.parametrize("text", [GERMAN * 3, FRENCH * 3, "시의회는 새 다리에 돈을 썼다. " * 20])
def test_nor_when_it_is_said_to_be_english(text: str) -> None:
    assert extract(text, language="en") == []
    assert why_no_proposals("en", text) == (
        "No proposals: this text is not in English, as its details say. Mark claims by hand."
    )


@pytest.mark.parametrize(
    "code", ["en", "EN", "en-GB", "EN_us", "en_US.UTF-8", "eng", "English", " english ", ""]
)
def test_every_way_to_say_english_means_the_same(code: str) -> None:
    assert extract(ENGLISH, language=code) == extract(ENGLISH, language="en") != []


@pytest.mark.parametrize("code", ["de", "ko", "ko-Latn", "enm", "enf"])
def test_a_tag_of_another_language_wins_over_an_english_text(code: str) -> None:
    assert extract(ENGLISH, language=code) == []


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        (ENGLISH, True),
        (ENGLISH * 8, True),
        ("Police arrested 12 protesters, a spokesman said.", True),
        ("“Le bruit est dans la ville,” the mayor of Paris said of the noise in the old town.", True),
        ("Der Rat gab 2023 rund 5 Millionen aus und das war nicht viel.", False),
        ("El alcalde dijo que la ciudad fue una de las primeras con 12 puentes.", False),
        (
            "Kaupunki maksoi viisi miljoonaa euroa uudesta sillasta vuonna 2023 mutta kukaan ei kertonut hintaa",
            False,
        ),
        ("", True),
    ],
)
def test_a_text_without_a_language_is_judged_by_its_small_words(text: str, is_english: bool) -> None:
    assert bool(language_for("", text)) == is_english


@pytest.mark.parametrize("code", ["EN", "eng", "", "e", "xx yy"])
def test_an_entry_is_named_by_its_two_letters(code: str) -> None:
    with pytest.raises(ValueError, match="ISO 639-1"):
        register(Language(code, "X", toy_split, toy_read, toy_rank, lambda text: None))


def test_a_language_has_one_entry(toy: Language) -> None:
    with pytest.raises(ValueError, match="already"):
        register(TOY)
