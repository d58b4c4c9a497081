"""Words to the numbers that the model reads: the uncased WordPiece of BERT, in plain Python.

After J. Devlin et al., BERT (NAACL 2019); the vocabulary file is part of the model's folder.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

LONGEST_WORD = 100
_CACHED_WORDS = 50_000


class WordPiece:
    """Turns a text into piece numbers, `[CLS] … [SEP]`, cut to a length."""

    def __init__(self, words: Iterable[str]) -> None:
        self.vocabulary = {word: number for number, word in enumerate(words)}
        self.first = self.vocabulary["[CLS]"]
        self.last = self.vocabulary["[SEP]"]
        self.unknown = self.vocabulary["[UNK]"]
        self._pieces = lru_cache(maxsize=_CACHED_WORDS)(self._cut)

    @classmethod
    def load(cls, path: Path) -> WordPiece:
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def encode(self, text: str, length: int) -> list[int]:
        """The numbers of `text`, at most `length` of them, the marks of beginning and end included."""
        numbers = [self.first]
        for word in _words(text[: length * LONGEST_WORD]):
            numbers.extend(self._pieces(word))
            if len(numbers) >= length:
                break
        return [*numbers[: length - 1], self.last]

    def _cut(self, word: str) -> tuple[int, ...]:
        """The longest known piece first, then the longest that continues it; a word with a gap is unknown."""
        if len(word) > LONGEST_WORD:
            return (self.unknown,)
        numbers: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            while end > start:
                number = self.vocabulary.get(("##" if start else "") + word[start:end])
                if number is not None:
                    break
                end -= 1
            else:
                return (self.unknown,)
            numbers.append(number)
            start = end
        return tuple(numbers)


def _words(text: str) -> list[str]:
    """Lower case, without accents, each punctuation mark and each ideograph by itself."""
    if text.isascii():
        plain = text.lower()
    else:
        plain = "".join(
            char for char in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(char) != "Mn"
        )
    spaced = []
    for char in plain:
        if char.isalnum() and not _is_ideograph(char):
            spaced.append(char)
        elif char.isspace():
            spaced.append(" ")
        elif _is_mark(char) or _is_ideograph(char):
            spaced.append(f" {char} ")
        elif unicodedata.category(char)[0] != "C" and char != "\ufffd":
            spaced.append(char)
    return "".join(spaced).split()


def _is_mark(char: str) -> bool:
    code = ord(char)
    if code < 128:
        return not char.isalnum() and code > 32
    return unicodedata.category(char)[0] == "P"


def _is_ideograph(char: str) -> bool:
    code = ord(char)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x2FA1F
