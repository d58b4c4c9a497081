"""The keys as a person has them, for the list that `?` shows and for the script that listens."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.translation import gettext as _

from annotations.preferences.keymap import FIXED, GROUPS, Mode
from annotations.preferences.models import Preference
from annotations.preferences.queries import preference_of

register = template.Library()

_WITH = {Mode.ALT: "Alt", Mode.CTRL_ALT: "Ctrl Alt"}


@register.simple_tag
def keys_of(person: Any) -> dict[str, Any]:
    """Mode, map (standard → own, as JSON) and the groups of labels. One query; the standard for who is signed out."""
    has = preference_of(person) if getattr(person, "is_authenticated", False) else Preference()
    groups = [
        (_(name), [(key_label(has.keys.get(key, key)), did) for key, did in keys.items()])
        for name, keys in GROUPS.items()
    ]
    return {
        "mode": has.mode,
        "map": json.dumps(has.keys),
        "with": _WITH.get(Mode(has.mode), ""),
        "groups": [*groups, (_("Always"), list(FIXED.items()))],
    }


@register.filter
def key_label(key: str) -> str:
    """A key as it stands on a button: A, ⇧U, /."""
    return key.replace("shift+", "⇧").upper()
