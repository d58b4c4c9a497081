"""Words in the language of the person who reads, for code that knows no framework.

Django plugs its translations in when the app is ready (`apps.py`); before that, and in the process that reads strange
files, words stay English. Rooms that know Django import `django.utils.translation` as usual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

Key = TypeVar("Key")


def _as_written(words: str) -> str:
    return words


def _as_counted(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


class _Tongue:
    translate: Callable[[str], str] = staticmethod(_as_written)
    translate_counted: Callable[[str, str, int], str] = staticmethod(_as_counted)
    language: Callable[[], str] = staticmethod(lambda: "en")


_TONGUE: Final = _Tongue()
_NOUNS_ARE_LARGE = ("de",)


def plug_in(
    translate: Callable[[str], str],
    translate_counted: Callable[[str, str, int], str],
    language: Callable[[], str],
) -> None:
    """From now on words are looked up with these."""
    _TONGUE.translate, _TONGUE.translate_counted, _TONGUE.language = translate, translate_counted, language


def gettext(words: str) -> str:
    """The words as the reader's language has them."""
    return _TONGUE.translate(words) if words else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The words for this number of things. Both texts may hold `{count}`; the caller fills it in."""
    return _TONGUE.translate_counted(one, many, count)


class Table(Mapping[Key, str]):
    """Words by code. They stay English in the code and are looked up when they are read."""

    def __init__(self, words: Mapping[Key, str]) -> None:
        self._words = dict(words)

    def __getitem__(self, key: Key) -> str:
        return gettext(self._words[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def table(words: Mapping[Key, str]) -> Table[Key]:
    """Marks each word of the table for translation."""
    return Table(words)


def noop(words: str) -> str:
    """Marks words for translation and leaves them English: for tables whose entries are looked up when read."""
    return words


def inside(label: str) -> str:
    """A label as it stands within a sentence: in small letters, except where nouns are written large."""
    return label if _TONGUE.language().startswith(_NOUNS_ARE_LARGE) else label.lower()
