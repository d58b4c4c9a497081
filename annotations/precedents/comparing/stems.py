"""Words made comparable: tokens with a stem, and which of them carry meaning."""

from __future__ import annotations

from functools import lru_cache

from annotations.claims.extraction.verbs import AUXILIARIES
from annotations.claims.extraction.words import (
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    tokens,
)

EMPTY = (AUXILIARIES | CONJUNCTIONS | DETERMINERS | PREPOSITIONS | PRONOUNS) | frozenset(
    "not no never said says say also been just still only very there here then than according to"
    " n't it's its own more less most least much so too as".split()
)
_LEMMAS = {
    form: lemma
    for lemma, forms in {
        "rise": "rose risen", "fall": "fell fallen", "grow": "grew grown", "shrink": "shrank shrunk",
        "win": "won winning", "lose": "lost losing loses", "lower": "lowered lowers lowering",
        "begin": "began begun", "go": "went gone", "take": "took taken",
        "give": "gave given", "get": "got gotten", "make": "made", "come": "came", "lead": "led", "leave": "left",
        "meet": "met", "pay": "paid", "see": "saw seen", "send": "sent", "spend": "spent", "hold": "held",
        "keep": "kept", "know": "knew known", "run": "ran running", "sell": "sold", "buy": "bought",
        "build": "built", "bring": "brought", "catch": "caught", "draw": "drew drawn", "drive": "drove driven",
        "fight": "fought", "fly": "flew flown", "find": "found", "shoot": "shot shooting shootings",
        "strike": "struck", "throw": "threw thrown", "withdraw": "withdrew withdrawn withdrawal",
        "write": "wrote written", "break": "broke broken", "choose": "chose chosen", "forget": "forgot",
        "hide": "hid hidden", "tell": "told", "beat": "beaten", "steal": "stole stolen", "speak": "spoke spoken",
        "teach": "taught", "think": "thought", "sink": "sank sunk", "freeze": "froze frozen", "flee": "fled",
        "swear": "swore sworn", "lend": "lent", "feed": "fed", "die": "died dies dying dead death deaths",
        "child": "children", "man": "men", "woman": "women", "person": "people persons", "ban": "banned banning",
        "stop": "stopped stopping", "cut": "cutting cuts", "drop": "dropped dropping", "plan": "planned planning",
        "approve": "approval", "refuse": "refusal", "arrive": "arrival", "deny": "denied denies denial",
        "invade": "invasion invaded invading", "decide": "decision", "destroy": "destruction",
        "succeed": "success", "lie": "lied lying", "tie": "tied", "buyer": "buyers", "wrong": "wrongly",
        "permit": "permitted permitting", "admit": "admitted", "occur": "occurred", "sue": "sued suing",
    }.items()
    for form in forms.split()
}  # fmt: skip
_ENDINGS = (
    ("ational", "ate"), ("ization", "iz"), ("isation", "iz"), ("ising", "iz"), ("izing", "iz"), ("ised", "iz"),
    ("ized", "iz"), ("ises", "iz"), ("izes", "iz"), ("ise", "iz"), ("ize", "iz"), ("iness", "y"), ("ements", ""),
    ("ement", ""), ("ments", ""), ("ment", ""), ("ations", ""), ("ation", ""), ("ating", ""), ("ated", ""),
    ("ates", ""), ("ate", ""), ("ions", ""), ("ion", ""), ("ively", ""), ("ive", ""), ("ously", "ous"),
    ("fully", ""), ("ful", ""), ("ness", ""), ("edly", ""), ("ally", "al"), ("ily", "y"), ("ably", "abl"),
    ("able", "abl"), ("ies", "y"), ("ied", "y"), ("ying", "y"), ("ing", ""), ("ers", ""), ("ors", ""), ("er", ""),
    ("or", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A rough common form of the word's inflections: banned, bans → ban; invasion, invaded → invad."""
    low = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    low = _LEMMAS.get(low, low)
    for ending, instead in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3 and not low.endswith("ss"):
            low = low[: -len(ending)] + instead
            break
    if len(low) > 3 and low[-1] == low[-2] and low[-1] in "bdgmnprt":
        low = low[:-1]
    return low[:-1] if low.endswith("i") and len(low) > 3 else low


def words_of(text: str) -> list[Token]:
    """The words and numbers of a text, without marks."""
    return [word for word in tokens(text, 0, len(text)) if word.is_word]


def is_content(word: Token) -> bool:
    return word.low not in EMPTY and word.text[0].isalpha() and len(word.low.rstrip("'’s")) > 1
