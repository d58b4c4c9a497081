from __future__ import annotations

from annotations.flags.models import Flag
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer
from annotations.sources.models import Evidence


def may_flag(person: User, evidence: Evidence) -> Answer:
    """Say that something is wrong with evidence: at any time, since problems come to light late."""
    return may_act_as(person, Role.REVIEWER, within=evidence.workspace_id, to="flag a source")


def may_answer_flag(person: User, flag: Flag) -> Answer:
    return may_act_as(person, Role.REVIEWER, within=flag.workspace_id, to="answer a flag")
