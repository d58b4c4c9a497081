"""What templates need to draw the few shapes that are everywhere: icons, bars in parts, ratings, who is signed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotations.claims.permissions import may_read_labels
from annotations.desks.queries import scales_of
from annotations.desks.scale import CONFIDENCE_WORDS, DEFAULT, Rating, Scales
from annotations.people.models import User, Workspace
from annotations.people.permissions import role_of
from annotations.people.queries import workspaces_of
from annotations.people.roles import Role
from annotations.tongue import gettext, inside

register = template.Library()


def scales_in(context: Context) -> Scales:
    """The scale of the desk that this page is about, with all its versions; read once a request.

    The doors write the desk into the request, because parts that are included `only` with their own words have
    nothing else of the page.
    """
    request = getattr(context, "request", None)
    desk = getattr(request, "desk", None)
    if desk is None:
        return Scales()
    known: dict[int, Scales] = getattr(request, "_scales", {})
    if desk.pk not in known:
        known[desk.pk] = scales_of(desk.pk)
        request._scales = known  # type: ignore[union-attr]
    return known[desk.pk]


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, prefix: str = "", also: str = "") -> SafeString:
    """One symbol of the sprite. Always beside words, so assistive technology is spared it.

    With the prefix `r-` the name is the code of a rating, and the symbol is the shape that the desk gave it.
    """
    if prefix == "r-":
        known = scales_in(context).rating(name)
        name = known.shape if known else name
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}{}"></use></svg>',
        also,
        static("icons/sprite.svg"),
        prefix,
        name,
    )


@register.simple_tag
def sprite() -> str:
    """Where the symbols are, for lists that draw hundreds of them in few bytes."""
    return static("icons/sprite.svg")


@register.simple_tag(takes_context=True)
def rating_of(context: Context, code: str, scale: int | None = None) -> Rating | None:
    """The rating of this code with its label and definition, as that version of the desk's scale has it (the newest
    that knows it, when none is named); None when nothing was chosen yet.
    """
    return scales_in(context).rating(code, scale or None)


@register.simple_tag(takes_context=True)
def qualifier_of(context: Context, code: str, scale: int | None = None) -> str:
    """A qualifier in words, by the same rule."""
    return scales_in(context).qualifier(code, scale or None)


@register.simple_tag(takes_context=True)
def scale_sheet(context: Context) -> str:
    """Where the colours of the desk's own scale are; "" for a desk that has the default one."""
    number = scales_in(context).current.number
    if number == DEFAULT.number:
        return ""
    desk = context["request"].desk
    return f"{reverse('scale-css')}?{urlencode({'workspace': desk.slug, 'version': number})}"


@register.filter
def pairs(named: dict[str, Any]) -> list[tuple[str, Any]]:
    """What `.items` gives. In a template that name is looked up as a key first, and a field may be called items."""
    return list(named.items())


@register.filter
def figure(value: str) -> str:
    """A number as the reader's language groups it: 12,000. A year is left alone, and what is no plain number."""
    whole, dot, rest = value.partition(".")
    if not whole.isdecimal() or (dot and not rest.isdecimal()):
        return value
    return number_format(value, decimal_pos=len(rest), use_l10n=True, force_grouping=len(whole) > 4)


@register.inclusion_tag("components/segbar.html")
def segbar(parts: Iterable[tuple[str, str, int]], label: str) -> dict[str, Any]:
    """A bar in parts. Each part is (attribute, value, count): ("tone", "work", 3) or ("rating", "false", 1).

    Drawn as SVG, because widths in style attributes are refused by the content security policy.
    """
    counted = [part for part in parts if part[2] > 0]
    whole = sum(count for _, _, count in counted) or 1
    at, pieces = 0.0, []
    for attribute, value, count in counted:
        width = 100 * count / whole
        pieces.append({"attribute": attribute, "value": value, "x": f"{at:.3f}", "width": f"{width:.3f}"})
        at += width
    return {"pieces": pieces, "label": label}


@register.simple_tag
def desks_of(person: Any) -> list[dict[str, Any]]:
    """The workspaces of the signed-in person, each with the role there, for the menu in the bar."""
    return [{"desk": desk, "role": _role_in_words(person, desk)} for desk in workspaces_of(person)]


def _role_in_words(person: Any, desk: Workspace) -> str:
    role = role_of(person, desk.pk)
    return Role(role).label if role else ""


@register.filter(name="inside")
def _inside(label: Any) -> str:
    """A label as it stands within a sentence."""
    return inside(str(label))


@register.filter
def confidence(code: str) -> str:
    """How sure somebody is, in a word."""
    return CONFIDENCE_WORDS.get(code, "")


@register.filter
def said(words: str) -> str:
    """Words that were written down in English by a program, in the reader's language where it is known."""
    return gettext(words)


@register.simple_tag
def may_see_insights(person: User, workspace: Workspace) -> bool:
    """Whether the bar leads to the desk's insights. Asks nothing that the page does not know already."""
    return bool(may_read_labels(person, workspace))
