"""Who somebody is: the name in a noun phrase, and who was named before in the same text."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotations.claims.extraction.words import ORG_WORDS, PRONOUNS, ROLES, Token

_PARTICLES = frozenset("de van von der den bin al el la le di da dos du ibn del".split())
_PUT_OUT = frozenset("published released made conducted documenting issued obtained seen posted".split())


@dataclass
class Memory:
    """Who was named so far: full names by last name, the last speaker, and who “he” or “she” may be."""

    full_names: dict[str, str] = field(default_factory=dict)
    speaker: str = ""
    person: str = ""

    def meet(self, words: list[Token], text: str) -> None:
        """Learn the full names that a sentence introduces: after a role, or set off by commas."""
        at = 0
        while at < len(words):
            run = at
            while run < len(words) and run - at < 4 and _is_name_word(words[run]) and words[run].is_word:
                run += 1
            before = words[at - 1].low if at else ""
            after = words[run].text if run < len(words) else ""
            if run - at >= 2 and (before in ROLES or (before == "," and after == ",")):
                name = text[words[at].start : words[run - 1].end]
                self.full_names.setdefault(name.split()[-1], name)
            at = max(run, at + 1)

    def resolve(self, name: str) -> str:
        if name.lower() in {"he", "she"}:
            return self.person or name
        return self.full_names.get(name.split()[-1], name) if name and " " not in name else name

    def learn(self, name: str, *, is_person: bool) -> None:
        if is_person and " " in name:
            self.full_names[name.split()[-1]] = name
        if is_person:
            self.person = name


def name_of(words: list[Token], text: str, memory: Memory) -> tuple[str, bool]:
    """The name in a noun phrase with its appositions, and whether it looks like a person's."""
    parts: list[list[Token]] = [[]]
    for word in words:
        if word.text == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    for part in parts:
        if 2 <= len(part) <= 4 and all(_is_name_word(word) for word in part):
            return text[part[0].start : part[-1].end], True
    first = parts[0]
    while (
        len(first) > 1
        and first[0].low in {"the", "but", "and", "however", "also", "meanwhile"}
        and first[1].is_capital
    ):
        first = first[1:]
    if not first:
        return "", False
    if len(first) == 1:
        name = memory.resolve(first[0].text)
        return name, " " in name and name != first[0].text
    run = len(first)
    while run > 0 and _is_name_word(first[run - 1]) and not first[run - 1].low.endswith(("’s", "'s")):
        run -= 1
    tail = first[run:]
    led_by_role = run > 0 and first[run - 1].low in ROLES
    if 1 <= len(tail) <= 4 and led_by_role:
        name = memory.resolve(text[tail[0].start : tail[-1].end])
        return name, True
    stop = next((at for at, word in enumerate(first) if at and word.low in _PUT_OUT), len(first))
    end = first[stop - 1].end
    if (
        text.count("(", first[0].start, end) > text.count(")", first[0].start, end)
        and text[end : end + 1] == ")"
    ):
        end += 1
    return text[first[0].start : end], False


def _is_name_word(word: Token) -> bool:
    if word.low in _PARTICLES:
        return True
    return (
        word.is_capital
        and word.low not in ROLES | ORG_WORDS | PRONOUNS
        and not word.low.endswith(("’s", "'s"))
        and word.low not in {"the", "a", "an", "in", "on", "u.s.", "u.n.", "un", "eu", "uk", "us"}
    )
