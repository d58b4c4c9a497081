"""The settings of a desk at a glance, and its people with what each of them has in hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from annotations.claims.lifecycle import OPEN
from annotations.claims.models import Claim
from annotations.desks.guidelines import Guidelines
from annotations.desks.permissions import may_change_desk
from annotations.desks.policy import Policy
from annotations.desks.queries import guidelines_of, policy_of, scales_of
from annotations.desks.scale import Scale
from annotations.people.models import Membership, User, Workspace
from annotations.people.permissions import may_act_as, may_give_link
from annotations.people.queries import members_of
from annotations.people.roles import Role
from annotations.refusals import Answer

MOST_CLAIMS = 50


@dataclass(frozen=True)
class Overview:
    desk: Workspace
    people: int
    admins: int
    scale: Scale
    guidelines: Guidelines
    policy: Policy
    may_change: Answer


@dataclass(frozen=True)
class Member:
    """Somebody on the desk. `open_claims` are those they have in hand: in review, submitted or disputed."""

    membership: Membership
    role: Role
    open_claims: int
    is_me: bool
    has_password: bool


@dataclass(frozen=True)
class People:
    desk: Workspace
    members: tuple[Member, ...]
    after: int | None
    may_change: Answer


@dataclass(frozen=True)
class OneMember:
    member: Member
    claims: tuple[Claim, ...]
    more: int
    may_link: Answer
    may_reset: Answer


def settings_overview(*, desk: Workspace, person: User) -> Overview:
    members = Membership.objects.filter(workspace=desk, is_active=True)
    return Overview(
        desk=desk,
        people=members.count(),
        admins=members.filter(role=Role.ADMIN.value).count(),
        scale=scales_of(desk.pk).current,
        guidelines=guidelines_of(desk.pk),
        policy=policy_of(desk.pk),
        may_change=may_change_desk(person, desk),
    )


def people(*, desk: Workspace, person: User, after: int | None = None) -> People:
    """One page of the desk's people. For admins: refuses others. Three queries, however many there are."""
    may_act_as(person, Role.ADMIN, within=desk, to=_("see and change who works here")).or_refuse()
    members, more = members_of(desk, after=after)
    return People(
        desk=desk,
        members=tuple(_members(members, person)),
        after=more,
        may_change=may_change_desk(person, desk),
    )


def one_member(*, membership: Membership, person: User) -> OneMember:
    """A member with the claims they have in hand: what somebody has to take over when they leave."""
    may_act_as(
        person, Role.ADMIN, within=membership.workspace_id, to=_("see and change who works here")
    ).or_refuse()
    member = _members([membership], person)[0]
    claims = Claim.objects.filter(
        workspace_id=membership.workspace_id, reviewer_id=membership.user_id, status__in=OPEN
    )
    found = list(claims.select_related("article").order_by("moved_at", "pk")[:MOST_CLAIMS])
    return OneMember(
        member=member,
        claims=tuple(found),
        more=max(0, member.open_claims - len(found)),
        may_link=may_give_link(person, membership),
        may_reset=may_give_link(person, membership, is_reset=True),
    )


def _members(members: Iterable[Membership], person: User) -> list[Member]:
    rows = list(members)
    desks = {row.workspace_id for row in rows}
    in_hand = (
        Claim.objects.filter(workspace__in=desks, status__in=OPEN, reviewer__in=[row.user_id for row in rows])
        .order_by()
        .values_list("reviewer_id")
        .annotate(n=Count("pk"))
    )
    counts = dict(in_hand)
    return [
        Member(
            membership=row,
            role=Role(row.role),
            open_claims=counts.get(row.user_id, 0),
            is_me=row.user_id == person.pk,
            has_password=row.user.has_usable_password(),
        )
        for row in rows
    ]
