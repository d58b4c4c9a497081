"""Everything that is said is marked for translation, is translated, keeps its placeholders, and is what is read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from annotations.templatetags.scripts import WORDS
from scripts import messages

LANGUAGES = sorted(messages.LOCALES.glob("*/LC_MESSAGES/django.po"))
each_language = pytest.mark.parametrize("po", LANGUAGES, ids=lambda po: po.parent.parent.name)
TEMPLATES = sorted((messages.PROJECT / "templates").rglob("*.html"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")

# What a template says without a mark: comments, marked words, what is no prose, and what stays in the desk's language.
_QUIET = re.compile(
    r"\{#.*?#\}|<!--.*?-->|\{% (blocktranslate|comment|language)\b.*?\{% end\1\b.*?%\}"
    r"|\{% block \w*class %\}.*?\{% endblock %\}|<(script|style|code|kbd|pre)\b.*?</\2>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r'\b(?:title|aria-label|placeholder|alt|data-(?:label|says?[\w-]*|confirm))="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"'
)
_NAMES = re.compile(
    r"\b(?:UTC|CSV|API|JSON|PDF|sha\d*|SHA-256|WARC|factcheck|fact|check|min|h)\b|&\w+;|https://"
)
_IN_THE_DESKS_LANGUAGE = {"reports/_claim.html"}


def unmarked(template: str) -> list[str]:
    """Words that a reader sees and no translator does."""
    code = _QUIET.sub(" ", template)
    found = [match[1] for match in _ATTRIBUTE.finditer(code)]
    found += re.findall(
        r'\b(?:title|text|reason|label|hint|action)="([^"{]*)"',
        " ".join(re.findall(r"\{%\s*include.*?%\}", code)),
    )
    code = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\x00", code, flags=re.DOTALL)
    found += re.split(r"<[^>]*>", code)
    said = (re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\x00", " ", words) for words in found)
    return [" ".join(words.split()) for words in said if re.search(r"[A-Za-z]{2,}", _NAMES.sub("", words))]


@pytest.mark.parametrize(
    "said", ["<p>Hello</p>", '<a title="Go on">→</a>', '{% include "a.html" with text="Hello" %}']
)
def test_words_without_a_mark_are_found(said: str) -> None:
    assert unmarked(said)


def test_templates_say_nothing_unmarked() -> None:
    names = {path: path.relative_to(messages.PROJECT / "templates").as_posix() for path in TEMPLATES}

    found = {
        names[path]: words
        for path in TEMPLATES
        if names[path] not in _IN_THE_DESKS_LANGUAGE and (words := unmarked(path.read_text()))
    }

    assert found == {}


def test_the_pages_carry_what_the_scripts_say() -> None:
    scripts = sorted((messages.PROJECT / "assets" / "js").rglob("*.js"))

    said = {words for path in scripts for words in re.findall(r'\b_\("((?:[^"\\]|\\.)*)"', path.read_text())}

    assert said == set(WORDS)


@each_language
def test_nothing_that_is_said_is_missing(po: Path) -> None:
    catalog = messages.translated(po)

    missing = [
        said.id
        for said in messages.said()
        if said.id and not _strings(catalog.get(_first(said), said.context))
    ]

    assert missing == []


@each_language
def test_nothing_is_kept_that_nobody_says(po: Path) -> None:
    said = {(_first(message), message.context) for message in messages.said()}

    left = [
        message.id for message in messages.translated(po) if (_first(message), message.context) not in said
    ]

    assert left == []


@each_language
def test_placeholders_are_kept(po: Path) -> None:
    odd = [
        (message.id, text)
        for message in messages.translated(po)
        if message.id
        for text in _strings(message)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(_ids(message)[-1]))
        and not (
            isinstance(message.id, tuple)
            and set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(_ids(message)[0]))
        )
    ]

    assert odd == []


@each_language
def test_no_translation_brings_markup_of_its_own(po: Path) -> None:
    """Translations stand in pages as they are, so a quote or a tag that the source has not could break one."""
    odd = [
        (message.id, text)
        for message in messages.translated(po)
        if message.id
        for text in _strings(message)
        if sorted(re.findall(r'["<>&]', text)) != sorted(re.findall(r'["<>&]', _ids(message)[-1]))
    ]

    assert odd == []


@each_language
def test_what_is_read_is_what_was_written(po: Path) -> None:
    assert po.with_suffix(".mo").read_bytes() == messages.compiled(messages.translated(po))


def test_numbers_have_their_own_words() -> None:
    with translation.override("de"):
        words = [
            translation.ngettext("Accepted {count} claim.", "Accepted {count} claims.", n) for n in (1, 2)
        ]

    assert words == ["{count} Behauptung angenommen.", "{count} Behauptungen angenommen."]


def _ids(message: Any) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def _first(message: Any) -> str:
    return _ids(message)[0]


def _strings(message: Any) -> list[str]:
    """The translations, or nothing as long as one of them is missing."""
    if message is None:
        return []
    words = message.string
    found = list(words) if isinstance(words, tuple | list) else [words]
    return found if all(found) else []
