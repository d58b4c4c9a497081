"""The caret's steps by word, sentence and character, in a real browser but without a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LIB = Path(__file__).resolve().parent.parent.parent / "assets" / "js" / "lib"
TEXTS = [
    "The U.N. met on Jan. 8. It voted twice.",
    "…",
    "They sent 👩‍🚀 home. Then e\u0301te\u0301 came.",
]


@pytest.fixture(scope="module")
def tab(one_browser: Any) -> Iterator[Any]:
    context = one_browser.new_context()
    page = context.new_page()
    page.evaluate(
        """async ([words, caret]) => {
            const url = (source) => URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
            const { caretOver } = await import(url(caret.replace('"lib/words"', JSON.stringify(url(words)))));
            window.over = (texts) => caretOver({ count: texts.length, text: (at) => texts[at] });
        }""",
        [(LIB / "words.js").read_text(), (LIB / "caret.js").read_text()],
    )
    yield page
    context.close()


def walk(tab: Any, steps: str) -> list[str]:
    """The word in hand after each step: > < by word, v ^ by sentence, V with Shift, h e Home and End, H E of all."""
    found: list[str] = tab.evaluate(
        """([texts, steps]) => {
            const moves = over(texts);
            const step = {
                '>': (head) => moves.nextWord(head, 1), '<': (head) => moves.nextWord(head, -1),
                'v': (head) => moves.nextSentence(head, 1, false), '^': (head) => moves.nextSentence(head, -1, false),
                'V': (head) => moves.nextSentence(head, 1, true),
                'h': (head) => moves.border(head, -1, false), 'e': (head) => moves.border(head, 1, false),
                'H': (head) => moves.border(head, -1, true), 'E': (head) => moves.border(head, 1, true),
            };
            let head = moves.first();
            return [...steps].map((name) => {
                head = step[name](head) ?? head;
                return texts[head.at].slice(...head.piece);
            });
        }""",
        [TEXTS, steps],
    )
    return found


def test_words_are_walked_across_paragraphs_that_hold_none(tab: Any) -> None:
    assert walk(tab, ">>>") == ["U.N", "met", "on"]
    assert walk(tab, "eve>")[-2:] == ["twice", "They"]
    assert walk(tab, "H<") == ["The", "The"]
    assert walk(tab, "E>") == ["came", "came"]


def test_sentences_are_walked_and_an_abbreviation_ends_none(tab: Any) -> None:
    assert walk(tab, "vvv") == ["It", "They", "Then"]
    assert walk(tab, "v>^^") == ["It", "voted", "It", "The"]


def test_extending_by_sentence_takes_the_end_of_this_one_first(tab: Any) -> None:
    assert walk(tab, ">VV") == ["U.N", "8", "twice"]


def test_home_and_end_stay_in_the_sentence(tab: Any) -> None:
    assert walk(tab, "v>he") == ["It", "voted", "It", "twice"]


@pytest.mark.parametrize(
    ("at", "index", "by", "is_end", "expected"),
    [
        (0, 3, 1, True, (0, 7)),
        (0, 7, -1, True, (0, 3)),
        (0, 0, -1, False, None),
        (2, 0, -1, False, (0, 33)),
        (0, 38, 1, True, (2, 4)),
    ],
)
def test_an_end_moves_from_word_to_word(
    tab: Any, at: int, index: int, by: int, is_end: bool, expected: tuple[int, int] | None
) -> None:
    found = tab.evaluate(
        "([texts, place, by, isEnd]) => over(texts).edgeByWord(place, by, isEnd)",
        [TEXTS, {"at": at, "index": index}, by, is_end],
    )

    assert (found and (found["at"], found["index"])) == expected


@pytest.mark.parametrize(
    ("index", "by", "expected"),
    [(10, 1, 15), (15, -1, 10), (0, -1, None), (28, 1, 29), (0, 1, 1)],
)
def test_an_end_moves_by_whole_characters(tab: Any, index: int, by: int, expected: int | None) -> None:
    found = tab.evaluate(
        "([text, place, by]) => over([text]).edgeByCharacter(place, by)",
        [TEXTS[2], {"at": 0, "index": index}, by],
    )

    assert (found and found["index"]) == expected
