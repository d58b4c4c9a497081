"""Where a span stands in the next version, by example and over ten thousand generated edits."""

from __future__ import annotations

import time

import pytest

from annotations.claims.reanchoring import Reanchoring
from annotations.claims.reanchoring_words import differences
from tests.claims.judged_reanchoring import RIGHT, STAND, judge

FIRST = (
    "The council met on Monday. Over 12,000 soldiers are currently in Russia, the envoy said. "
    "Nobody was hurt.\n\nThe budget grew by 5 percent in March. Mayor Jane Smith did not comment on the figures."
)
SOLDIERS = "Over 12,000 soldiers are currently in Russia"


def placed(new, words=SOLDIERS, old=FIRST):
    start = old.index(words)
    found = Reanchoring(old, new).place(start, start + len(words))
    says = "" if found.start is None else new[found.start : found.end]
    return found, says


def test_the_same_text_leaves_every_span_where_it_is():
    found, _ = placed(FIRST)

    assert (found.outcome, found.start, found.score) == ("ANCHORED", FIRST.index(SOLDIERS), 1.0)


def test_words_added_before_shift_a_span():
    found, says = placed("Update: this story was corrected. " + FIRST)

    assert (found.outcome, says) == ("ANCHORED", SOLDIERS)


def test_a_sentence_that_went_elsewhere_is_found_there():
    sentence = f"{SOLDIERS}, the envoy said. "
    found, says = placed(FIRST.replace(sentence, "") + " " + sentence)

    assert (found.outcome, says) == ("MOVED", SOLDIERS)


def test_other_quote_marks_and_spaces_are_the_same_words():
    old = 'The envoy said: "We won\'t   leave before May." Then she left.'
    new = "The envoy said: “We won’t leave before May.” Then she left."

    found, says = placed(new, words='"We won\'t   leave before May."', old=old)

    assert (found.outcome, says, found.is_certain) == ("REWORDED", "“We won’t leave before May.”", True)


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("12,000", "11,000", "NUMBER"),
        ("are currently", "are not currently", "NEGATION"),
        ("Russia", "Ukraine", "NAME"),
        ("Over 12,000", "Under 12,000", "COMPARATOR"),
        ("soldiers", "civilians", "UNIT"),
        ("currently", "still", "WORDS"),
    ],
)
def test_a_span_whose_words_changed_waits_for_a_person(was, now, kind):
    found, _ = placed(FIRST.replace(was, now, 1))

    assert not found.is_certain
    assert found.outcome == "REWORDED" and kind in found.why
    assert found.guesses[0].score >= 0.6


@pytest.mark.parametrize(
    ("was", "now"),
    [("did not comment", "did comment"), ("Jane Smith", "John Smith"), ("the figures", "7 figures")],
)
def test_words_that_stand_in_a_sentence_that_now_says_something_else_wait_too(was, now):
    found, _ = placed(FIRST.replace(was, now, 1), words="comment on")

    assert (found.outcome, found.is_certain) == ("REWORDED", False)


def test_a_look_alike_elsewhere_is_a_guess_and_no_more():
    gone = FIRST.replace(f"{SOLDIERS}, the envoy said. ", "")
    found, _ = placed(gone + " Over 11,000 soldiers are currently in Russia, the envoy said.")

    assert (found.outcome, found.is_certain) == ("REWORDED", False)
    assert found.why == ("NUMBER",)


def test_a_copy_next_to_it_is_ambiguous():
    sentence = f"{SOLDIERS}, the envoy said. "
    found, _ = placed(FIRST.replace(sentence, sentence * 2))

    assert (found.outcome, found.is_certain, len(found.guesses)) == ("AMBIGUOUS", False, 2)


def test_a_copy_in_other_surroundings_does_not_confuse():
    found, says = placed(FIRST + f"\n\nIn short: {SOLDIERS}, the envoy said.")

    assert (found.outcome, says, found.start) == ("ANCHORED", SOLDIERS, FIRST.index(SOLDIERS))


def test_words_that_are_taken_out_are_gone():
    found, _ = placed(FIRST.replace(f"{SOLDIERS}, the envoy said. ", ""))

    assert (found.outcome, found.guesses) == ("GONE", ())


def test_days_that_change_places_are_a_change():
    one, other = "Came on 8 May, went on 9 May.", "Came on 9 May, went on 8 May."

    assert "NUMBER" in differences(one, other)


def test_an_emoji_or_an_accent_is_not_cut_in_two():
    old = "We sold 5 cafe drinks. Then 👩 came with Zoe to the bar in Kursk today."
    new = "We sold 5 cafe\u0301 drinks. Then 👩\u200d🚀 came with Zoe\u0308 to the bar in Kursk today."

    for words in ("cafe", "👩", "Zoe"):
        found, _ = placed(new, words=words, old=old)
        assert not found.is_certain, words


def test_no_span_is_moved_to_wrong_words_over_ten_thousand_edits():
    judged = judge(seed=20, edits=10_000)

    assert judged.edits >= 10_000
    assert judged.wrong == []
    assert judged.found >= 0.99, judged.counts
    assert judged.counts[STAND, RIGHT] > 10_000


def test_a_thousand_spans_of_a_very_long_text_take_seconds():
    lines = [
        f"Sentence {n} says that {n * 7 % 1000} boats of the {n % 13}th fleet were seen near port {n % 97}."
        for n in range(6_000)
    ]
    old = " ".join(lines)
    changed = [
        line if n % 9 else line.replace("boats", "ships") for n, line in enumerate(lines) if n % 50 != 49
    ]
    new = " ".join(changed)
    began = time.process_time()

    reanchoring = Reanchoring(old, new)
    spans = [(old.index(line), old.index(line) + len(line)) for line in lines[::6]]
    outcomes = [reanchoring.place(start, end).outcome for start, end in spans]

    assert len(old.split()) >= 90_000 and len(outcomes) == 1_000
    assert outcomes.count("ANCHORED") > 600
    assert time.process_time() - began < 20
