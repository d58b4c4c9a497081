"""What a remote model wrote, read as a stranger's word: quotations out of it, and their one place in the text. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

MOST = 100
"""Quotations read from one answer."""
_TRIES = 20
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'",
                       "–": "-", "—": "-", "‑": "-"})  # fmt: skip
_LENGTHS = range(12, 601)


def quotations(written: str) -> list[str]:
    """The quotations of an answer, each once, at most `MOST`; what has another form is passed over.

    The JSON may stand in a code fence or between sentences. Raises `ValueError` when there is none.
    """
    found = _json_in(written)
    claims = found.get("claims") if isinstance(found, dict) else found
    if not isinstance(claims, list):
        raise ValueError("its answer has another form than agreed")
    quotes: dict[str, None] = {}
    for claim in claims[:MOST]:
        quote = claim.get("quote") if isinstance(claim, dict) else claim
        if isinstance(quote, str) and len(quote) <= _LENGTHS[-1] + 20:
            quotes.setdefault(quote)
    return list(quotes)


def _json_in(written: str) -> Any:
    """The first JSON object or list of an answer."""
    decoder = json.JSONDecoder()
    for number, opening in enumerate(re.finditer(r"[\[{]", written)):
        if number == _TRIES:
            break
        try:
            found, _ = decoder.raw_decode(written, opening.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(found, list) or "claims" in found:
            return found
    raise ValueError("its answer has another form than agreed")


def find_once(text: str, quote: str, start: int, end: int) -> tuple[int, int] | None:
    """The one place of the quoted words in `text[start:end]`, as code points of `text`; None without exactly one.

    First letter by letter; else with quotation marks, dashes and runs of white space counted as equal. Marks around the
    quotation and the stop at its end are left out. A place that cuts a word, or reaches over a line end, is none.
    """
    quote = quote.strip().strip("\"“”„«»'‘’").rstrip(" .,;:…")
    if len(quote) not in _LENGTHS or len(quote.split()) < 3:
        return None
    part = text[start:end]
    places = _places(part, quote)
    if not places:
        plain, at = _plain(part)
        wanted, _ = _plain(quote)
        places = [(at[first], at[last - 1] + 1) for first, last in _places(plain, wanted)]
    if len(places) != 1:
        return None
    first, last = places[0][0] + start, places[0][1] + start
    cuts = _both_word(text[first - 1 : first], text[first]) or _both_word(
        text[last - 1], text[last : last + 1]
    )
    return None if cuts or re.search(r"[\n\u2028\u2029]", text[first:last]) else (first, last)


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """The first two places: a second one is enough to know that it is not the only one."""
    first = text.find(words)
    if first < 0:
        return []
    second = text.find(words, first + 1)
    return [(at, at + len(words)) for at in (first, second) if at >= 0]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one space for each run of white space and one kind of marks, and where each letter came from."""
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text.translate(_SAME)):
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letter = " "
        letters.append(letter)
        at.append(place)
    return "".join(letters), at


def _both_word(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()
