"""Word lists and the tokeniser that the English rules share. Closed lists: a word is in or it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}

DETERMINERS = _words(
    "the a an this that these those its their his her our my your some any all each every both no another"
    " many several few most more other such one two three four five"
)
PREPOSITIONS = _words(
    "of in on at by for with from to into onto over under about after before during since until against among"
    " between through across without within toward towards upon near amid despite per via as than like off out"
    " around following including because beyond behind along"
)
CONJUNCTIONS = _words(
    "and or but nor yet so while whereas although though because if when where that which who whom whose"
)
PRONOUNS = _words("he she they it we i you him her them us me who which that this these those there")
AUXILIARIES = _words(
    "is are was were am has have had do does did will would can could may might must shall should be been being"
    " isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't cannot"
    " isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t don’t didn’t won’t wouldn’t can’t couldn’t"
)
IRREGULAR_PAST = _words(
    "began became went took made got gave came fell rose grew won lost led left met paid saw sent spent stood held"
    " kept knew ran sold bought built brought caught drew drove fought found flew hit shot struck threw withdrew"
    " wrote broke chose ate felt forgot froze hid hurt laid lay lent meant overcame rode sang sank shook shrank"
    " slept sought spoke spread stole sued swore taught thought told tore understood woke wore said heard died"
    " beat bore bred dealt dug fed fled let put set cut shut cost burst quit split undertook oversaw underwent"
    " shed bled slid swept swung"
)
PRESENT = _words(
    "says shows remains plans wants needs continues faces claims holds includes requires allows makes gives takes"
    " becomes means costs accounts exceeds seems appears belongs works lives contains owns uses causes kills"
    " employs provides covers produces exports imports earns spends supports opposes bans limits grants sends"
    " sells buys leads runs sits stands lies comes goes grows falls rises drops wins loses begins ends starts"
    " depends consists receives pays offers argues believes estimates suggests indicates confirms denies states"
    " reports warns notes adds finds affects increases reduces prevents protects violates breaks puts keeps"
    " controls operates serves describes represents threatens targets blocks rules asks live make have say use get"
    " take come remain face need pay lead kill cause contain show include require provide produce suggest indicate"
    " worship believe argue claim account suffer belong support oppose receive earn spend own cost mean depend"
    " knows know thinks think wants want sees see helps help owes owe employs charges creates create charge hosts"
    " confirm confirms reveal reveals relies differs exists carries occurs reaches offers tests uses suffers"
    " worships violates funds finances"
)

SAY = _words(
    "said says say saying told tells tell added adds stated states claimed claims argued argues asserted asserts"
    " alleged alleges insisted insists noted notes warned warns explained explains declared declares testified"
    " testifies remarked replied responded acknowledged acknowledges admitted admits concluded concludes commented"
    " maintains maintained reiterated contended contends boasted complained emphasized emphasised stressed"
    " tweeted wrote writes posted reasoned believes believe believed estimates estimated estimate stated reckons"
    " predicts predicted cautioned lamented quipped recalled conceded"
)
SAY_THAT = _words(
    "announced announces reported reports report found finds showed shows show reveals revealed suggest suggests"
    " suggested indicates indicated indicate confirmed confirms confirm denied denies deny disclosed demonstrates"
    " demonstrated proposed recommends recommended observed observes agreed pledged promised vowed"
    " accepted determined calculated projected projects forecast forecasts learned disputed disputes promises"
    " believes think thinks thought felt feels feel hopes hoped fears feared expects expected argue claim"
)
ACTS = _words(
    "accused accuses condemned condemns criticized criticised criticizes criticises dismissed dismisses rejected"
    " rejects defended defends praised praises urged urges called calls described describes denounced denounces"
    " blamed blames thanked welcomed blasted slammed hailed appealed demanded demands asked asks discussed"
    " expressed expresses repeated reiterated discuss commented apologised apologized begged warned vowed"
)
CLAIM_NOUNS = _words(
    "claim claims allegation allegations accusation accusations report reports assertion assertions suggestion"
    " evidence statement rumours rumors warnings finding findings conclusion estimates charge charges"
)
RESEARCH = _words(
    "study studies report reports survey surveys data figures poll polls result results research researchers"
    " analysis estimates scientists statistics census review investigation inquiry findings audit paper authors"
    " experts officials records documents index forecast"
)
ROLES = _words(
    "ambassador minister president chairman chairwoman chair chief director secretary undersecretary spokesman"
    " spokeswoman spokesperson senator representative congressman congresswoman governor mayor general colonel"
    " lieutenant captain major sergeant professor doctor dr mr mrs ms sir lord lady judge justice king queen"
    " prince princess pope bishop archbishop cardinal reverend commissioner commander officer official deputy"
    " head leader economist analyst lawyer attorney prosecutor expert author researcher scientist founder"
    " co-founder ceo executive manager editor member lawmaker mp councillor councilor candidate premier"
    " chancellor councilwoman councilman coach player actor singer activist student owner adviser advisor"
    " envoy sheriff detective"
    " inspector superintendent coordinator treasurer dean physician epidemiologist historian campaigner"
    " politician vice prime foreign former acting senior resident farmer teacher"
    " parent witness survivor agency firm company group newspaper magazine organisation organization"
)
ORG_WORDS = _words(
    "ministry department council committee commission court police army navy force forces party union university"
    " institute institution bank agency bureau office association organization organisation church company"
    " corporation inc ltd group news times post journal herald network government parliament congress senate house"
    " nations states kingdom republic world international national federal central fund center centre foundation"
    " society service services authority administration board federation school hospital district"
    " embassy pentagon kremlin"
)
CONNECTORS = _words(
    "however also but and meanwhile moreover furthermore additionally besides instead still nevertheless"
    " nonetheless yet so indeed thus therefore then later separately similarly likewise overall today now"
    " now finally first second third"
)

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]\w*(?:['’\-&][^\W\d_]\w*)*"
    r"|[^\w\s]|_"
)
_ABBREVIATED = frozenset("mr mrs ms dr prof gen sen rep gov lt col sgt capt rev st jr sr no".split())


@dataclass(frozen=True)
class Token:
    """A word, number or mark; `start` and `end` are positions in the whole text."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`; the stop of “Mr.” belongs to no token of its own."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if word == "." and found and found[-1].end == match.start() and found[-1].low in _ABBREVIATED:
            continue
        found.append(Token(word, word.lower(), match.start(), match.end()))
    return found


def is_finite(words: list[Token], at: int) -> bool:
    """Whether the word at this place looks like a verb that a sentence can stand on.

    Without a parser this is a guess from the word and its neighbours; it errs towards "no", which keeps a
    span longer rather than cutting it at a wrong place.
    """
    low = words[at].low
    if not words[at].is_word:
        return False
    if low in AUXILIARIES:
        return low not in {"be", "been", "being"}
    before = words[at - 1].low if at else ""
    after = words[at + 1].low if at + 1 < len(words) else ""
    if (
        before in {"to", "the", "a", "an", "of", "by", "its", "his", "her", "their", "’s", "'s"}
        or words[at].is_capital
    ):
        return False
    if low in IRREGULAR_PAST or low in SAY or (low in PRESENT and before not in DETERMINERS | PREPOSITIONS):
        return before not in DETERMINERS | (PREPOSITIONS - {"who"})
    if low.endswith("ed") and len(low) > 4 and not low.endswith(("eed", "hundred")):
        if before in DETERMINERS or before in PREPOSITIONS or before in {"and", "or", ","}:
            return before in {"and", "or", ","} and (
                after in DETERMINERS | PREPOSITIONS | PRONOUNS
                or after[:1].isdigit()
                or (at + 1 < len(words) and words[at + 1].is_capital)
            )
        return True
    return False


def has_finite(words: list[Token]) -> bool:
    return any(is_finite(words, at) for at in range(len(words)))
