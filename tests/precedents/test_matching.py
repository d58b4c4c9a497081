"""Ranking with vectors of counted words in the model's place: what is tested is how scores come together."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from annotations.claims.extraction.json_lines import BadLine
from annotations.precedents.matching import (
    RARE_WEIGHT,
    Matcher,
    RareWords,
    VerifiedClaim,
    read_claims,
    read_queries,
    vectors_of,
)


class Counted:
    """A vector of a text's words, each at a place that its letters decide."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, zlib.crc32(word.strip(".,!?").encode()) % 64] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


CLAIMS = [
    VerifiedClaim("a", "A dam in Lubin broke.", "Did the dam break?"),
    VerifiedClaim("b", "A bridge in Lubin fell into the river.", "Bridge collapse in Lubin"),
    VerifiedClaim("c", "Bees no longer fly over Gdansk.", ""),
]


def matcher(claims: list[VerifiedClaim]) -> Matcher:
    return Matcher(claims, vectors_of(claims, Counted()), Counted())


def test_wording_and_title_both_find_a_claim():
    found = matcher(CLAIMS).rank(
        ["Did the dam break? https://t.co/x", "a bridge in #Lubin fell", "Gdansk bees"], 2
    )

    assert [hits[0].key for hits in found] == ["a", "b", "c"]
    assert all(len(hits) == 2 and hits[0].score >= hits[1].score for hits in found)
    assert found[0][0].score == pytest.approx(1.0, abs=0.2)


def test_a_post_of_links_alone_and_no_posts():
    assert len(matcher(CLAIMS).rank(["https://t.co/x"], 3)[0]) == 3
    assert matcher(CLAIMS).rank([], 3) == []


def test_shared_rare_words_decide_between_like_claims():
    texts = [f"The mayor of town{number} resigned." for number in range(60)]
    rare = RareWords(texts)

    bonus = rare.bonus("MAYOR of Town41 resigned, says Town41!")

    assert int(bonus.argmax()) == 41
    assert 0 < bonus[41] < RARE_WEIGHT
    assert np.count_nonzero(bonus) == 1
    assert not rare.bonus("the mayor").any()
    assert RareWords([]).bonus("anything").shape == (0,)


def test_claims_and_queries_are_read_line_by_line():
    claims = read_claims(
        [b'\xef\xbb\xbf{"id": "a", "claim": "x", "title": null}', b"", b'{"id":"b","claim":"y"}']
    )
    asked = read_queries(iter([b'{"id": "q", "text": "caf\xc3\xa9", "relevant": []}\n', b"{"]))

    assert [(claim.id, claim.title) for claim in claims] == [("a", ""), ("b", "")]
    assert next(asked).text == "café"
    with pytest.raises(BadLine, match="line 2: this is no JSON"):
        next(asked)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 200_000, "no JSON"),
        (b"[1]", "one object"),
        (b'{"claim": "x"}', "“id” is missing"),
        (b'{"id": "b", "claim": " "}', "“claim” is missing"),
        (b'{"id": 3, "claim": "x"}', "“id” is missing"),
        (b'{"id": "a", "claim": "x"}', "given before"),
    ],
)
def test_a_bad_line_is_told_with_its_number(line: bytes, reason: str):
    with pytest.raises(BadLine, match=f"line 3: .*{reason}"):
        read_claims([b'{"id": "a", "claim": "x"}', b"", line])
