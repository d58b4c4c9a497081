"""The words that name a date, as one pattern over text in small letters. Every repetition in it has an upper bound."""

from __future__ import annotations

import re

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
YEAR = r"(?:1[0-9]\d\d|20\d\d)(?!\d|[,.]\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%’']|[.,:]\d)"
DAYNAME = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
PART_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night|lunchtime))?"
COUNT = (
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|(?:a\s)?few|(?:a\s)?couple(?:\sof)?|several|(?:a\s)?dozen|half\sa)"
)
UNIT = r"(?:minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|centurie|century)s?"
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first)"
)
_SEASON = r"(?:spring|summer|autumn|winter|fall)"
_ZONE = (
    r"(?:gmt|utc|bst|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|jst|ist|aest|aedt|eastern|pacific|local\stime)"
)
_HALF_DAY = r"(?:[ap]\.m\.?|[ap]m\b)"
CLOCK = (
    rf"(?:(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?{_HALF_DAY})?(?:\s\(?{_ZONE}\b\)?)?"
    rf"|(?:1[0-2]|[1-9])\s?{_HALF_DAY}(?:\s\(?{_ZONE}\b\)?)?"
    rf"|(?:[01]\d|2[0-4])[0-5]\d\s(?:hours\s)?\(?(?:gmt|utc|local\stime)\b\)?|(?:midnight|noon|midday|dawn|dusk)\b)"
)
_HOLIDAY = (
    r"(?:christmas(?:\s(?:day|eve))?|boxing\sday|new\syear[’']s\s(?:day|eve)|easter(?:\s(?:sunday|monday))?|good\sfriday"
    r"|black\sfriday|ash\swednesday|palm\ssunday|maundy\sthursday|halloween|thanksgiving(?:\sday)?|valentine[’']s\sday"
    r"|st\.?\spatrick[’']s\sday|may\sday|bastille\sday|armistice\sday|international\swomen[’']s\sday|ramadan|eid\sal-(?:fitr|adha)"
    r"|diwali|passover|independence\sday|labou?r\sday|memorial\sday|election\sday|lunar\snew\syear)"
)
_EDGE = r"(?:end|start|beginning|middle|close|turn|eve|dawn|course|rest)"
_KINDS = (
    ("iso", r"(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d(?!\d)"),
    ("numeric", r"\d{1,2}(?P<sep>[/.])\d{1,2}(?P=sep)(?:1[5-9]|20)\d\d(?!\d)"),
    ("attacks", r"9/11(?![\d/])"),
    (
        "monthday",
        rf"(?:{DAYNAME},?\s)?{MONTH}\s(?:the\s)?{DAY}(?:(?:\s?[-–—]\s?|\s(?:and|to|or)\s){DAY}(?!\s{MONTH}))?"
        rf"(?:,?\s(?:of\s)?{YEAR})?",
    ),
    (
        "daymonth",
        rf"(?:{DAYNAME},?\s)?(?:the\s)?{DAY}(?:(?:\s?[-–—]\s?|\s(?:and|to|or)\s){DAY})?\s(?:of\s)?{MONTH}(?![\w])"
        rf"(?:,?\s(?:of\s)?{YEAR})?",
    ),
    ("monthyear", rf"{MONTH},?\s(?:of\s)?{YEAR}"),
    ("seasonyear", rf"(?:the\s)?{_SEASON}(?:\sof)?\s{YEAR}(?:[-–/]\d\d)?(?!\d)"),
    (
        "portion",
        r"(?:the\s)?(?:first|second|third|fourth|final|last|latter)\s(?:quarter|half|three\smonths|six\smonths|nine\smonths)"
        rf"\s(?:of\s)?(?:(?:the\s)?(?:last|this|next|previous|current)\s(?:year|month|week|decade|century)|the\syear|{YEAR}"
        rf"|the\s(?:1\d|20)\d0s|{MONTH}(?![\w])|(?:the\s)?{_ORDINAL}[\s-]century)",
    ),
    ("quarter", r"(?:the\s)?(?:first|second|third|fourth)\squarter(?!\w|\s(?:of|lead|goal|score|touchdown))"),
    ("q", rf"[qh][1-4](?:\s(?:of\s)?{YEAR})?(?!\w)"),
    ("fiscal", r"(?:fy\s?|(?:the\s)?(?:fiscal|financial)(?:\syear)?\s)(?:(?:19|20)?\d\d)(?:[-–/](?:20)?\d\d)?(?!\d)"),
    ("within", rf"within\s(?:(?:the|a|just)\s)?(?:(?:next|first|past|last)\s)?(?:{COUNT}\s){{1,2}}{UNIT}(?!\w)"),
    (
        "window",
        r"(?:(?:the|these)\s)?(?:past|last|previous|coming|next|preceding|following)\s"
        rf"(?:{COUNT}[\s-])(?:or\s(?:so|two|three)\s)?(?:\w{{1,12}}\s)?{UNIT}(?!\w)",
    ),
    (
        "recent",
        r"(?:(?:the|these|more)\s)?(?:recent|last|past|coming|previous)\s"
        r"(?:hours|days|weeks|months|years|decades|centuries)",
    ),
    ("ago", rf"(?:{COUNT}[\s-])(?:or\s(?:so|two|three|more)\s)?(?:and\sa\shalf\s)?{UNIT}\sago"),
    ("offset", rf"(?:{COUNT}\s){UNIT}\s(?:earlier|later|beforehand|afterwards)"),
    (
        "relative",
        r"the\ssame\s(?:month|week|quarter|period|day|weekend|time)\s(?:of\s)?(?:last|the\sprevious)\s(?:year|season|month|week)(?!\w)"
        r"|(?:(?:earlier|later)\s)?(?:the\s)?(?:last|this|next|past|coming|previous|following|current|same)\s"
        rf"(?:week|month|year|weekend|fortnight|{_SEASON}|quarter|decade|century|night|morning|afternoon|evening|day|hour)"
        r"(?!\w|-(?:old|long))",
    ),
    (
        "edge",
        rf"(?:the\s)?(?:very\s)?{_EDGE}\sof\sthe\s(?:day|week|weekend|month|quarter|year|decade|century)(?!\w|\s{DAYNAME})",
    ),
    ("weekend", r"the\sweekend(?!\w)"),
    (
        "weekday",
        rf"(?:(?:last|next|this|this\spast|this\scoming|coming|early|late|the\sfollowing|the\sprevious)\s)?{DAYNAME}(?!\w){PART_OF_DAY}",
    ),
    (
        "near",
        rf"(?:the\sday\s(?:before\syesterday|after\stomorrow)|yesterday|today|tomorrow|tonight)(?!\w){PART_OF_DAY}",
    ),
    ("neighbour", r"(?:the|a)\s(?:day|week|month|year)\s(?:before|after|earlier|later)(?!\w)"),
    (
        "decade",
        r"(?:the\s)?(?:(?:early|late|mid|middle)[\s-])?"
        r"(?:(?:1[5-9]|20)\d0s|[’'‘][2-9]0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties(?=\W))",
    ),
    ("century", rf"(?:the\s)?(?:(?:early|late|mid)[\s-])?{_ORDINAL}[\s-]century(?:\s(?:bc|bce|ad))?(?!\w)"),
    ("era", r"\d{1,4}\s?(?:bc|bce|ce)(?!\w)|ad\s\d{1,4}(?!\d)"),
    ("years", r"(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)(?![\d/-])"),
    ("clock", CLOCK),
    ("year", rf"{YEAR}(?!\s?%|-(?:year|strong|member|foot|mile|metre|meter|page|seat|bed|acre|ton))"),
    ("holiday", rf"{_HOLIDAY}(?!\w)(?:,?\s{YEAR})?"),
    ("month", rf"{MONTH}(?![\w])"),
)  # fmt: skip
PATTERN = re.compile(
    r"(?<![\w.,/:$€£¥#])(?<!\d[-–])(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS) + ")"
)
# “early on Friday”, “the end of 2019”, “the night of 3 June”: words that belong to the date behind them.
LEAD = re.compile(
    r"(?:^|[\s(])(?P<lead>(?:(?:the\s)?(?:(?:very\s)?(?:end|start|beginning|middle|close|eve|night|morning|evening|afternoon"
    r"|weekend|week|month|year)\s(?:of|ending)(?:\sthe\sday)?|(?:early|late)\s(?:on|in)|earlier\son|later\son|early|late|mid|middle)"
    r"|(?:the\s)?(?:early|late)\shours\sof|the\send\sof\sthe\sday)[\s-])$"
)
ROLE = re.compile(
    r"(?:^|[\s(])(since|on|in|by|until|till|before|after|from|between|during|for|over|through|throughout|within|as\sof|of|at|to)"
    r"\s(?:the\s|about\s|around\s|roughly\s|at\sleast\s)?$"
)
