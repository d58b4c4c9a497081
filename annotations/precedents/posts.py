"""A post of a social network as plain words, for the search by meaning."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 5_000

_LINK = re.compile(r"(?:https?://|www\.|\bpic\.twitter\.com/|\bt\.co/)\S{1,2000}", re.IGNORECASE)
# A link that was glued to the word before it, as copies of posts often have it.
_GLUED = re.compile(r"(?=https?://|pic\.twitter\.com/)", re.IGNORECASE)
_SIGNATURE = re.compile(r"\s{0,9}[—–]\s{0,3}(?P<name>[^—–\n]{1,120}?)\s{0,3}\(@\w{1,40}\)[^\n]{0,40}$")
_HANDLE = re.compile(r"[@＠](\w{1,60})")
_TAG = re.compile(r"[#＃](\w{1,140})")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|_")
_EXTRA = frozenset("\u200b\u200c\u200d\u2060\ufeff\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e")


def clean_query(text: str) -> str:
    """The words of a post without links and @ and # signs; of a signature “— Name (@handle) date” the name stays.

    The name stays because what a post claims is often about the one who wrote it. A handle and a tag are written
    as the words they are made of: #ClimateMarch2019 reads “Climate March 2019”. Only the first `MAX_CHARACTERS`
    code points count; a model reads no further. Empty for a post of links alone.
    """
    text = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs") else letter
        for letter in unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
        if letter not in _EXTRA
    )
    text = _LINK.sub(" ", _GLUED.sub(" ", text))
    text = _SIGNATURE.sub(lambda match: f" — {match['name']}", " ".join(text.split()))
    text = _HANDLE.sub(lambda match: f" {_words(match[1])} ", text)
    text = _TAG.sub(lambda match: f" {_words(match[1])} ", text)
    return " ".join(text.split())


def _words(name: str) -> str:
    return " ".join(_HUMP.sub(" ", name).split())
