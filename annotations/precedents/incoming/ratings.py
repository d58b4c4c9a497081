"""Ratings of other houses on our scale. The words as they came are always kept beside the code.

Where a house's word is a qualifier on our scale and no rating (missing context, cherry-picked), nothing is mapped:
a person chooses.
"""

from __future__ import annotations

import math
import re
import unicodedata

from annotations.verdicts.ratings import RATINGS

_WORDS = {
    "true": "true; correct; accurate; verified; confirmed; right; fact; real; genuine; authentic; geppetto checkmark;"
    " correct attribution; completely true; entirely true; yes; truth; fact checked true; vrai; verdadero; verdad;"
    " cierto; wahr; richtig; stimmt; verdadeiro; vero; waar; sant; prawda; doğru; exact; correcto",
    "mostly_true": "mostly true; largely true; mostly correct; mostly accurate; largely accurate; largely correct;"
    " nearly true; almost true; one pinocchio; 1 pinocchio; accurate with consideration; plutôt vrai; presque vrai;"
    " quasi vrai; casi cierto; größtenteils richtig; größtenteils wahr; mostly right; substantially true",
    "half_true": "half true; half truth; mixture; mixed; partly true; partially true; partly false; partially false;"
    " partially correct; partly correct; two pinocchios; 2 pinocchios; true but; in between; partiellement vrai;"
    " partiellement faux; mi vrai; medio verdad; teilweise richtig; teilweise falsch; teils falsch; parcialmente"
    " falso; verdad a medias; in parte vero; half right; some truth; true and false",
    "mostly_false": "mostly false; largely false; mostly inaccurate; mostly incorrect; largely inaccurate; barely true;"
    " misleading; out of context; decontextualized; decontextualised; distorted; distorts the facts; distorts; spin;"
    " three pinocchios; 3 pinocchios; false context; trompeur; hors contexte; plutôt faux; engañoso; enganoso;"
    " irreführend; größtenteils falsch; fuorviante; misleidend; sacado de contexto; fora de contexto; lacks accuracy;"
    " yanıltıcı; vilseledande; deceptive; partially misleading; mostly misleading; false headline",
    "false": "false; incorrect; inaccurate; untrue; wrong; not true; not correct; not accurate; fake; hoax; fabricated;"
    " fabrication; pants on fire; pants on fire!; lie; debunked; four pinocchios; 4 pinocchios; miscaptioned;"
    " misattributed; incorrect attribution; altered; doctored; manipulated; digitally altered; altered photo;"
    " altered video; altered image; scam; myth; fiction; bogus; not real; completely false; totally false; fake news;"
    " faux; falso; falsch; falsche; fals; onwaar; falskt; fałsz; yanlış; mentira; bulo; montaje; intox; infox; fausse;"
    " detourne; détourné; fakenews; false claim; no",
    "unproven": "unproven; unverified; unsupported; unsubstantiated; unconfirmed; no evidence; not proven;"
    " inconclusive;"
    " lacks evidence; insufficient evidence; research in progress; legend; undetermined; unknown; unclear;"
    " baseless; unfounded; needs evidence; non prouvé; infondé; sans preuve; sin pruebas; unbelegt; nicht belegt;"
    " insostenible; insustentável; verdict pending; in progress; not verified; no proof",
    "sources_conflict": "disputed; contested; sources conflict; conflicting evidence; sources disagree; controversial",
    "outdated": "outdated; out of date; no longer true; obsolete; was true; dépassé; desactualizado; veraltet;"
    " old news",
    "not_checkable": "opinion; not checkable; uncheckable; prediction; not a factual claim; value judgement; viewpoint",
    "satire": "satire; labeled satire; labelled satire; originated as satire; parody; humour; humor; joke; satirical;"
    " sátira; satira; parodie",
}
_QUALIFIERS = frozenset(
    "missing context|lacks context|needs context|lack of context|exaggerated|exaggerates|exaggeration|cherry picked"
    "|cherry picks|understated|out of proportion|contexte manquant|falta contexto|fehlender kontext|full flop"
    "|half flip|no flip".split("|")
)
_SAID_BEFORE = re.compile(
    r"^(?:(?:our )?(?:verdict|rating|ruling|conclusion|fact check|factcheck)(?: is| was)? "
    r"|(?:we )?rated? (?:it |this )?"
    r"|(?:this|the|that) (?:claim|statement|story|post|image|video|photo|quote) (?:is|was) |(?:it is|it s|this is"
    r"|that is|its) |(?:totally|completely|entirely|absolutely|simply|just) )"
)
# What makes “True, but …” something else than true: then only the whole of the words counts.
_TWISTS = re.compile(
    r"\b(?:but|however|although|though|yet|except|not|mislead\w*|context|partly|partially|exaggerat\w*|both|and)\b",
    re.IGNORECASE,
)
_ON_OUR_SCALE = {1: "false", 2: "mostly_false", 3: "half_true", 4: "mostly_true", 5: "true"}


def _plain(words: str) -> str:
    """Small letters and single spaces, marks out: “PANTS-ON-FIRE!” reads “pants on fire”."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded).split())


_CODES = {_plain(word): code for code, words in _WORDS.items() for word in words.split(";")}
_CODES |= {_plain(code): code for code in RATINGS} | {
    _plain(one.label): code for code, one in RATINGS.items()
}


def map_rating(text: str, value: object = None, best: object = None, worst: object = None) -> tuple[str, str]:
    """The code on our scale and how it was found; ("", reason) when nothing fits.

    `text` are the words of the rating, `value`, `best` and `worst` the numbers of a ClaimReview. Words that
    are known count before numbers, because houses order their numbers differently.
    """
    words = _plain(text)
    code = _code(text)
    if code:
        return code, f"the words “{_short(text)}”"
    if words in _QUALIFIERS:
        return "", f"“{_short(text)}” says how, not how true; choose a rating."
    numbers = [_number(one) for one in (value, best, worst)]
    if None in numbers or numbers[1] == numbers[2]:
        return "", f"“{_short(text)}” is not known; choose a rating." if words else "No rating was given."
    found, top, bottom = (float(one or 0) for one in numbers)
    place = (found - bottom) / (top - bottom)
    if not 0 <= place <= 1:
        return "", f"The number {found:g} lies outside {bottom:g} to {top:g}; choose a rating."
    return _ON_OUR_SCALE[
        round(1 + 4 * place)
    ], f"the number {found:g} between {bottom:g} (worst) and {top:g} (best)"


def _code(text: str) -> str:
    """The code of the whole text, or of what stands before its first mark: “False. The photo is from 2014.”"""
    parts = [text]
    if not _TWISTS.search(text):
        parts.append(re.split(r"[.:;,!?(–—|/]|\s-\s", text.strip(), maxsplit=1)[0])
        parts.append(re.sub(r"^[^:]{1,30}:", "", text))
    for part in parts:
        words = _plain(part)
        for _ in range(3):
            if words in _CODES:
                return _CODES[words]
            shorter = _SAID_BEFORE.sub("", words)
            if shorter == words:
                break
            words = shorter
    return ""


def _number(value: object) -> float | None:
    """A finite number, also one that came as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.strip().replace(",", ".")) if isinstance(value, str) else float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
