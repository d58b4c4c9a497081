"""Who was named so far in a text, so that “she”, “Lopez”, “the minister” and “the company” find their names."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotations.claims.extraction.cues import GROUPS, ROLES
from annotations.claims.extraction.people import gender_of
from annotations.claims.extraction.words import Token

_MOST = 60  # names kept; an article names fewer, and a text made of names must not slow the reading down
_NO_COMPANY = frozenset(
    "ministry department council committee commission court police army navy government parliament congress senate"
    " university institute school hospital church nations house treasury union party federation league city county"
    " north south east west kingdom republic".split()
)
_ANY_GROUP = frozenset(
    "company firm group organisation organization agency charity carmaker airline giant".split()
)


@dataclass(frozen=True)
class Who:
    """A name for whom a phrase means, the words it was `written` with, and whether the name stands in the phrase."""

    name: str
    written: str
    in_sentence: bool
    is_person: bool


@dataclass
class _Person:
    name: str
    gender: str
    words: frozenset[str]
    age: str


@dataclass
class Memory:
    """`speaker` is whoever was quoted last; `person` the last person who spoke or acted."""

    speaker: str = ""
    _people: dict[str, _Person] = field(default_factory=dict)  # by last name, the latest last
    _acting: list[str] = field(
        default_factory=list
    )  # last names of those who spoke or acted, the latest last
    _groups: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    @property
    def person(self) -> str:
        return self._people[self._acting[-1]].name if self._acting else ""

    def person_named(self, written: str, *, roles: frozenset[str], age: str, words: list[str]) -> Who:
        """Somebody by name; a last name alone stands for the full name from before."""
        person = self._meet_person(written, roles, age, words)
        return Who(person.name, written, True, True)

    def described(self, written: str, phrase: list[Token]) -> Who:
        """A pronoun, a lone last name, “the minister”, “the company”, or a phrase that names nobody known."""
        low = written.lower()
        if low in {"he", "she"}:
            name = self.pronoun(low)
            return Who(name or written, written, not name, bool(name))
        if low in {"it", "they"}:
            known = self.speaker if self.speaker != self.person else ""
            return Who(known or written, written, not known, False)
        if len(phrase) == 1 and phrase[0].is_capital:
            person = self._people.get(written)
            if person:
                return Who(person.name, written, True, True)
            return Who(written, written, True, False)
        name, is_person = self._by_description(phrase)
        return Who(name or written, written, not name, is_person)

    def pronoun(self, low: str, *, learns: bool = True) -> str:
        """The person “he” or “she” may mean, never one known to be of the other sex; from then on that is known."""
        wanted, other = ("f", "m") if low == "she" else ("m", "f")
        recent = [self._people[key] for key in reversed(self._acting[-8:])]
        recent += [person for person in reversed(list(self._people.values())[-8:]) if person not in recent]
        for person in recent:
            if person.gender != other:
                person.gender = wanted if learns else person.gender
                return person.name
        return ""

    def acts(self, who: Who) -> None:
        """This one speaks or acts now: whom “he”, “she” or “the company” most likely means next."""
        if who.is_person:
            key = who.name.split()[-1]
            if key in self._people:
                self._acting = [*[k for k in self._acting if k != key][-7:], key]
        elif who.in_sentence and who.written[:1].isupper():
            self._meet_group(who.written)

    def meet(self, words: list[Token], text: str, runs: list[tuple[list[Token], list[Token]]]) -> None:
        """Learn the people whom a sentence introduces: `runs` are names with the words around that describe them."""
        for run, around in runs:
            written = text[run[0].start : run[-1].end]
            lows = [word.low for word in around]
            age = next((low for low in lows if low[:2].isdigit() and len(low) == 2), "")
            self._meet_person(written, frozenset(lows), age, lows + [word.low for word in run])

    def _meet_person(self, written: str, roles: frozenset[str], age: str, words: list[str]) -> _Person:
        key = written.split()[-1]
        known = self._people.pop(key, None)
        gender = gender_of([word for word in words if word in roles or word in written.lower().split()])
        if known and not (
            " " in written and " " in known.name and written.split()[0] != known.name.split()[0]
        ):
            known.name = max(known.name, written, key=len)
            known.gender = known.gender or gender
            known.words |= roles & ROLES
            known.age = known.age or age
        else:
            known = _Person(written, gender, roles & ROLES, age)
        self._people[key] = known
        while len(self._people) > _MOST:
            oldest = next(iter(self._people))
            del self._people[oldest]
            self._acting = [kept for kept in self._acting if kept != oldest]
        return known

    def _meet_group(self, written: str) -> None:
        words = frozenset(written.lower().split())
        self._groups = [*[group for group in self._groups if group[0] != written][-11:], (written, words)]

    def _by_description(self, phrase: list[Token]) -> tuple[str, bool]:
        if len(phrase) > 4 or phrase[0].low not in {"the", "this"} or len(phrase) < 2:
            return "", False
        head = phrase[-1].low
        recent = [self._people[key] for key in reversed(self._acting)]
        recent += [person for person in reversed(list(self._people.values())[-12:]) if person not in recent]
        if head == "year-old":
            match = next((p for p in recent if p.age == phrase[-2].low), recent[0] if recent else None)
            return (match.name, True) if match else ("", False)
        if head in ROLES:
            same = next((p for p in recent if head in p.words), None)
            if same:
                return same.name, True
        if head in GROUPS:
            for name, words in reversed(self._groups):
                if head in words or (head in _ANY_GROUP and not words & _NO_COMPANY):
                    return name, False
        return "", False
