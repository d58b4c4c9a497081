"""The model that ships: its files are the ones of its card, and it says what it said when it was made."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy
import pytest

from annotations.claims.extraction.active import FOLDER, SHIPPED
from annotations.claims.extraction.model import BrokenModel, Model, batches, shared_model
from annotations.claims.extraction.wordpiece import WordPiece

pytestmark = pytest.mark.filterwarnings("ignore")


def test_scores_are_those_of_the_card_within_two_hundredths() -> None:
    checks = shared_model().card["checks"]
    assert len(checks) == 20
    odds = shared_model().score([check["text"] for check in checks])
    shares = 1 / (1 + numpy.exp(-odds))
    wanted = 1 / (1 + numpy.exp(-numpy.array([check["odds"] for check in checks])))
    assert numpy.abs(shares - wanted).max() < 0.02


def test_the_card_says_where_everything_comes_from() -> None:
    card = json.loads((FOLDER / SHIPPED / "card.json").read_text())
    assert card["version"] == SHIPPED
    assert "not confirmed" in card["licences"]["debates"]
    assert set(card["data"]) == {"claimbuster_train.jsonl", "news_dev.jsonl", "news_dev_second.jsonl"}
    assert card["training"]["seed"] and card["measured"]["news_ap_left_out"] > 0.8


@pytest.mark.parametrize("harm", ["changed", "missing", "no card"])
def test_a_folder_that_is_not_as_its_card_says_is_refused(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER / SHIPPED, folder)
    if harm == "changed":
        (folder / "vocab.txt").write_text("other")
    elif harm == "missing":
        (folder / "claims.onnx").unlink()
    else:
        (folder / "card.json").unlink()
    with pytest.raises(BrokenModel, match="model"):
        Model(folder)


def test_a_statement_with_a_number_scores_above_small_talk() -> None:
    claim, talk = shared_model().score(
        [
            "Unemployment rose to 9.4 percent last year, the highest in two decades.",
            "Thank you all for coming.",
        ]
    )
    assert claim > 0 > talk


def test_alike_meanings_are_near_and_vectors_have_length_one() -> None:
    same, alike, other = shared_model().embed(
        [
            "Twelve people died in the fire.",
            "The blaze killed a dozen people.",
            "The central bank raised its rate.",
        ]
    )
    assert numpy.allclose([same @ same, alike @ alike, other @ other], 1, atol=1e-3)
    assert same @ alike > 0.6 > 0.3 > same @ other


def test_a_text_scores_alike_in_any_company() -> None:
    text = "The court sentenced three men to ten years in prison."
    alone = shared_model().score([text])[0]
    among = shared_model().score([text, "Yes.", "A much longer sentence " * 20])[0]
    assert abs(alone - among) < 0.35


@pytest.mark.parametrize(
    "text", ["", " ", "\u0000\u202e", "a" * 100_000, "1 " * 50_000, "\U0001f600 \ud7ff 漢字"]
)
def test_hostile_texts_have_a_score(text: str) -> None:
    assert numpy.isfinite(shared_model().score([text])).all()


def test_no_texts_no_scores() -> None:
    assert shared_model().score([]).shape == (0,)
    assert shared_model().embed([]).shape == (0, 384)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Unaffable, yes!", ["un", "##aff", "##able", ",", "yes", "!"]),
        ("Café naïve", ["cafe", "naive"]),
        ("a\tb\u00a0c", ["a", "b", "c"]),
        ("漢字", ["漢", "字"]),
        ("x" * 101, ["[UNK]"]),
    ],
)
def test_word_pieces(text: str, pieces: list[str]) -> None:
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "un",
        "##aff",
        "##able",
        ",",
        "yes",
        "!",
        "cafe",
        "naive",
        "a",
        "b",
    ]
    words += ["c", "漢", "字"]
    reader = WordPiece(words)
    assert [words[number] for number in reader.encode(text, 20)][1:-1] == pieces
    assert len(reader.encode(text, 3)) <= 3


def test_texts_of_like_length_are_read_together_and_each_once() -> None:
    lengths = [9, 80, 10, 9, 300, 12, 8, 82, 500, 500]

    found = batches(lengths)

    assert sorted(place for places in found for place in places) == list(range(len(lengths)))
    assert all(len(places) * max(lengths[place] for place in places) <= 512 for places in found)
    padding = sum(
        len(places) * max(lengths[place] for place in places) - sum(lengths[place] for place in places)
        for places in found
    )
    assert padding <= 16 * len(found)
    assert [len(places) for places in found] == [5, 2, 1, 1, 1]


def test_a_text_longer_than_a_call_and_no_text() -> None:
    assert batches([9_000, 3]) == [[1], [0]]
    assert batches([]) == []
