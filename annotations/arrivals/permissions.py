from __future__ import annotations

from annotations.arrivals.models import Arrival, Feed
from annotations.articles.permissions import may_import
from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer


def may_fetch(person: User, workspace: Workspace | int) -> Answer:
    """Have articles fetched from addresses: whoever may add articles."""
    return may_import(person, workspace)


def may_edit_arrival(person: User, arrival: Arrival) -> Answer:
    return may_import(person, arrival.workspace_id)


def may_keep_feeds(person: User, workspace: Workspace | int) -> Answer:
    return may_act_as(person, Role.EDITOR, within=workspace, to="add, pause and remove feeds")


def may_keep_feed(person: User, feed: Feed) -> Answer:
    return may_keep_feeds(person, feed.workspace_id)


def may_import_many(person: User, workspace: Workspace | int) -> Answer:
    return may_act_as(person, Role.EDITOR, within=workspace, to="import articles from a table")
