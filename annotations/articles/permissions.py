from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.people.models import User, Workspace
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer


def may_import(person: User, workspace: Workspace | int) -> Answer:
    return may_act_as(person, Role.REVIEWER, within=workspace, to=_("add articles"))


def may_edit(person: User, article: Article) -> Answer:
    return may_act_as(
        person, Role.REVIEWER, within=article.workspace_id, to=_("edit what is known about an article")
    )


def may_set_due_time(person: User, article: Article) -> Answer:
    return may_act_as(person, Role.EDITOR, within=article.workspace_id, to=_("set when an article is due"))


def may_set_priority(person: User, article: Article) -> Answer:
    return may_act_as(person, Role.EDITOR, within=article.workspace_id, to=_("set how urgent an article is"))


def may_add_version(person: User, article: Article) -> Answer:
    return may_act_as(person, Role.REVIEWER, within=article.workspace_id, to=_("add a version of an article"))


def may_watch(person: User, article: Article) -> Answer:
    return may_act_as(person, Role.EDITOR, within=article.workspace_id, to=_("have an article watched"))
