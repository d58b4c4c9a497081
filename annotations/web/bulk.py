"""Sorting many candidates at once: what would happen, and then that it happens."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations.articles.models import Article
from annotations.claims.lifecycle import CHOOSABLE_REASONS, Move
from annotations.claims.models import Claim
from annotations.claims.queries import possible_only, sorting_plan
from annotations.claims.services import bulk
from annotations.claims.services.bulk import MOST
from annotations.refusals import Incomplete, Refusal
from annotations.screens.workbench import first_candidate
from annotations.tasks import ring_comparing
from annotations.web import board
from annotations.web.answers import person_of

Counted = Callable[[int], str]
_MOVES = {"accept": Move.ACCEPT, "dismiss": Move.DISMISS}


def _rows(request: HttpRequest) -> list[tuple[int, int]]:
    """The rows of the form, `claim:version` each. Refused when one is neither."""
    found = []
    for row in request.POST.getlist("row"):
        claim, _colon, version = row.partition(":")
        if not all(part.isdecimal() and part.isascii() and len(part) < 10 for part in (claim, version)):
            raise Incomplete(_("Reload the page and try again: a row came without its claim and version."))
        found.append((int(claim), int(version)))
    return found


def _asked_for(request: HttpRequest, article: Article) -> tuple[list[tuple[int, int]], int]:
    """The rows that are meant, at most `MOST`, and how many more there are: what is ticked, or all of a kind."""
    which = request.POST.get("which", "ticked")
    if which == "ticked":
        return _rows(request), 0
    claims = Claim.objects.visible_to(request.user).filter(article=article, status="CANDIDATE").put_forward()
    if which == "possible":
        claims = claims.filter(pk__in=possible_only(claims))
    rows = list(claims.in_order().values_list("pk", "version"))
    return rows[:MOST], max(0, len(rows) - MOST)


@require_POST
@login_required
def preview_bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """Count what would happen and what would be left out, and why. Nothing is changed."""
    article, do = board.article_of(request, pk), request.POST.get("do", "accept")
    try:
        rows, more = _asked_for(request, article)
        plan = sorting_plan(article, bulk.selection(rows=rows), _MOVES.get(do, Move.ACCEPT))
    except Refusal as refusal:
        return board.refused(request, article, board.claim_in_view(request), refusal, {})
    found = {
        "do": "dismiss" if do == "dismiss" else "accept",
        "plan": [row for row in plan if not row.why],
        "left": [row for row in plan if row.why],
        "more": more,
        "reasons": [(reason.value, reason.label) for reason in CHOOSABLE_REASONS],
    }
    return board.instead(request, article, "workbench/_bulk.html", found)


def _done(request: HttpRequest, article: Article, outcomes: list[bulk.Outcome], did: Counted) -> HttpResponse:
    """On to what is left to sort, or, when something was left out, to the list of what and why."""
    ring_comparing(article.workspace_id)
    left = [row for row in outcomes if not row.is_done]
    count = len(outcomes) - len(left)
    said = did(count).format(count=count)
    if not left:
        return board.done_in(request, article, first_candidate(article), said=said, undoable=True)
    found = {"said": said, "count": count, "left": left, "offer_undo": count > 0}
    return board.instead(request, article, "workbench/_bulk_done.html", found)


@require_POST
@login_required
def accept_claims(request: HttpRequest, pk: int) -> HttpResponse:
    article = board.article_of(request, pk)
    try:
        outcomes = bulk.accept_claims(article=article, rows=_rows(request), by=person_of(request))
    except Refusal as refusal:
        return board.refused(request, article, board.claim_in_view(request), refusal, {})
    return _done(
        request,
        article,
        outcomes,
        lambda n: ngettext("Accepted {count} claim.", "Accepted {count} claims.", n),
    )


@require_POST
@login_required
def dismiss_claims(request: HttpRequest, pk: int) -> HttpResponse:
    article, reason = board.article_of(request, pk), request.POST.get("reason", "")
    try:
        outcomes = bulk.dismiss_claims(
            article=article, rows=_rows(request), reason=reason, by=person_of(request)
        )
    except Refusal as refusal:
        return board.refused(request, article, board.claim_in_view(request), refusal, {})
    return _done(
        request,
        article,
        outcomes,
        lambda n: ngettext("Dismissed {count} claim.", "Dismissed {count} claims.", n),
    )


urlpatterns = [
    path("articles/<int:pk>/bulk/", preview_bulk, name="bulk-preview"),
    path("articles/<int:pk>/bulk/accept/", accept_claims, name="bulk-accept"),
    path("articles/<int:pk>/bulk/dismiss/", dismiss_claims, name="bulk-dismiss"),
]
