"""The search by meaning, on vectors made here."""

from __future__ import annotations

import numpy as np
import pytest

from annotations.precedents.nearest import LIKELY, SUGGEST, Hit, Index, pack, state, unpack


def unit(*numbers: float) -> np.ndarray:
    vector = np.array(numbers, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def many(rows: int, width: int = 24, seed: int = 7) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(rows, width)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_score_of_a_key_is_the_largest_of_its_vectors():
    index = Index(["a", "b", "a"], np.stack([unit(1, 0), unit(1, 1), unit(0, 1)]))

    ((first, second),) = index.search(np.stack([unit(0, 1)]), 5)

    assert len(index) == 2
    assert (first.key, second.key) == ("a", "b")
    assert first.score == pytest.approx(1.0, abs=1e-3)
    assert second.score == pytest.approx(0.7071, abs=1e-3)


def test_it_finds_what_a_plain_comparison_of_all_pairs_finds():
    vectors, queries = many(20_000), many(40, seed=8)
    keys = [place % 9_000 for place in range(20_000)]
    stored = vectors.astype(np.float16).astype(np.float32)

    found = Index(keys, vectors).search(queries, 10)

    for query, hits in zip(queries, found, strict=True):
        best: dict[int, float] = {}
        for key, score in zip(keys, stored @ query, strict=True):
            best[key] = max(best.get(key, -2.0), float(score))
        expected = sorted(best.values(), reverse=True)[:10]
        assert [hit.score for hit in hits] == pytest.approx(expected, abs=1e-5)
        assert all(best[hit.key] == pytest.approx(hit.score, abs=1e-5) for hit in hits)


def test_equal_scores_stand_in_the_order_of_the_keys():
    index = Index([9, 3, 5, 1], np.stack([unit(1, 0)] * 4))

    assert [hit.key for hit in index.search(np.stack([unit(1, 0)]), 3)[0]] == [9, 3, 5]


def test_nothing_below_the_floor_and_nothing_from_nothing():
    index = Index([1, 2], np.stack([unit(1, 0), unit(0, 1)]))

    assert [hit.key for hit in index.search(np.stack([unit(1, 0)]), 9, floor=0.5)[0]] == [1]
    assert index.search(np.stack([unit(1, 0)]), 0) == [[]]
    assert index.search(np.empty((0, 2), dtype=np.float32), 3) == []
    assert Index([], np.empty((0, 2), dtype=np.float16)).search(np.stack([unit(1, 0)]), 3) == [[]]


@pytest.mark.parametrize(
    ("keys", "vectors"),
    [
        ([1], np.ones((2, 3))),
        ([1, 2], np.ones(2)),
        ([1], np.array([[np.nan, 1.0]])),
        ([1], np.array([[np.inf, 1.0]])),
    ],
)
def test_what_does_not_fit_is_refused(keys, vectors):
    with pytest.raises(ValueError):
        Index(keys, vectors)


def test_a_query_of_another_width_is_refused():
    with pytest.raises(ValueError, match="wide"):
        Index([1], np.stack([unit(1, 0)])).search(np.stack([unit(1, 0, 0)]), 1)


def test_a_vector_survives_being_stored():
    vector = many(1, 384)[0]

    data = pack(vector)

    assert len(data) == 768
    assert data == pack(vector.astype(">f4"))
    assert unpack(data, 384) == pytest.approx(vector, abs=1e-3)
    assert unpack(data, 384).dtype == np.float32
    with pytest.raises(ValueError, match="767 bytes"):
        unpack(data[:-1], 384)


def test_a_score_is_shown_in_two_steps_or_not_at_all():
    assert state(LIKELY) == Hit(1, 1.0).state == "likely"
    assert state(LIKELY - 0.001) == state(SUGGEST) == "possible"
    assert state(SUGGEST - 0.001) == ""
