"""What the scripts say, for pages in another language than that of the scripts."""

from __future__ import annotations

import json

from django import template
from django.utils.translation import get_language, gettext

from annotations.tongue import noop

register = template.Library()

WORDS = (
    noop("Not saved yet: choose above what should stand"),
    noop("Saving…"),
    noop("Not saved yet"),
    noop("Not saved yet, and this browser cannot keep it"),
    noop("You are signed out. Your words are kept here."),
    noop("Sign in to go on"),
    noop("Not saved yet: this page is out of date. Your words are kept here."),
    noop("Load it again"),
    noop("Not saved yet: no connection. Kept here, sent later"),
    noop("Done"),
    noop("No source here has the number {numbers}"),
    noop("{name} changed this claim at {time}."),
    noop("{name} wrote on this verdict at {time}."),
    noop("{name} changed the sources at {time}."),
    noop("{name} decided on this verdict at {time}."),
    noop("{name} published this claim at {time}."),
    noop("The workbench"),
    noop("Show"),
    noop("Link copied"),
    noop("These words were not sent yet."),
    noop("Sending…"),
    noop("Not sent: no connection. Your words are kept here; send them again."),
    noop("Drop these words"),
    noop("local time"),
    noop("Claim"),
    noop("No other claim shares these words."),
    noop("There is no claim here."),
    noop("{claim}. {place} of {count} on these words."),
    noop("{count} claims here:"),
    noop("People"),
    noop("Ends with “{words}”."),
    noop("Begins with “{words}”."),
    noop("New claim"),
    noop("Use these words"),
    noop(
        "Editing the words of the claim. Arrows move its end by word, with Control by character."
        " Tab takes the other end, Enter saves, Escape leaves."
    ),
    noop("Marking. Arrows move by word and sentence, Shift extends, Enter marks, Escape leaves."),
)
"""Every text in `_("…")` of `assets/js`; a test compares the two."""


@register.simple_tag
def words_of_scripts() -> str:
    """JSON, English → the reader's language; nothing on an English page."""
    if (get_language() or "en").startswith("en"):
        return ""
    return json.dumps({words: gettext(words) for words in WORDS}, ensure_ascii=False)
