from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.flags.models import Flag
from annotations.flags.permissions import may_answer_flag, may_flag
from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.sources.models import Evidence
from annotations.words import tidy

_LIMITS = {"note": 1000, "answer": 1000}


def flag_evidence(*, evidence: Evidence, kind: str, note: str, by: User) -> Flag:
    """Say what is wrong with a piece of evidence. Sent twice it is the same flag, with the note of the first."""
    may_flag(by, evidence).or_refuse()
    if kind not in Flag.Kind.values:
        problem = _("Choose one of: {choices}.").format(choices=", ".join(Flag.Kind.values))
        raise Incomplete(problem, {"kind": [problem]})
    words = _words("note", note, _("Say in a line what is wrong."))
    with recorded(by=by, verb="flag_evidence"):
        if Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk).removed_at:
            raise IllegalMove(_("This source was taken off meanwhile: there is nothing to flag any more."))
        return Flag.objects.get_or_create(
            evidence=evidence,
            kind=kind,
            raised_by=by,
            answered_at=None,
            defaults={"workspace_id": evidence.workspace_id, "note": words},
        )[0]


def answer_flag(*, flag: Flag, version: int, answer: str, by: User) -> Flag:
    """Say what became of it; from then on it does not count. Raises `Stale` with both texts."""
    may_answer_flag(by, flag).or_refuse()
    words = _words("answer", answer, _("Say what was done about it, or why it stays as it is."))
    with recorded(by=by, verb="answer_flag"):
        return _write(flag, version, {"answer": words, "answered_by": by, "answered_at": Now()})


def reopen_flag(*, flag: Flag, version: int, by: User) -> Flag:
    """Take the answer back: the flag counts again. What was answered stays in the history."""
    may_answer_flag(by, flag).or_refuse()
    with recorded(by=by, verb="reopen_flag"):
        again = Flag.objects.open().filter(
            evidence=flag.evidence_id, kind=flag.kind, raised_by=flag.raised_by_id
        )
        if again.exclude(pk=flag.pk).exists():
            raise IllegalMove(_("The same has been flagged again meanwhile. Answer that flag instead."))
        return _write(flag, version, {"answer": "", "answered_by": None, "answered_at": None})


def _words(name: str, given: str, problem: str) -> str:
    words = tidy({name: given}, _LIMITS)[name]
    if not words:
        raise Incomplete(problem, {name: [problem]})
    return words


def _write(flag: Flag, version: int, changes: dict[str, Any]) -> Flag:
    done = Flag.objects.filter(pk=flag.pk, version=version).update(version=F("version") + 1, **changes)
    flag.refresh_from_db()
    if not done:
        yours = {"answer": changes["answer"]}
        raise Stale(
            _("Somebody else answered this flag while you were writing."),
            current={"answer": flag.answer},
            yours=yours,
            version=flag.version,
        )
    return flag
