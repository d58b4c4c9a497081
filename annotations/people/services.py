from __future__ import annotations

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import may_act_as, may_give_link
from annotations.people.roles import Role
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.words import tidy

_LIMITS = {"username": 150, "name": 150}
_USER_NAME = re.compile(r"[\w.@+-]+")


def open_workspace(*, name: str, slug: str) -> Workspace:
    """Make a desk, or return the one of that slug. Done from the command line: nobody is in it yet who could."""
    with recorded(by=None, verb="open_workspace", name="command line"):
        return Workspace.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def enrol_person(*, workspace: Workspace, username: str, name: str, password: str, role: Role) -> Membership:
    """Make sure that this person exists and has this role. For set-up from the command line; safe to repeat.

    An existing person keeps their password.
    """
    with recorded(by=None, verb="enrol_person", name="command line"):
        person = User.objects.filter(username__iexact=username).first()
        if person is None:
            person = User.objects.create_user(username=username, password=password, name=name)
        return Membership.objects.update_or_create(
            workspace=workspace, user=person, defaults={"role": role.value, "is_active": True}
        )[0]


def add_person(*, workspace: Workspace, username: str, name: str, role: str, by: User) -> Membership:
    """Let somebody in. A new person has no password until they open the link that `may_give_link` allows.

    Whoever works on another desk already keeps their name and password. Sent twice, it is the same member; somebody
    who is a member in another role is not changed from here (`IllegalMove`).
    """
    may_act_as(by, Role.ADMIN, within=workspace, to=_("add people")).or_refuse()
    words = tidy({"username": username, "name": name}, _LIMITS)
    problems: dict[str, list[str]] = {}
    if not words["username"] or not _USER_NAME.fullmatch(words["username"]):
        problems["username"] = [_("A user name has letters, digits and @ . + - _ and no spaces.")]
    if role not in list(Role):
        problems["role"] = [_("Choose one of: {choices}.").format(choices=", ".join(Role))]
    if problems:
        raise Incomplete(_("This person cannot be added as it stands."), problems)
    with recorded(by=by, verb="add_person"):
        # Of two who add the same person at once, the second one meets the first one's.
        Workspace.objects.select_for_update(no_key=True).only("pk").get(pk=workspace.pk)
        person = User.objects.filter(username__iexact=words["username"]).first()
        if person is None:
            person = User.objects.create_user(username=words["username"], name=words["name"], password=None)
        membership, is_new = Membership.objects.get_or_create(
            workspace=workspace, user=person, defaults={"role": role}
        )
    if not is_new and (membership.role != role or not membership.is_active):
        state = Role(membership.role).label if membership.is_active else _("a former member")
        raise IllegalMove(
            _("{person} is on this desk already, as {state}. Change it in the list.").format(
                person=person.display_name, state=state
            )
        )
    return membership


def set_blind_review(*, workspace: Workspace, is_blind: bool, version: int, by: User) -> Workspace:
    """Say whether a second reviewer rates before seeing the first rating. Holds at once, also for what waits.

    Raises `Stale` when the desk's settings changed since `version`.
    """
    may_act_as(by, Role.ADMIN, within=workspace, to=_("change how claims are reviewed")).or_refuse()
    with recorded(by=by, verb="set_blind_review"):
        done = Workspace.objects.filter(pk=workspace.pk, version=version).update(
            is_review_blind=is_blind, version=F("version") + 1
        )
        workspace.refresh_from_db()
        if not done:
            raise Stale(
                _("Somebody else changed the settings of this desk meanwhile."),
                current={"is_review_blind": workspace.is_review_blind},
                yours={"is_review_blind": is_blind},
                version=workspace.version,
            )
    return workspace


def change_role(*, membership: Membership, version: int, role: str, by: User) -> Membership:
    """Give a member another role. The desk never loses its last admin."""
    may_act_as(by, Role.ADMIN, within=membership.workspace_id, to=_("change roles")).or_refuse()
    if role not in list(Role):
        raise Incomplete(
            _("There is no such role."),
            {"role": [_("Choose one of: {choices}.").format(choices=", ".join(Role))]},
        )
    return _write(membership, version, by, "change_role", role=role)


def end_membership(*, membership: Membership, version: int, by: User) -> Membership:
    """Shut somebody out of the desk. What they did stays theirs; they can be let in again."""
    may_act_as(by, Role.ADMIN, within=membership.workspace_id, to=_("end a membership")).or_refuse()
    return _write(membership, version, by, "end_membership", is_active=False)


def restore_membership(*, membership: Membership, version: int, by: User) -> Membership:
    """Let a former member in again, in the role they had."""
    may_act_as(by, Role.ADMIN, within=membership.workspace_id, to=_("let somebody in again")).or_refuse()
    return _write(membership, version, by, "restore_membership", is_active=True)


def set_password(*, person: User, password: str) -> User:
    """Set the password of whoever opened the signed link. Raises `Incomplete` with what is wrong with it.

    The link is the permission: it is made for one person, expires, and dies with the first password set. Programs that
    act for this person have to be let in anew: whoever knew the old password may hold a token, too.
    """
    try:
        validate_password(password, person)
    except ValidationError as wrong:
        raise Incomplete(
            _("Choose another password."), {"password": [str(one) for one in wrong.messages]}
        ) from None
    with recorded(by=person, verb="set_password"):
        person.set_password(password)
        person.save(update_fields=["password"])
        _revoke_tokens(person)
    return person


def withdraw_password(*, membership: Membership, version: int, by: User) -> Membership:
    """Take away the password of a member who forgot it or lost it to others, so that they set a new one by link.

    Only for people of this desk alone: nobody of another desk is locked out from here.
    """
    may_act_as(by, Role.ADMIN, within=membership.workspace_id, to=_("reset a password")).or_refuse()
    if membership.user_id == by.pk:
        raise IllegalMove(_("You would lock yourself out. Ask another admin."))
    if not (answer := may_give_link(by, membership, is_reset=True)):
        raise IllegalMove(answer.reason)
    with recorded(by=by, verb="withdraw_password"):
        _write(membership, version, by, "withdraw_password")
        membership.user.set_unusable_password()
        membership.user.save(update_fields=["password"])
        _revoke_tokens(membership.user)
    return membership


def _revoke_tokens(person: User) -> None:
    """Tokens hang on the person; the rooms know the relation and not the library that made it."""
    person.auth_token_set.all().delete()  # type: ignore[attr-defined]


def _write(membership: Membership, version: int, by: User, verb: str, **fields: object) -> Membership:
    """One conditional write. All admins of the desk are held meanwhile: of two who leave at once only one does."""
    with recorded(by=by, verb=verb):
        admins = Membership.objects.filter(
            workspace_id=membership.workspace_id, role=Role.ADMIN, is_active=True, user__is_active=True
        )
        held = {row.pk for row in admins.select_for_update(of=("self",)).order_by("pk")}
        now = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)
        if all(getattr(now, name) == value for name, value in fields.items()) and fields:
            membership.refresh_from_db()
            return membership
        leaves = fields.get("role", Role.ADMIN) != Role.ADMIN or not fields.get("is_active", True)
        if leaves and held == {membership.pk}:
            raise IllegalMove(
                _("{person} is the last admin of this desk. Make somebody else an admin first.").format(
                    person=now.user.display_name
                )
            )
        if now.version != version:
            raise _stale(now, fields)
        Membership.objects.filter(pk=now.pk).update(version=F("version") + 1, **fields)
        membership.refresh_from_db()
        return membership


def _stale(now: Membership, fields: dict[str, object]) -> Stale:
    return Stale(
        _("Somebody changed the membership of {person} meanwhile.").format(person=now.user.display_name),
        current={name: getattr(now, name) for name in ("role", "is_active")},
        yours=dict(fields),
        version=now.version,
    )
