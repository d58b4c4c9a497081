"""What queue, claims list and search are filtered by. Read leniently from an address: what cannot be meant is left out
and named, so that an old link or a saved view whose person has left still opens."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from annotations.articles.priority import Priority
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.desks.scale import Scales
from annotations.people.models import Membership, User, Workspace
from annotations.people.roles import Role
from annotations.tongue import Table, noop, table

SHOWS = table(
    {
        "all": "All",
        "mine": "Mine",
        "unassigned": "Unassigned",
        "candidates": "To sort",
        "second-review": "Second review",
        "to-publish": "To publish",
        "overdue": "Overdue",
        "failed": "Failed",
        "done": "Done",
    }
)
AGES = table(
    {"day": "Last 24 hours", "week": "Last 7 days", "month": "Last 30 days", "older": "Older than 30 days"}
)
SPANS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
SORTS = table({"priority": "priority", "due": "due time", "newest": "newest", "best": "best match"})
STATES = Table({status.value: status.label for status in Status} | {"HELD": noop("Held")})
TYPES: dict[str, Any] = dict(Claim.Type.choices)
LABELS = table(
    {
        "q": "Words",
        "state": "State",
        "rating": "Rating",
        "qualifier": "Qualifier",
        "outlet": "Outlet",
        "language": "Language",
        "claimant": "Claimant",
        "person": "Person",
        "priority": "Priority",
        "type": "Type",
        "age": "Added",
    }
)
_CHOICES: Mapping[str, Collection[str]] = {
    "show": SHOWS,
    "state": STATES,
    "priority": [str(priority.value) for priority in Priority],
    "type": TYPES,
    "age": AGES,
    "sort": SORTS,
}
_CODE = re.compile(r"[a-z][a-z0-9_]{0,23}")
_CODES = ("rating", "qualifier")
_LIMITS = {"q": 200, "outlet": 200, "language": 12, "claimant": 200}


@dataclass(frozen=True)
class Filter:
    """Every field that is set has to fit. `person` is a key, `me` or `none`. `ignored` names what could not be read."""

    show: str = "all"
    q: str = ""
    state: str = ""
    rating: str = ""
    qualifier: str = ""
    outlet: str = ""
    language: str = ""
    claimant: str = ""
    person: str = ""
    priority: str = ""
    type: str = ""
    age: str = ""
    sort: str = ""
    ignored: tuple[str, ...] = ()

    def query(self, **changes: str) -> str:
        """As the part of an address after the question mark, with these changes; without what is not set."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        given = {name: getattr(changed, name) for name in ("show", *LABELS, "sort")}
        return urlencode(
            {name: value for name, value in given.items() if value and (name, value) != ("show", "all")}
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What narrows the list beside the tab, as field and value."""
        return {name: value for name in LABELS if (value := getattr(self, name))}


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the list, in words, and the address without it."""

    label: str
    value: str
    query: str


def read_filter(values: Mapping[str, str], people: Collection[User]) -> Filter:
    """The filter that an address asks for. `people` are those it can be about."""
    found: dict[str, str] = {}
    ignored: list[str] = []
    known = {str(one.pk) for one in people} | {"me", "none"}
    for name in ("show", *LABELS, "sort"):
        given = values.get(name, "").replace("\x00", "").strip()
        if not given:
            continue
        choices = known if name == "person" else _CHOICES.get(name)
        is_odd = name in _CODES and not _CODE.fullmatch(given)
        if is_odd or (choices is not None and given not in choices) or len(given) > _LIMITS.get(name, 60):
            ignored.append(LABELS.get(name) or (_("Sort") if name == "sort" else _("Show")))
        else:
            found[name] = given
    return Filter(**found, ignored=tuple(ignored))


def read_query(query: str, people: Collection[User]) -> Filter:
    """The filter of a saved view."""
    try:
        values = dict(parse_qsl(query, max_num_fields=40))
    except ValueError:
        values = {}
    return read_filter(values, people)


def chips(asked: Filter, people: Collection[User], scales: Scales) -> tuple[Chip, ...]:
    """What narrows the list, ratings and qualifiers in the words of the desk's scale."""
    names = {str(one.pk): one.display_name for one in people} | {"me": _("me"), "none": _("nobody")}
    words: Mapping[str, Mapping[str, str]] = {
        "state": STATES,
        "rating": {code: rating.label for code, rating in scales.looks.items()},
        "qualifier": scales.qualifier_looks,
        "person": names,
        "priority": {str(one.value): one.title for one in Priority},
        "type": TYPES,
        "age": AGES,
    }
    return tuple(
        Chip(LABELS[name], words.get(name, {}).get(value, value), asked.query(**{name: ""}))
        for name, value in asked.chosen.items()
    )


def people_of(desk: Workspace) -> list[User]:
    """Who checks claims on the desk, by name: whom one can assign to and filter by."""
    roles = [Role.REVIEWER.value, Role.EDITOR.value, Role.ADMIN.value]
    members = Membership.objects.filter(workspace=desk, is_active=True, role__in=roles, user__is_active=True)
    return [row.user for row in members.select_related("user").order_by("user__name", "user__username")]
