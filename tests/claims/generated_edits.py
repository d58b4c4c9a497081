"""Articles and edits of them, made up by a seed; and where each span really went, which the generator knows because
every word has a key of its own. What the code under test says is never asked for the truth.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

# One row a language: how sentences are built. {n} number, {p} name, {d} date, {c} comparator, {x} negation (or
# nothing), {u} unit, {w} a neutral word. A space parts words; "" means that the script has none.
LANGUAGES: dict[str, dict[str, list[str]]] = {
    "en": {
        "s": [
            "{p} said that {c} {n} {u} were {x} lost in {w} fighting near {p} .",
            "On {d} {p} told the council that the budget had {x} grown by {n} percent .",
            "{c} {n} {u} arrived in {p} , the ministry {w} reported on {d} .",
            "“ We have {x} seen {n} {u} since {d} , ” {p} {w} added .",
            "The {w} agreement with {p} does {x} cover {c} {n} {u} .",
            "He denied it .",
        ],
        "p": "Kursk,Shea,Gaza,Moscow,Kim,Brussels,Ankara,Lima,O'Neill,Zoë,Nuñez".split(","),
        "c": "over,under,at least,about,nearly,more than,fewer than".split(","),
        "x": ["not", "", "", "never"],
        "d": "8 January 2025,9 January 2025,March 2006,last Monday,1 May 2019".split(","),
        "u": "soldiers,tonnes,people,euros,km".split(","),
        "w": "quietly,heavy,new,old,later,briefly".split(","),
    },
    "fr": {
        "s": [
            "{p} a dit que {c} {n} {u} étaient {x} perdus près de {p} .",
            "Le {d} , {p} a déclaré que le budget avait {x} augmenté de {n} % .",
            "{c} {n} {u} sont arrivés à {p} , selon un rapport {w} .",
        ],
        "p": "Koursk,Élise,Gaza,Moscou,Genève,Nîmes".split(","),
        "c": "plus de,moins de,environ,près de".split(","),
        "x": ["pas", "", "jamais"],
        "d": "8 janvier 2025,9 janvier 2025,1 mai 2019".split(","),
        "u": "soldats,tonnes,personnes,euros".split(","),
        "w": "officiel,récent,ancien".split(","),
    },
    "de": {
        "s": [
            "{p} sagte , dass {c} {n} {u} {x} bei {p} verloren gingen .",
            "Am {d} kamen {c} {n} {u} {x} in {p} an , hieß es {w} .",
        ],
        "p": "Kursk,Müller,Köln,Moskau,Genf".split(","),
        "c": "mehr als,weniger als,etwa,fast".split(","),
        "x": ["nicht", "", "nie"],
        "d": "8. Januar 2025,9. Januar 2025,1. Mai 2019".split(","),
        "u": "Soldaten,Tonnen,Menschen,Euro".split(","),
        "w": "später,knapp,erneut".split(","),
    },
    "ru": {
        "s": [
            "{p} сообщил , что {c} {n} {u} {x} прибыли в город {p} {w} .",
            "По данным на {d} , {c} {n} {u} {x} погибли , заявил {p} .",
        ],
        "p": "Курск,Шестаков,Москва,Женева,Йошкар".split(","),
        "c": "более,менее,около,почти".split(","),
        "x": ["не", "", ""],
        "d": "8 января 2025,9 января 2025,1 мая 2019".split(","),
        "u": "солдат,тонн,человек,евро".split(","),
        "w": "ранее,позже,вновь".split(","),
    },
    "ar": {
        "s": [
            "قال {p} إن {c} {n} {u} {x} وصلوا إلى {p} {w} .",
            "في {d} أعلن {p} أن {c} {n} {u} {x} قتلوا ؟",
        ],
        "p": "كورسك,شيا,غزة,موسكو,جنيف".split(","),
        "c": "أكثر من,أقل من,حوالي,نحو".split(","),
        "x": ["لم", "", "لا"],
        "d": "8 يناير 2025,9 يناير 2025,1 مايو 2019".split(","),
        "u": "جندي,طن,شخص,يورو".split(","),
        "w": "لاحقا,اليوم,سابقا".split(","),
    },
    "he": {
        "s": ["{p} אמר כי {c} {n} {u} {x} הגיעו אל {p} {w} .", "ב {d} נהרגו {c} {n} {u} {x} ליד {p} ."],
        "p": "קורסק,שיי,עזה,מוסקבה".split(","),
        "c": "יותר מ,פחות מ,כמעט".split(","),
        "x": ["לא", "", "אף"],
        "d": "8 בינואר 2025,9 בינואר 2025".split(","),
        "u": "חיילים,טונות,אנשים".split(","),
        "w": "מאוחר,אתמול,שוב".split(","),
    },
    "hi": {
        "s": [
            "{p} ने कहा कि {c} {n} {u} {p} में {x} पहुँचे {w} ।",
            "{d} को {c} {n} {u} {x} मारे गए , {p} ने बताया ।",
        ],
        "p": "कुर्स्क,दिल्ली,गाज़ा,मॉस्को".split(","),
        "c": "लगभग,कम से कम,अधिक".split(","),
        "x": ["नहीं", "", ""],
        "d": "8 जनवरी 2025,9 जनवरी 2025".split(","),
        "u": "सैनिक,टन,लोग".split(","),
        "w": "बाद में,आज,फिर".split(","),
    },
    "zh": {
        "s": ["{p} 表示 ， {c} {n} {u} {x} 抵达 {p} {w} 。", "{d} ， {c} {n} {u} {x} 在 {p} 丧生 。"],
        "p": "库尔斯克,加沙,莫斯科,日内瓦".split(","),
        "c": "超过,不到,大约".split(","),
        "x": ["没有", "", ""],
        "d": "2025年1月8日,2025年1月9日".split(","),
        "u": "名士兵,吨粮食,人".split(","),
        "w": "之后,随即,再次".split(","),
    },
    # Emoji of several code points, decomposed letters, and letters beyond the first plane.
    "emoji": {
        "s": [
            "{p} 👩‍🚀 posted {c} {n} {u} 🇺🇦 , {x} counting {w} 👍🏽 .",
            "Cafe\u0301 {p} sold {c} {n} {u} 😀 on {d} {x} again {w} .",
        ],
        "p": "𝒜da,Zoe\u0308,Kursk👩,Beyonce\u0301,Beyonce".split(","),
        "c": "over,under,≈".split(","),
        "x": ["not", "", "never"],
        "d": "8 January 2025,9 January 2025".split(","),
        "u": "😀,👍,coffees,👩".split(","),
        "w": "🙂,😡,later".split(","),
    },
}
SPACELESS = frozenset({"zh"})
_keys = count(1)
_GLUED = frozenset(".,，。？؟।”")


@dataclass
class Word:
    """One word of one place: its key is nobody else's. `copy_of` is the key of the word that it is a copy of."""

    text: str
    kind: str = ""
    key: int = field(default_factory=lambda: next(_keys))
    copy_of: int = 0


@dataclass
class Sentence:
    words: list[Word]
    key: int = field(default_factory=lambda: next(_keys))
    is_last: bool = False


@dataclass
class Printed:
    """A text with the place of every word in it."""

    text: str
    places: dict[int, tuple[int, int]]
    order: list[int]
    sentence_of: dict[int, int]
    copies: dict[int, list[int]]


@dataclass
class Truth:
    """What became of a span: where it stands, if it does; whether its sentences are untouched; whether the same
    sentence stands somewhere else, too; and places of a word-for-word copy where the words themselves are gone.
    """

    place: tuple[int, int] | None
    is_sentence_untouched: bool
    has_copy: bool
    is_copy_at: Callable[[int, int], bool]


class Article:
    def __init__(self, draw: random.Random, language: str, length: int) -> None:
        self.draw, self.language = draw, language
        self.parts = LANGUAGES[language]
        self.sentences = [self.sentence() for _ in range(length)]
        self.edits = 0

    def sentence(self) -> Sentence:
        words = []
        for slot in self.draw.choice(self.parts["s"]).split():
            kind = slot.strip("{}") if slot.startswith("{") else ""
            value = self._value(kind) if kind else slot
            words += [Word(one, kind) for one in value.split()] if kind != "d" else [Word(value, "d")]
        return _capital(Sentence(words, is_last=self.draw.random() < 0.25))

    def _value(self, kind: str) -> str:
        if kind == "n":
            return self.draw.choice(
                [
                    f"{self.draw.randint(2, 99)}",
                    f"{self.draw.randint(1, 99)},000",
                    f"{self.draw.random() * 9:.1f}",
                    "12,000",
                ]
            )
        return self.draw.choice(self.parts[kind])

    def printed(self) -> Printed:
        text, places, order, sentence_of, copies = "", {}, [], {}, {}
        for sentence in self.sentences:
            for number, word in enumerate(sentence.words):
                if number and not (
                    word.text in _GLUED or sentence.words[number - 1].text == "“" or self._spaceless(word)
                ):
                    text += " "
                places[word.key] = (len(text), len(text) + len(word.text))
                order.append(word.key)
                sentence_of[word.key] = sentence.key
                if word.copy_of:
                    copies.setdefault(word.copy_of, []).append(word.key)
                text += word.text
            text += "\n\n" if sentence.is_last else ("" if self.language in SPACELESS else " ")
        return Printed(text, places, order, sentence_of, copies)

    def _spaceless(self, word: Word) -> bool:
        return self.language in SPACELESS

    def snapshot(self) -> dict[int, list[tuple[int, str]]]:
        return {one.key: [(word.key, word.text) for word in one.words] for one in self.sentences}

    # --- edits -------------------------------------------------------------------------------------------------

    def edit(self) -> str:
        name = self.draw.choice(EDITS)
        at = self.draw.randrange(len(self.sentences))
        getattr(self, f"_{name}")(at)
        self.edits += 1
        return name

    def _insert(self, at: int) -> None:
        self.sentences.insert(at, self.sentence())

    def _delete(self, at: int) -> None:
        if len(self.sentences) > 3:
            del self.sentences[at]

    def _move(self, at: int) -> None:
        one = self.sentences.pop(at)
        self.sentences.insert(self.draw.randrange(len(self.sentences) + 1), one)

    def _copy(self, at: int) -> None:
        """The very sentence a second time, next to it or elsewhere."""
        self.sentences.insert(self._somewhere(at), self._copied(at))

    def _look_alike(self, at: int) -> None:
        """The sentence a second time with one protected word changed."""
        twin = self._copied(at)
        for word in twin.words:
            word.copy_of = 0
        self._change(twin, "npdcxu")
        self.sentences.insert(self._somewhere(at), twin)

    def _replaced(self, at: int) -> None:
        """Another sentence in its place that looks like it: every word is a new one."""
        twin = self._copied(at)
        for word in twin.words:
            word.copy_of = 0
        self._change(twin, "npdcxu")
        self.sentences[at] = twin

    def _swapped(self, at: int) -> None:
        """It goes, and one that looks like it comes elsewhere."""
        one = self.sentences[at]
        self._look_alike(at)
        if len(self.sentences) > 3:
            self.sentences.remove(one)

    def _number(self, at: int) -> None:
        self._change(self.sentences[at], "n")

    def _name(self, at: int) -> None:
        self._change(self.sentences[at], "p")

    def _date(self, at: int) -> None:
        self._change(self.sentences[at], "d")

    def _unit(self, at: int) -> None:
        self._change(self.sentences[at], "u")

    def _comparator(self, at: int) -> None:
        self._change(self.sentences[at], "c")

    def _negation(self, at: int) -> None:
        self._change(self.sentences[at], "x")

    def _word(self, at: int) -> None:
        self._change(self.sentences[at], "w")

    def _paragraph(self, at: int) -> None:
        """A line break more or less: no word changes."""
        self.sentences[at].is_last = not self.sentences[at].is_last

    def _somewhere(self, at: int) -> int:
        return self.draw.choice([at, at + 1, self.draw.randrange(len(self.sentences) + 1)])

    def _copied(self, at: int) -> Sentence:
        one = self.sentences[at]
        return Sentence(
            [Word(word.text, word.kind, copy_of=word.key) for word in one.words], is_last=one.is_last
        )

    def _change(self, sentence: Sentence, kinds: str) -> None:
        spots = [number for number, word in enumerate(sentence.words) if word.kind and word.kind in kinds]
        if "x" in kinds and (not spots or self.draw.random() < 0.4):
            negations = [number for number, word in enumerate(sentence.words) if number and word.kind == "x"]
            if negations:
                del sentence.words[negations[0]]
            else:
                word = Word(next(one for one in self.parts["x"] if one), "x")
                sentence.words.insert(self.draw.randrange(1, len(sentence.words)), word)
            return
        if not spots:
            return
        number = self.draw.choice(spots)
        old = sentence.words[number]
        for _ in range(9):
            value = self._value(old.kind)
            if value and value != old.text and (old.kind == "d" or " " not in value):
                sentence.words[number] = Word(value, old.kind)
                _capital(sentence)
                return


def _capital(sentence: Sentence) -> Sentence:
    first = sentence.words[0]
    if first.text[:1].islower():
        first.text = first.text[:1].upper() + first.text[1:]
    return sentence


EDITS = (
    "insert delete move copy look_alike replaced swapped number name date unit comparator negation word paragraph"
).split()


@dataclass
class Trial:
    language: str
    old: Printed
    new: Printed
    edits: int
    kinds: list[str]
    spans: list[tuple[int, int, Truth]]


def trials(seed: int, edits: int) -> Iterator[Trial]:
    """Trials until so many edits were made. Each has a few edits and several spans."""
    draw, made = random.Random(seed), 0
    while made < edits:
        language = draw.choice(sorted(LANGUAGES))
        article = Article(draw, language, draw.randint(6, 22))
        before, old = article.snapshot(), article.printed()
        chosen = [_chosen(draw, old) for _ in range(6)]
        kinds = [article.edit() for _ in range(draw.choice([1, 1, 2, 3, 5, 8]))]
        made += article.edits
        new, after = article.printed(), article.snapshot()
        spans = [(*_place(old, keys), _truth(keys, old, new, before, after)) for keys in chosen]
        yield Trial(language, old, new, article.edits, kinds, spans)


def _chosen(draw: random.Random, old: Printed) -> list[int]:
    """The keys of some words that follow each other: a sentence, a part of one, or more than one."""
    while True:
        keys = _drawn(draw, old)
        start, end = _place(old, keys)
        if sum(character.isalnum() for character in old.text[start:end]) >= 4:
            return keys


def _drawn(draw: random.Random, old: Printed) -> list[int]:
    first = draw.randrange(len(old.order))
    how = draw.random()
    if how < 0.4:
        sentence = old.sentence_of[old.order[first]]
        return [key for key in old.order if old.sentence_of[key] == sentence]
    size = draw.randint(1, 4) if how < 0.55 else draw.randint(3, 18)
    return old.order[first : first + size]


def _place(printed: Printed, keys: list[int]) -> tuple[int, int]:
    return printed.places[keys[0]][0], printed.places[keys[-1]][1]


def _truth(
    keys: list[int],
    old: Printed,
    new: Printed,
    before: dict[int, list[tuple[int, str]]],
    after: dict[int, list[tuple[int, str]]],
) -> Truth:
    place = None
    if all(key in new.places for key in keys):
        rank = {key: number for number, key in enumerate(new.order)}
        if [rank[key] for key in keys] == list(range(rank[keys[0]], rank[keys[0]] + len(keys))):
            place = _place(new, keys)
            if new.text[place[0] : place[1]].split() != old.text[slice(*_place(old, keys))].split():
                place = None
    mine = list(dict.fromkeys(old.sentence_of[key] for key in keys))
    untouched = all(before[one] == after.get(one) for one in mine)
    said = {tuple(text for _, text in before[one]) for one in mine}
    copies = sum(tuple(text for _, text in words) in said for words in after.values())
    originals = sum(tuple(text for _, text in words) in said for words in before.values())

    around = _neighbours(before, mine)

    def is_copy_at(start: int, end: int) -> bool:
        """Here stands a copy of the words in a whole copy of their sentence, and the words themselves are gone; or they
        went elsewhere and left the copy where they stood, between the same sentences. No text can tell these apart.
        """
        there = [key for key in new.order if new.places[key][0] < end and new.places[key][1] > start]
        sentences = list(dict.fromkeys(new.sentence_of[key] for key in there))
        copied = [tuple(text for _, text in after[one]) for one in sentences]
        if copied != [tuple(text for _, text in before[one]) for one in mine]:
            return False
        return place is None or _neighbours(after, sentences) == around

    return Truth(place, untouched, copies > len(mine) or originals > len(mine), is_copy_at)


def _neighbours(text: dict[int, list[tuple[int, str]]], some: list[int]) -> list[list[str]]:
    """What the sentences before and after these say; nothing where there is none."""
    order = list(text)
    first, last = order.index(some[0]), order.index(some[-1])
    keys = [*order[max(0, first - 1) : first], 0, *order[last + 1 : last + 2]]
    return [[said for _, said in text.get(key, [])] for key in keys]
