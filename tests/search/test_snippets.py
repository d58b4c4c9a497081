"""What was searched for, marked in the words that hold it."""

from __future__ import annotations

from annotations.search.snippets import has_hit, snippet, terms


def test_terms_are_what_is_looked_for_folded():
    assert terms('Café "North Korea" or 12,000 -peace -"two words"') == [
        "cafe",
        "north",
        "korea",
        "12",
        "000",
    ]
    assert terms("' : * & !") == []


def test_hits_are_marked_by_the_beginning_of_a_word_and_keep_their_letters():
    pieces = snippet("Two Cafés sell coffee.", terms("cafe"))

    assert pieces == [("Two ", False), ("Cafés", True), (" sell coffee.", False)]


def test_a_long_text_is_cut_around_its_first_hit():
    text = "word " * 200 + "needle " + "word " * 200

    pieces = snippet(text, ["needle"])

    assert pieces[0] == ("…", False)
    assert ("needle", True) in pieces
    assert pieces[-1] == ("…", False)
    assert sum(len(words) for words, _ in pieces) < 260


def test_without_a_hit_it_is_the_beginning():
    assert snippet("Nothing here.", ["needle"]) == [("Nothing here.", False)]
    assert not has_hit("Nothing here.", ["needle"])
    assert snippet("", ["x"]) == []
