"""“more than”, “up to”, “nearly”, “or more”: how a number bounds what it counts. Text comes in small letters."""

from __future__ import annotations

import re

_SOFT = r"(?:just|only|well|slightly|a\slittle|far|significantly|considerably|still|already|much|even)\s"
_GROUPS = (
    (
        ">=",
        "atleast",
        r"at\s(?:the\svery\s)?least|no\s(?:fewer|less|lower)\sthan|not\s(?:fewer|less)\sthan|an?\sminimum\s(?:of|sum\sof)|minimum"
        r"|as\s(?:few|little|low)\sas|at\sa\sminimum|from\sas\slow\sas|starting\sat",
    ),
    (
        "<=",
        "atmost",
        r"at\s(?:the\svery\s)?most|no\s(?:more|higher|greater|larger)\sthan|not\s(?:more|higher)\sthan|up\sto"
        r"|as\s(?:many|much|high|large|long|far)\sas|an?\smaximum\sof|maximum|within(?:\sthe\s(?:next|first|last))?|capped\sat|limited\sto",
    ),
    (
        "<",
        "below",
        rf"(?:{_SOFT})?(?:(?:less|fewer|lower|smaller|younger|shorter)\sthan|under|below|short\sof|shy\sof)",
    ),
    (
        ">",
        "above",
        rf"(?:{_SOFT})?(?:(?:more|greater|higher|larger|bigger|longer|older|better|stronger)\sthan|over|above|exceed(?:s|ed|ing)?"
        r"|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|upwards?\sof|in\sexcess\sof|beyond|outnumber(?:s|ed)?|north\sof)",
    ),
    (
        "~",
        "about",
        r"about|around|approximately|approx\.?|roughly|nearly|almost|some|an?\sestimated|estimated(?:\sat)?|circa|close(?:r)?\sto"
        r"|more\sor\sless|something\slike|in\sthe\sregion\sof|virtually|~|≈|an?\saverage\sof|averaging|probably|perhaps"
        r"|nearing|approaching|believed\sto\sbe",
    ),
    (
        "=",
        "exactly",
        r"exactly|precisely|only|just|a\stotal\sof|a\srecord|all|another|a\sfurther|an\sadditional|fully",
    ),
)
_BEFORE = re.compile(
    r"(?:^|[\s(“”\"‘'—–-])(?P<words>"
    + "|".join(f"(?P<{name}>{words})" for _, name, words in _GROUPS)
    + r")\s?(?:an?\s|the\s|another\s)?$"
)
_SIGNS = {name: sign for sign, name, _ in _GROUPS}
_AFTER = re.compile(
    r"(?P<plus>\+|-plus(?!\w)|\splus(?!\w)|\s(?:or|and)\s(?:more|higher|over|above|older|greater|better)(?!\w))"
    r"|(?P<less>\s(?:or|and)\s(?:less|fewer|under|lower|younger|below)(?!\w)|\sat\s(?:the\s)?most(?!\w))"
    r"|(?P<so>\sor\sso(?!\w)|-odd(?!\w)|-ish(?!\w)|\sor\sthereabouts)"
)
# “jobs over ten years” is a length of time, “for over ten years” a comparison.
_DURING = re.compile(r"(?<!for )(?<!by )(?<!of )(?<!after )(?<!just )(?<!well )\bover\s$")
TIME_UNITS = frozenset("days weeks months years decades hours minutes".split())


def before(low: str, at: int) -> tuple[str, int]:
    """The sign of the words that end right before `at`, and where they begin; `=` and `at` when there are none."""
    head = low[max(0, at - 34) : at]
    found = _BEFORE.search(head)
    if not found:
        return "=", at
    sign = next(sign for name, sign in _SIGNS.items() if found[name])
    return sign, at - len(head) + found.start("words")


def after(low: str, at: int) -> tuple[str, int]:
    """“or more”, “+”, “or so” right behind a number; empty when there is none."""
    found = _AFTER.match(low, at)
    if not found:
        return "", at
    return ">=" if found["plus"] else "<=" if found["less"] else "~", found.end()


def is_length_of_time(low: str, at: int, unit: str) -> bool:
    """Whether the “over” before `at` means “in the course of”."""
    return unit in TIME_UNITS and bool(_DURING.search(low[max(0, at - 14) : at]))
