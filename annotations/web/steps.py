"""Undo and redo: buttons that say what they take back, and the list of one's last steps on an article."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.refusals import Incomplete, Refusal
from annotations.steps.queries import steps_of
from annotations.steps.services import Turn, redo_step, undo_step
from annotations.tasks import ring_comparing
from annotations.web import board
from annotations.web.answers import person_of


def _step(request: HttpRequest) -> UUID | None:
    """Which step is meant: the one that the button named, so that pressing twice takes one back; or else the last."""
    given = request.POST.get("step", "")
    try:
        return UUID(given) if given else None
    except ValueError as bad:
        raise Incomplete(
            _("Reload the page and try again: the form came without the step it means.")
        ) from bad


def _turned(request: HttpRequest, pk: int, *, is_undo: bool) -> HttpResponse:
    article, verb = board.article_of(request, pk), undo_step if is_undo else redo_step
    try:
        turn = verb(article=article, by=person_of(request), step=_step(request))
    except Refusal as refusal:
        return board.refused(request, article, board.claim_in_view(request), refusal, {})
    ring_comparing(article.workspace_id)
    return board.done_in(request, article, next(iter(turn.claims), None), said=_said(turn, is_undo=is_undo))


def _said(turn: Turn, *, is_undo: bool) -> str:
    count = len(turn.claims)
    if count == 1 and not turn.left:
        return _("Undone.") if is_undo else _("Done again.")
    if is_undo:
        words = ngettext("Undone for {count} claim.", "Undone for {count} claims.", count)
    else:
        words = ngettext("Done again for {count} claim.", "Done again for {count} claims.", count)
    said = words.format(count=count)
    if not turn.left:
        return said
    left = _("{count} left as they are: {why}").format(
        count=len(turn.left), why=next(iter(turn.left.values()))
    )
    return f"{said} {left}"


@require_POST
@login_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _turned(request, pk, is_undo=True)


@require_POST
@login_required
def redo(request: HttpRequest, pk: int) -> HttpResponse:
    return _turned(request, pk, is_undo=False)


@never_cache
@require_GET
@login_required
def show_steps(request: HttpRequest, pk: int) -> HttpResponse:
    """One's last steps on the article; with `?buttons` only the two buttons, as they stand now."""
    article = board.article_of(request, pk)
    if "buttons" in request.GET:
        found = {"steps": steps_of(person_of(request), article, count=3), "article": article}
        return render(request, "workbench/_undo.html", found)
    found = {"my_steps": steps_of(person_of(request), article)}
    return board.instead(request, article, "workbench/_my_steps.html", found)


urlpatterns = [
    path("articles/<int:pk>/undo/", undo, name="step-undo"),
    path("articles/<int:pk>/redo/", redo, name="step-redo"),
    path("articles/<int:pk>/steps/", show_steps, name="steps"),
]
