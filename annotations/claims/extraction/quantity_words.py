"""The words that open a quantity, as one pattern over text in small letters. Every repetition has an upper bound."""

from __future__ import annotations

import re

from annotations.claims.extraction.number_words import DIGITS, SCALE, SPELLED, WORD

_MONEY = (
    r"(?:us\$|au\$|a\$|c\$|nz\$|hk\$|nt\$|[sr]\$|[$€£¥₹₽₩₴₪₦]|(?:usd|eur|gbp|chf|rmb|cny|jpy|aud|cad|sek|nok)\s?(?=\d)"
    r"|rs\.?\s?(?=\d)|rm(?=\d))"
)
_SHORT = r"(?:k|mn|mln|m|bn|b|trn|tn)(?!\w)"
PERCENT = (
    r"(?:\s?%(?:\spoints?)?|[\s-](?:percent|per\scent|pct)(?:age\spoints?|\spoints?)?(?!\w)"
    r"|\spercentage\spoints?(?!\w))"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|\d{1,3}(?:st|nd|rd|th))"
)
_BEST = (
    r"(?:largest|biggest|highest|lowest|most|longest|richest|smallest|oldest|busiest|deadliest|ranked"
    r"|placed|seeded|best|worst|tallest|fastest)"
)
_MOVED = (
    r"(?:cut|reduced?|f[ae]ll(?:en|s)?|dropp?e?d?|slashed|declined|decreased|shr[aiu]nk|plunged|tumbled|sl(?:id|umped)|r[oi]se[ns]?"
    r"|grew|grown|increased|went\s(?:up|down)|gone\s(?:up|down)|jumped|lowered)"
)
_PART = r"(?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?)"
_SIZE = (
    r"(?:many|much|large|big|high|likely|fast|long|often|expensive|old|common|deadly|great|strong|wide|far)"
)
_KINDS = (
    (
        "most",
        r"most(?=\s(?:of\s(?:the|its|their|his|her|them|those|these|this|that)\b|[a-z]{3,30}))|(?:an?|the)\s(?:\w{4,12}\s)?majority(?=\sof\s)",
    ),
    (
        "times",
        rf"(?:half|twice|thrice|\d{{1,4}}(?:\.\d)?\stimes|(?:{WORD})\stimes|double|triple)\sas\s{_SIZE}(?:\sas)?|twice|thrice"
        r"|doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|quadrupl(?:ed|es|ing)|quintupl(?:ed|es|ing)|halv(?:ed|es|ing)"
        rf"|(?:double|triple|treble|quadruple)(?=\s(?:the|that|those|its|their|his|last|what|digits?|figures?|to|by|in|from|over)\b)"
        rf"|{_MOVED}\s(?:by|in)\s(?:about\s|almost\s|around\s|more\sthan\s|nearly\s|over\s|roughly\s)?half|(?:{WORD}|\d{{1,4}}(?:\.\d)?)-?fold",
    ),
    (
        "round",
        rf"(?:half\san?|a\squarter\sof\sa|three-quarters\sof\sa|an?)\s(?:{SCALE})(?:\s(?:thousand|million|billion|crore))?(?!\w|-)",
    ),
    (
        "share",
        rf"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine)[\s-])?{_PART}"
        r"(?=\s(?:of|the|as|all|its|their|his|her|to|more|less|that|those)\b|[.,;:)”\"]|$|\s(?:were|are|was|is|said|have|had|say)\b)"
        rf"|(?:an?|one|two|three|four|five|six|seven|eight|nine)[\s-]{_PART}"
        r"(?=\s(?:since|in|from|compared|over|between|during|last|this|within|on|by|after|and|or|but)\b)",
    ),
    (
        "oneof",
        rf"(?P<part>{WORD}|\d{{1,3}})\s(?:in|out\sof)\s(?:every\s)?(?P<whole>{SPELLED}|{DIGITS})(?![\w]|[,.:]\d)(?!\s(?:years|days|months|weeks|hours|minutes|states|countries|cities))",
    ),
    (
        "rank",
        rf"#\s?\d{{1,3}}(?!\w)|number\sone(?!\w)|(?:number|no\.)\s(?:\d{{1,3}}|one|two|three|four|five)(?=\s(?:in|on|spot|slot|position|seed|ranked|ranking|for|among|worldwide)\b|[,.;:)”]|$)"
        rf"|{_ORDINAL}(?:[\s-](?:place|placed|position|spot)(?!\w)|-{_BEST}(?!\w))"
        rf"|(?<=ranked\s){_ORDINAL}(?!\w)|(?<=finished\s){_ORDINAL}(?!\w)|(?<=ranks\s){_ORDINAL}(?!\w)|(?<=came\s){_ORDINAL}(?!\w)|(?<=placed\s){_ORDINAL}(?!\w)",
    ),
    (
        "vague",
        rf"(?:tens|hundreds|thousands|millions)\sof\s(?:thousands|millions|billions)|dozens|hundreds|thousands|millions|billions|trillions"
        rf"|scores(?=\sof\s)|(?:several|a\sfew|many|a\scouple\sof|a\scouple)\s(?:{SCALE})(?!\w)|(?:several|a\sfew)\sdozen|a\scouple\sof|a\shandful\sof"
        r"|(?:low|mid|high)\s(?:single|double)\sdigits",
    ),
    (
        "number",
        rf"(?P<sign>(?:minus|negative)\s|[-−](?=[\d$€£]))?(?P<money>{_MONEY}\s?)?"
        rf"(?P<figure>{DIGITS}|{SPELLED}(?!\w))(?P<plus>[½¼¾⅓⅔]|\sand\sa\s(?:half|quarter)(?!\w)|-and-a-half(?!\w)|\s1/2(?!\d))?"
        rf"(?P<percent>{PERCENT})?(?:[\s\u00a0-](?P<scale>(?:hundred\sthousand|{SCALE})(?:\s(?:million|billion|crore))?)s?(?!\w)"
        rf"|\s?(?P<short>{_SHORT}))?",
    ),
    ("glyph", r"[½¼¾⅓⅔](?=\s)"),
)  # fmt: skip
PATTERN = re.compile(
    r"(?<![\w.,:/@’'])(?<!\w[-–—#])(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS)
    + r")(?:(?!\w)|(?=(?:km/h|km²|km|kg|cm|mm|mph|kph|ft|lbs?|mw|gw|kw|kwh|gb|tb|mb|ghz|mhz|hz|ha|mg|ml|ppm)(?!\w)))"
)
# The other end of a range, right behind the first number.
TOP = re.compile(
    rf"(?P<link>\s?[-–—]\s?|\s(?:to|and|or)\s)(?P<tmoney>{_MONEY}\s?)?(?P<top>{DIGITS}|{SPELLED}(?!\w))"
    rf"(?P<tpercent>{PERCENT})?(?:[\s\u00a0-](?P<tscale>(?:hundred\sthousand|{SCALE})(?:\s(?:million|billion|crore))?)(?!\w)|\s?(?P<tshort>{_SHORT}))?(?![\w]|[,.:/–-]\d)"
)
