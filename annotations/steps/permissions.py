from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.people.models import User
from annotations.people.permissions import may_act_as
from annotations.people.roles import Role
from annotations.refusals import Answer


def may_undo(person: User, article: Article) -> Answer:
    """Take back and do again what one did oneself. Whether each thing may be changed, its own room says."""
    return may_act_as(person, Role.REVIEWER, within=article.workspace_id, to=_("undo steps"))
