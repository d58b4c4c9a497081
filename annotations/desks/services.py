"""What a desk agrees on. Each change is the next version; none is ever changed or lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.desks.drawing_up import drawn_up
from annotations.desks.guidelines import Guidelines, checked_sections
from annotations.desks.models import DeskVersion, GuidelinesVersion, PolicyVersion, ScaleVersion
from annotations.desks.permissions import may_change_desk
from annotations.desks.policy import Policy, checked_policy
from annotations.desks.queries import guidelines_of, policy_of, scales_of
from annotations.desks.scale import Scale
from annotations.people.models import User, Workspace
from annotations.refusals import Incomplete, Stale


def publish_scale(
    *,
    workspace: Workspace,
    seen: int,
    by: User,
    ratings: Sequence[Mapping[str, Any]],
    qualifiers: Sequence[str],
    worst: int | None = 1,
    best: int | None = 5,
) -> Scale:
    """Make this the desk's scale from now on. `seen` is the number of the version it began from.

    Verdicts keep the version they were written under, and what is published keeps its words. The same content again
    makes no new version. Raises `Incomplete` by field, `Stale` when somebody published another one meanwhile.
    """
    may_change_desk(by, workspace).or_refuse()
    with recorded(by=by, verb="publish_scale"):
        _hold(workspace)
        scales = scales_of(workspace.pk)
        known_qualifiers = {code: label for one in scales.versions for code, label in one.qualifiers}
        wanted = drawn_up(
            ratings=ratings,
            qualifiers=qualifiers,
            worst=worst,
            best=best,
            known=scales.looks,
            known_qualifiers=known_qualifiers,
        )
        last = scales.current
        if wanted.as_values() == last.as_values():
            return last
        _check_seen(
            _("scale"), ScaleVersion, workspace, last.number, seen, last.as_words(), wanted.as_words()
        )
        row = _next(ScaleVersion, workspace, last.number, by, wanted.as_values())
        return Scale(row.number, wanted.ratings, wanted.qualifiers, wanted.worst, wanted.best)


def publish_guidelines(
    *, workspace: Workspace, seen: int, by: User, sections: Sequence[Mapping[str, Any]]
) -> Guidelines:
    """Make these the house rules from now on. `seen` is the number they began from, 0 for none. As `publish_scale`."""
    may_change_desk(by, workspace).or_refuse()
    wanted = Guidelines(0, checked_sections(sections))
    with recorded(by=by, verb="publish_guidelines"):
        _hold(workspace)
        last = guidelines_of(workspace.pk)
        if wanted.sections == last.sections:
            return last
        _check_seen(
            _("guidelines"),
            GuidelinesVersion,
            workspace,
            last.number,
            seen,
            last.as_words(),
            wanted.as_words(),
        )
        row = _next(GuidelinesVersion, workspace, last.number, by, wanted.as_values())
        return Guidelines(row.number, wanted.sections)


def publish_policy(*, workspace: Workspace, seen: int, by: User, **values: Any) -> Policy:
    """Make this the policy from now on: the values of `desks.policy.Policy`, all of them. As `publish_scale`."""
    may_change_desk(by, workspace).or_refuse()
    if unknown := set(values) - set(Policy().as_values()):
        raise Incomplete(_("A policy has no {choices}.").format(choices=", ".join(sorted(unknown))))
    with recorded(by=by, verb="publish_policy"):
        _hold(workspace)
        ratings = [one.code for one in scales_of(workspace.pk).current.ratings]
        wanted, last = checked_policy(values, ratings=ratings), policy_of(workspace.pk)
        if wanted.as_values() == last.as_values():
            return last
        _check_seen(
            _("policy"), PolicyVersion, workspace, last.number, seen, last.as_values(), wanted.as_values()
        )
        row = _next(PolicyVersion, workspace, last.number, by, wanted.as_values())
        return Policy(**{**vars(wanted), "number": row.number})


def _hold(workspace: Workspace) -> None:
    """Of two who publish at once the second one waits, and sees what the first one did."""
    Workspace.objects.select_for_update(no_key=True).only("pk").get(pk=workspace.pk)


def _next(model: type[DeskVersion], workspace: Workspace, last: int, by: User, content: Any) -> DeskVersion:
    return model._default_manager.create(
        workspace=workspace, number=last + 1, content=content, published_by=by
    )


def _check_seen(
    what: str,
    model: type[DeskVersion],
    workspace: Workspace,
    last: int,
    seen: int,
    current: dict[str, Any],
    yours: dict[str, Any],
) -> None:
    if last == seen:
        return
    row = (
        model._default_manager.filter(workspace=workspace, number=last).select_related("published_by").first()
    )
    if row is None:
        raise Incomplete(
            _("There is no version {seen} of the {what}. Load it again.").format(seen=seen, what=what),
            {"seen": [_("It is {last}.").format(last=last)]},
        )
    raise Stale(
        _("{person} published version {last} of the {what} meanwhile.").format(
            person=row.published_by.display_name, last=last, what=what
        ),
        current=current,
        yours=yours,
        version=last,
    )
