"""Codes and English names of languages (ISO 639-1, with the codes of ISO 639-2 and -3 that mean the same)."""

from __future__ import annotations

import re

_TABLE = """
af afr Afrikaans|am amh Amharic|ar ara Arabic|az aze Azerbaijani|be bel Belarusian|bg bul Bulgarian|bn ben Bengali
bs bos Bosnian|ca cat Catalan|cs ces,cze Czech|cy cym,wel Welsh|da dan Danish|de deu,ger German|el ell,gre Greek
en eng English|eo epo Esperanto|es spa Spanish|et est Estonian|eu eus,baq Basque|fa fas,per,prs Persian|fi fin Finnish
fr fra,fre French|ga gle Irish|gd gla Scottish Gaelic|gl glg Galician|gu guj Gujarati|ha hau Hausa|he heb Hebrew
hi hin Hindi|hr hrv Croatian|ht hat Haitian Creole|hu hun Hungarian|hy hye,arm Armenian|id ind Indonesian|ig ibo Igbo
is isl,ice Icelandic|it ita Italian|ja jpn Japanese|jv jav Javanese|ka kat,geo Georgian|kk kaz Kazakh|km khm Khmer
kn kan Kannada|ko kor Korean|ku kur Kurdish|ky kir Kyrgyz|la lat Latin|lb ltz Luxembourgish|lo lao Lao
lt lit Lithuanian|lv lav Latvian|mg mlg Malagasy|mi mri,mao Maori|mk mkd,mac Macedonian|ml mal Malayalam
mn mon Mongolian|mr mar Marathi|ms msa,may Malay|mt mlt Maltese|my mya,bur Burmese|nb nob Norwegian Bokmål
ne nep Nepali|nl nld,dut Dutch|nn nno Norwegian Nynorsk|no nor Norwegian|om orm Oromo|or ori Odia|pa pan Punjabi
pl pol Polish|ps pus Pashto|pt por Portuguese|qu que Quechua|rm roh Romansh|ro ron,rum Romanian|ru rus Russian
rw kin Kinyarwanda|sd snd Sindhi|si sin Sinhala|sk slk,slo Slovak|sl slv Slovenian|sn sna Shona|so som Somali
sq sqi,alb Albanian|sr srp Serbian|su sun Sundanese|sv swe Swedish|sw swa Swahili|ta tam Tamil|te tel Telugu
tg tgk Tajik|th tha Thai|ti tir Tigrinya|tk tuk Turkmen|tl tgl,fil Filipino|tr tur Turkish|tt tat Tatar
ug uig Uyghur|uk ukr Ukrainian|ur urd Urdu|uz uzb Uzbek|vi vie Vietnamese|wo wol Wolof|xh xho Xhosa|yi yid Yiddish
yo yor Yoruba|zh zho,chi,cmn,yue Chinese|zu zul Zulu
"""
_NAMES: dict[str, str] = {}
_CODES: dict[str, str] = {}
for _line in _TABLE.strip().replace("\n", "|").split("|"):
    _code, _others, _name = _line.split(" ", 2)
    _NAMES[_code] = _name
    for _word in (_code, *_others.split(","), _name.lower()):
        _CODES[_word] = _code


def primary_code(tag: str) -> str:
    """The language a tag, code or English name means, as ISO 639-1 where there is one: "EN_us" and "eng" are "en".

    What is not known comes back as its first subtag in lower case, so that two spellings of it are still one.
    """
    words = " ".join(tag.lower().split())
    first = re.split(r"[-_. @]", words, maxsplit=1)[0]
    return _CODES.get(words) or _CODES.get(first) or first


def name_of(tag: str) -> str:
    """The language's English name; the code itself, cut to 12 characters, when it is not known here."""
    code = primary_code(tag)
    return _NAMES.get(code, code[:12])
