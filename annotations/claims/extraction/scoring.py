"""How worth checking a statement is, and why: a sum of hand-set weights, so that each one can be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.extraction.dates import DateMention
from annotations.claims.extraction.quantities import Quantity
from annotations.claims.extraction.words import has_finite, tokens
from annotations.claims.odds import sigmoid
from annotations.tongue import noop

TYPES = ("QUANTITY", "COMPARISON", "CAUSAL", "RULE", "EVENT", "PREDICTION", "QUOTE", "OTHER")
_BIAS = -1.0


@dataclass(frozen=True)
class Signal:
    """One reason for or against a candidate; a negative weight speaks against it."""

    code: str
    label: str
    weight: float


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b")


_PATTERNS = (
    (Signal("comparison", noop("compares or ranks"), 0.9), _any(
        r"most|least|highest|lowest|largest|biggest|smallest|greatest|youngest|oldest|worst|best|first\stime|record"
        r"|record-breaking|more\sthan|less\sthan|fewer\sthan|higher\sthan|lower\sthan|majority|minority|twice|double[ds]?"
        r"|only\scountry|leading|major\ssource|prevalent")),
    (Signal("trend", noop("speaks of a change"), 0.7), _any(
        r"rose|risen|rising|fell|fallen|falling|increas(?:e[ds]?|ing)|decreas(?:e[ds]?|ing)|declin(?:e[ds]?|ing)|grew|grown"
        r"|growing|surged|plunged|soared|dropped|drop|slipping|doubled|tripled|slowed|accelerated|worsened|improved")),
    (Signal("cause", noop("names a cause"), 0.7), _any(
        r"caus(?:e[ds]?|ing)|because\sof|due\sto|leads?\sto|led\sto|result(?:s|ed|ing)?\s(?:in|from)|responsible|blamed"
        r"|linked\sto|contribut(?:e[ds]?|ing|ory)|prevent(?:s|ed|ing)?|triggered|prompted|factor|effects?")),
    (Signal("rule", noop("speaks of a law, ruling or policy"), 0.8), _any(
        r"laws?|legal|illegal|ruled|ruling|court|banned|ban|sanction(?:s|ed)?|policy|treaty|legislation|tax(?:es)?|convicted"
        r"|sentenced|charged|prosecuted|trial|arrested|elected|re-elected|defeated|constitution|regulation|licen[cs]ed?"
        r"|retroactive|vetoe?[ds]?|resolution|signed|approved|prohibit(?:s|ed)?|lawsuit|fined?|verdict|impos(?:e[ds]?|ing)")),
    (Signal("harm", noop("speaks of harm or force"), 0.8), _any(
        r"kill(?:s|ed|ing)?|died|dead|deaths?|injured|wounded|casualties|attack(?:s|ed|ing)?|bomb(?:s|ed|ing)?|missiles?"
        r"|soldiers|troops|fired|shells?|artillery|military|rescued|murder(?:ed)?|manslaughter|shot|destroyed|evacuated"
        r"|refugees|abus(?:e[ds]?|ing)|torture[ds]?|stole|hacked|vulnerabilit(?:y|ies)|infection|disease|suffer(?:s|ed|ing)?"
        r"|engaging|crash(?:ed)?|earthquake|flood(?:s|ed)?|explo(?:ded|sion)|deficien(?:t|cy)")),
    (Signal("finding", noop("reports a finding"), 0.7), _any(
        r"study|studies|survey|research(?:ers)?|scientists|evidence|found\sthat|estimates?|data|statistics|results?\sshow"
        r"|analysis|census|effective|symptoms|patients|vaccines?")),
    (Signal("allegation", noop("alleges or denies"), 0.8), _any(
        r"alleg(?:e[ds]?|ations?|edly)|reportedly|accus(?:e[ds]?|ing|ations?)|denie[ds]|deny|provok(?:e[ds]?|ing)|violat\w{2,4}"
        r"|corrupt(?:ion)?|fraud|illegally|secretly|lied|false(?:ly)?|never|no\sevidence|not\sa\sfactor|mistakenly")),
    (Signal("state", noop("is about what a state or institution does"), 0.3), _any(
        r"government|president|minister|ministry|parliament|congress|senate|police|army|navy|council|party|officials?"
        r"|united\snations|u\.n\.|u\.s\.|eu|municipalit(?:y|ies)|authorities|agency|company|election")),
    (Signal("opinion", noop("is an opinion"), -0.9), _any(
        r"should|ought|must|hopes?|hopefully|beautiful|wonderful|terrible|amazing|great|crucial|important|believes?\sin|proud"
        r"|sad(?:ly)?|unfortunate(?:ly)?|dangerous|needed|deserves?|welcome|absurd|shameful|disgrace(?:ful)?|thank|urge[ds]?"
        r"|calls?\sfor|called\son|concern(?:ed|s)?|critical\sof|alarmed|slaves|nefarious|hypocrisy|unsubstantiated|support")),
    (Signal("prediction", noop("looks ahead"), -0.9), _any(
        r"will|won't|won’t|would|likely|unlikely|may|might|could|going\sto|plans?\sto|expected\sto|is\sto|are\sto|tomorrow"
        r"|next\s(?:week|month|year)|wants?\sto|aims?\sto|goal|future|if")),
    (Signal("procedure", noop("is procedure or scenery"), -0.7), _any(
        r"convened|met\swith|meeting|attended|visited|tweeted|posted|invited|discuss(?:ed|ing)?|spoke|announced|asked|image"
        r"|photo|file|known\sas|form\sof|type\sof|called|heard\sof|welcomed|interview(?:ed)?|commented|scheduled|held")),
)  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me|let’s|let's)\b")
_FINITE_PAST = re.compile(
    r"\b(?:has|have|had|was|were|\w{3,20}ed|began|took|won|lost|made|became|gave|sent)\b"
)


def weigh(
    text: str,
    start: int,
    end: int,
    *,
    quantities: Sequence[Quantity],
    dates: Sequence[DateMention],
    claimant: str,
) -> tuple[float, tuple[Signal, ...]]:
    """The score between 0 and 1, and the signals behind it, the strongest first."""
    words = tokens(text, start, end)
    exact = text[start:end]
    found: list[Signal] = []
    counted = [q for q in quantities if q.value and q.comparator != "since" and q.unit != "years old"]
    if counted:
        found.append(Signal("number", noop("has a number"), 1.5))
        if any(q.unit == "percent" for q in counted):
            found.append(Signal("percent", noop("has a percentage"), 0.4))
        if any(len(q.unit) == 3 and q.unit.isupper() for q in counted):
            found.append(Signal("money", noop("speaks of money"), 0.4))
    elif quantities:
        found.append(Signal("amount", noop("has an amount"), 0.8))
    if dates:
        found.append(Signal("date", noop("is tied to a date"), 0.4))
    if claimant:
        found.append(Signal("attributed", noop("is attributed to somebody"), 0.4))
    low = exact.lower()
    found.extend(signal for signal, pattern in _PATTERNS if pattern.search(low))
    if _FIRST_PERSON.search(exact):
        found.append(Signal("first_person", noop("speaks of “I” or “we”"), -0.8))
    if len([w for w in words if w.is_capital]) >= 2:
        found.append(Signal("named", noop("names somebody or something"), 0.2))
    if _FINITE_PAST.search(exact):
        found.append(Signal("done", noop("says that something happened"), 0.5))
    if not has_finite(words):
        found.append(Signal("no_verb", noop("is no full statement"), -1.4))
    if len([w for w in words if w.is_word]) < 5:
        found.append(Signal("short", noop("is very short"), -0.7))
    if text[end : end + 1] == "?" or exact.endswith("?"):
        found.append(Signal("question", noop("is a question"), -2.5))
    total = _BIAS + sum(signal.weight for signal in found)
    return round(sigmoid(total), 4), tuple(sorted(found, key=lambda signal: -abs(signal.weight)))


def type_of(signals: Sequence[Signal], *, in_quotes: bool) -> str:
    """The most telling of the closed list TYPES."""
    codes = {signal.code for signal in signals}
    if codes & {"number", "percent", "money"}:
        return "QUANTITY"
    for kind, wanted in (
        ("COMPARISON", {"comparison", "trend"}),
        ("CAUSAL", {"cause"}),
        ("RULE", {"rule"}),
        ("PREDICTION", {"prediction"}),
        ("EVENT", {"harm", "allegation", "done"}),
    ):
        if codes & wanted:
            return kind
    return "QUOTE" if in_quotes else "OTHER"
