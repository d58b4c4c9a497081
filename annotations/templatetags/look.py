"""What templates need to draw the few shapes that are everywhere: icons, bars in parts, ratings, who is signed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from annotations.claims.permissions import may_read_labels
from annotations.people.models import User, Workspace
from annotations.people.permissions import role_of
from annotations.people.queries import workspaces_of
from annotations.verdicts.ratings import QUALIFIERS, RATINGS, Rating

register = template.Library()


@register.simple_tag
def icon(name: str, prefix: str = "", also: str = "") -> SafeString:
    """One symbol of the sprite. Always beside words, so assistive technology is spared it."""
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


@register.filter
def rating(code: str) -> Rating | None:
    """The rating of this code with its label and definition; None when nothing was chosen yet."""
    return RATINGS.get(code)


@register.filter
def qualifier(code: str) -> str:
    """A qualifier in words."""
    return QUALIFIERS.get(code, code)


@register.filter
def pairs(named: dict[str, Any]) -> list[tuple[str, Any]]:
    """What `.items` gives. In a template that name is looked up as a key first, and a field may be called items."""
    return list(named.items())


@register.filter
def figure(value: str) -> str:
    """A number as one reads it: 12,000. What is no plain number stays as it is; a year is left alone."""
    whole, dot, rest = value.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.isdecimal() and len(whole) > 4 else value


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
    return [
        {"desk": desk, "role": (role_of(person, desk.pk) or "").lower()} for desk in workspaces_of(person)
    ]


@register.simple_tag
def may_see_insights(person: User, workspace: Workspace) -> bool:
    """Whether the bar leads to the desk's insights. Asks nothing that the page does not know already."""
    return bool(may_read_labels(person, workspace))
