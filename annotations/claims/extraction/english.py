"""Whether a text is English, as far as its small words tell."""

from __future__ import annotations

import re

from annotations.snapshots.reading import english_share

# Small words of languages in Latin letters; none is common in English, in names of places or in names of people.
_FOREIGN = frozenset(
    "und ist nicht mit ein eine einen dem das für auf sich auch wird wurde haben sind bei zum zur "
    "les une est dans qui sont avec cette été ont aux mais leur "
    "una que con por para como más fue sus está pero desde "
    "di che della sono nel gli è anche dopo ha "
    "não uma foi são pelo dos também "
    "een het niet dat zijn voor ook wordt werd naar "
    "och att det som är inte på og ikke til av "
    "się nie jest przez oraz że który "
    "bir ve için ile olarak yang dengan untuk pada dari".split()
)


def reads_like_english(text: str) -> bool | None:
    """True when it surely is, False when it surely is not, None when it cannot be told.

    Running English has a small English word in every fourth to sixth place. Short texts are judged more mildly, unless
    they show the small words of another language. A text of which a third is in other letters is not English.
    """
    share, words = english_share(text)
    found = re.findall(r"[^\W\d_]+", text[:40_000])
    letters = sum(len(word) for word in found)
    latin = sum(len(word) for word in found if word[0] < "\u0250" or "\u1e00" <= word[0] <= "\u1eff")
    if (letters - latin) * 3 > letters:
        return False
    foreign = sum(word.lower() in _FOREIGN for word in found)
    if (words >= 50 and share <= 0.08) or (foreign >= 2 and foreign > share * words):
        return False
    if words >= 40:
        return True if share >= 0.12 else None
    if share >= 0.05 and share * words > foreign:
        return True
    return True if words < 12 and text.isascii() and not foreign else None
