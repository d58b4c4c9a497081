"""Being here: a sign of life a tab, and who works on a claim. Transient, so nothing of it is in the history."""

from __future__ import annotations

import re

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.people.models import User
from annotations.presence.models import Presence
from annotations.presence.permissions import may_be_here, may_hold
from annotations.refusals import Incomplete

_TAB = re.compile(r"[0-9A-Za-z-]{8,40}")
_MOST_TABS = 20


def be_here(*, article: Article, claim: Claim | None, tab: str, is_working: bool, by: User) -> Presence:
    """A sign of life of one tab. `is_working` asks for the claim, which is given if nobody else holds it.

    The others are told only when something changed. Raises `Incomplete` for a claim of another article or a bad `tab`.
    """
    may_be_here(by, article).or_refuse()
    _check(article, claim, tab)
    with transaction.atomic():
        _sweep()
        before = Presence.objects.filter(person=by, tab=tab).first()
        place = {"workspace_id": article.workspace_id, "article": article, "claim": claim}
        stays = before is not None and claim is not None and before.claim_id == claim.pk and is_working
        since = before.working_since if before and stays else None
        now, _other = Presence.objects.update_or_create(
            person=by, tab=tab, defaults=place | {"seen_at": Now(), "working_since": since}
        )
        if claim and is_working and since is None and may_hold(by, claim):
            _try_to_hold(now)
        now.refresh_from_db()
        seen_before = (before.article_id, before.claim_id, before.working_since) if before else None
        if seen_before != (now.article_id, now.claim_id, now.working_since):
            _tell(article.workspace_id, {article.pk, before.article_id if before else article.pk})
        if before is None:
            _forget_oldest(by)
    return now


def leave(*, tab: str, by: User) -> None:
    """The tab was closed. Safe to repeat; what is never said runs out by itself."""
    with transaction.atomic():
        row = Presence.objects.filter(person_id=by.pk, tab=tab).first()
        if row is not None:
            row.delete()
            _tell(row.workspace_id, {row.article_id})


def take_over(*, claim: Claim, tab: str, by: User) -> Presence:
    """Hold the claim instead of whoever does. Nothing of theirs is lost: what they saved stands."""
    may_hold(by, claim).or_refuse()
    _check(claim.article, claim, tab)
    with transaction.atomic():
        # One taker after the other.
        Claim.objects.select_for_update().only("pk").get(pk=claim.pk)
        Presence.objects.filter(claim=claim, working_since__isnull=False).exclude(person=by, tab=tab).update(
            working_since=None
        )
        row = Presence.objects.filter(person=by, tab=tab, claim=claim).first()
        since = row.working_since if row and row.working_since else Now()
        place = {"workspace_id": claim.workspace_id, "article_id": claim.article_id, "claim": claim}
        now, _other = Presence.objects.update_or_create(
            person=by, tab=tab, defaults=place | {"seen_at": Now(), "working_since": since}
        )
        now.refresh_from_db()
        _tell(claim.workspace_id, {claim.article_id})
    return now


def _check(article: Article, claim: Claim | None, tab: str) -> None:
    if claim is not None and claim.article_id != article.pk:
        raise Incomplete(_("That claim belongs to another article."), {"claim": [_("Unknown claim.")]})
    if not _TAB.fullmatch(tab):
        problem = _("Name the tab with 8 to 40 letters, digits or hyphens.")
        raise Incomplete(problem, {"tab": [problem]})


def _try_to_hold(row: Presence) -> None:
    try:
        with transaction.atomic():
            Presence.objects.filter(pk=row.pk).update(working_since=Now())
    except IntegrityError:
        """Somebody else holds it."""


def _sweep() -> None:
    """Take away what ran out; else a dead tab would hold its claim. Rows that another hand is at are left to it."""
    gone = Presence.objects.gone().select_for_update(skip_locked=True)
    keys = list(gone.order_by("pk").values_list("pk", flat=True)[:200])
    if keys:
        Presence.objects.filter(pk__in=keys).delete()


def _forget_oldest(person: User) -> None:
    keys = Presence.objects.filter(person=person).order_by("-seen_at", "-pk").values_list("pk", flat=True)
    Presence.objects.filter(pk__in=list(keys[_MOST_TABS:])).delete()


def _tell(workspace_id: int, articles: set[int]) -> None:
    with connection.cursor() as cursor:
        for article_id in sorted(articles):
            cursor.execute("SELECT pg_notify('factcheck', %s)", [f"here {workspace_id} {article_id}"])
