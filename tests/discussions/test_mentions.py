from __future__ import annotations

import pytest

from annotations.discussions.mentions import cut_at_names, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@min-ji look at this", ["min-ji"]),
        ("Ask @Jo, and @jo again.", ["jo"]),
        ("(@ana.b) and @adam!", ["ana.b", "adam"]),
        ("write to desk@records.example", []),
        ("@ alone, and @.", []),
        ("", []),
    ],
)
def test_names_are_found_and_addresses_are_not(text, names):
    assert names_in(text) == names


def test_a_text_is_cut_at_known_names_alone():
    pieces = cut_at_names("Hi @Jo. And @nobody?", {"jo": "Jo Okafor"})

    assert pieces == [("Hi ", ""), ("@Jo", "Jo Okafor"), (". And @nobody?", "")]
    assert "".join(words for words, _ in pieces) == "Hi @Jo. And @nobody?"
