"""What may not change in silence between two readings of a sentence: figures, negation, names, dates, units and
comparators. Pure, and for several languages: a list that is too long costs a look, one that is too short a wrong claim.
"""

from __future__ import annotations

import re
import unicodedata

from annotations.articles.versions import words

NUMBER, NEGATION, NAME, DATE, UNIT, COMPARATOR = "NUMBER", "NEGATION", "NAME", "DATE", "UNIT", "COMPARATOR"
WORDS = "WORDS"
_KINDS = (NUMBER, NEGATION, NAME, DATE, UNIT, COMPARATOR)

_NEGATION = frozenset(
    "no not none never neither nor nobody nothing nowhere without cannot can't won't isn't aren't wasn't weren't don't"
    " doesn't didn't hasn't haven't hadn't wouldn't couldn't shouldn't denied denies deny non ne n' pas jamais aucun"
    " aucune rien personne sans ni nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne weder"
    " nunca nada nadie ningún ninguna ninguno sin tampoco não nem nenhum nenhuma sem mai nessuno nessuna senza niet"
    " geen nooit zonder nikt nigdy bez żaden żadna не нет ни никогда никто без нельзя ні немає ніколи değil yok hiç"
    " لا لم لن ليس ليست غير دون بدون ما لא לא אין בלי אף नहीं न मत बिना".split()
)
_COMPARATORS = frozenset(
    "over under above below more less fewer than least most almost nearly about around approximately roughly up exactly"
    " only just between beyond within before after since until plus moins environ près presque quasi über unter mehr"
    " weniger als fast rund etwa mindestens höchstens knapp más menos casi cerca mínimo máximo hasta mais quase più"
    " meno circa oltre meer minder bijna ongeveer więcej mniej ponad prawie около более менее свыше почти больше"
    " меньше понад більше менше майже أكثر أقل حوالي نحو تقريبا فوق تحت יותר פחות כמעט कम अधिक ज्यादा लगभग"
    " ≈ ~ < > ≤ ≥ ± =".split()
)
_DATES = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow last next"
    " week month year day century decade janvier février mars avril mai juin juillet août septembre octobre novembre"
    " décembre lundi mardi mercredi jeudi vendredi samedi dimanche hier demain januar februar märz juni juli oktober"
    " dezember montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern morgen enero febrero marzo"
    " abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado"
    " domingo ayer января февраля марта апреля мая июня июля августа сентября октября ноября декабря вчера сегодня"
    " завтра".split()
)
_UNITS = frozenset(
    "% ‰ $ € £ ¥ ₹ ₽ ₩ ° percent pct hundred thousand million billion trillion dozen mln bn m km kg g t cm mm ha"
    " mw gw kw kwh mwh tonnes tons tonne ton litres liters miles feet pounds dollars euros euro dollar yen yuan roubles"
    " rubles people times half third quarter double pour cent mille millions milliard milliards prozent tausend"
    " millionen milliarde milliarden hundert por ciento mil millones cien процентов процента тысяч миллионов"
    " миллиона миллиардов ألف مليون مليار بالمئة אחוז אלף מיליון".split()
)
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety first second un deux trois quatre cinq"
    " sept huit neuf dix onze douze vingt trente quarante cinquante soixante ein eine zwei drei vier fünf sechs sieben"
    " acht neun zehn elf zwölf zwanzig uno dos tres cuatro cinco seis siete ocho nueve diez doce veinte один два три"
    " четыре пять шесть семь восемь девять десять".split()
)
_OPENERS = frozenset(
    "the a an this that these those it he she they we in on at but and as for from when while if to by with le la les"
    " un une des der die das den dem ein eine el los las una il lo gli i de het een".split()
)
_FOLD = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(
            "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", ""
        ),
        "…": "...",
    }
)


def folded(text: str) -> str:
    """The text without what a typesetter may change: kinds of quote marks and dashes, white space, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_FOLD)).split())


def differences(one: str, other: str) -> tuple[str, ...]:
    """The kinds of protected words that differ between two readings, in a fixed order; empty when none does.

    Their order counts: who hit whom, and which figure stands with which day, is told by it.
    """
    mine, theirs = _protected(folded(one)), _protected(folded(other))
    return tuple(kind for kind in _KINDS if mine[kind] != theirs[kind])


def _protected(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    is_counted = False
    for word in words(text):
        lower = word.casefold()
        is_number = any(character.isnumeric() for character in word) or lower in _NUMBER_WORDS
        if is_number:
            found[NUMBER].append(lower)
        elif is_counted or lower in _UNITS:
            found[UNIT].append(lower)
        for kind, known in ((DATE, _DATES), (NEGATION, _NEGATION), (COMPARATOR, _COMPARATORS)):
            if lower in known:
                found[kind].append(lower)
        if _may_be_name(word) and lower not in _OPENERS:
            found[NAME].append(word)
        is_counted = is_number
    # Signs that `words` takes apart.
    found[NEGATION] += re.findall(r"n't\b", text)
    found[NUMBER] += re.findall(r"(?<!\w)[-+±](?=\d)", text)
    return found


def _may_be_name(word: str) -> bool:
    """A capital says so. In a script without capitals every word may be one; so may a sign that is no letter."""
    first = word[0]
    if first.isupper() or first.istitle():
        return True
    category = unicodedata.category(first)
    return category in {"Lo", "So", "Sk"} or any(unicodedata.category(one) == "Lo" for one in word)
