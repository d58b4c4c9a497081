from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.people.models import User
from annotations.preferences.keymap import Mode, changed_only, problems_of
from annotations.preferences.models import Preference
from annotations.preferences.permissions import may_prefer
from annotations.preferences.queries import preference_of
from annotations.refusals import Incomplete, Stale


def set_preferences(
    *, person: User, version: int, keys: Mapping[str, str], mode: str, after_accepting: str, by: User
) -> Preference:
    """How the person likes to work from now on, as a whole; no `keys` are the standard ones.

    `version` is what was seen, 0 for somebody who never said. Raises `Incomplete` by field (a standard key, `mode` or
    `after_accepting`) when a key is none or is given twice, and `Stale` when another window was faster.
    """
    may_prefer(by, person).or_refuse()
    problems = problems_of(keys)
    if mode not in Mode.__members__:
        problems["mode"] = [_("Choose one of: {choices}.").format(choices=", ".join(Mode))]
    if after_accepting not in Preference.After.values:
        problems["after_accepting"] = [
            _("Choose one of: {choices}.").format(choices=", ".join(Preference.After.values))
        ]
    if problems:
        raise Incomplete(_("These keys cannot be kept as they are."), problems)
    values: dict[str, object] = {"keys": changed_only(keys), "mode": mode, "after_accepting": after_accepting}
    with recorded(by=by, verb="set_preferences"):
        return _write(person, version, values)


def set_language(*, person: User, language: str, by: User) -> None:
    """The language of pages and mails from now on. The last word counts, so no version is asked for.

    Raises `Incomplete` for a language that nothing is translated into.
    """
    may_prefer(by, person).or_refuse()
    if language not in dict(settings.LANGUAGES):
        known = ", ".join(code for code, _name in settings.LANGUAGES)
        problem = _("Choose one of: {choices}.").format(choices=known)
        raise Incomplete(_("There is no such language here."), {"language": [problem]})
    with recorded(by=by, verb="set_language"):
        Preference.objects.update_or_create(person=person, defaults={"language": language})


def _write(person: User, version: int, values: dict[str, object]) -> Preference:
    if version == 0:
        try:
            with transaction.atomic():
                return Preference.objects.create(person=person, **values)
        except IntegrityError:
            pass  # Said from another window a moment ago: told below.
    done = Preference.objects.filter(person=person, version=version).update(
        version=F("version") + 1, **values
    )
    now = preference_of(person)
    if not done:
        raise Stale(
            _("You changed your keys in another window meanwhile."),
            current={name: getattr(now, name) for name in values},
            yours=values,
            version=now.version,
        )
    return now
