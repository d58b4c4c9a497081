"""Practice: an invented article to sort and rate, with the answers beside it. Private to whoever practises."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.practice import services as rooms
from annotations.practice.lesson import Lesson, by_slug
from annotations.practice.models import PracticeAnswer
from annotations.practice.queries import lessons, newest_run
from annotations.refusals import Incomplete, Refusal
from annotations.screens.practice import answer_in_words, practice
from annotations.web.answers import STATUS, number_asked, number_in, person_of, refusals_as_pages
from annotations.web.board import wants_part
from annotations.web.desk import desk_of


@never_cache
@require_GET
@login_required
def list_lessons(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found = [(lesson, newest_run(person, lesson)) for lesson in lessons()]
    return render(
        request, "practice/list.html", {"lessons": found, "workspace": desk_of(request), "nav": "practice"}
    )


@never_cache
@require_GET
@login_required
def show_lesson(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _lesson(slug), number_asked(request, "item"))


@require_POST
@login_required
@refusals_as_pages
def start_run(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin, or begin again after the last run was finished."""
    rooms.start_run(lesson=_lesson(slug), by=person_of(request))
    return redirect("practice-lesson", slug)


@require_POST
@login_required
@refusals_as_pages
def finish_run(request: HttpRequest, slug: str) -> HttpResponse:
    run = newest_run(person_of(request), _lesson(slug))
    if run is None:
        raise Http404("You have not begun.")
    rooms.finish_run(run=run, by=person_of(request))
    return redirect("practice-lesson", slug)


@never_cache
@require_POST
@login_required
def answer_item(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Accept, dismiss, rate, or take the answer back."""
    rows = PracticeAnswer.objects.visible_to(request.user).select_related("run")
    item = get_object_or_404(rows, pk=pk)
    lesson = _lesson(item.run.lesson)
    given = {name: request.POST.get(name, "") for name in ("reason", "rating")}
    try:
        version = number_in(request, "version")
        rooms.answer_item(item=item, version=version, decision=decision, by=person_of(request), **given)
    except Refusal as refusal:
        return _page(request, lesson, pk, refusal=refusal)
    return _done(request, lesson, pk)


@never_cache
@require_POST
@login_required
def mark_words(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim that the list does not have: its place from the selection, or the words alone, to be looked up."""
    lesson, person = _lesson(slug), person_of(request)
    run, exact = newest_run(person, lesson), request.POST.get("exact", "").replace("\r\n", "\n")
    try:
        if run is None:
            raise Incomplete(_("Start the practice first."))
        start = _start(request.POST.get("start", ""), lesson, exact)
        item = rooms.mark_words(
            run=run, lesson=lesson, start=start, end=start + len(exact), exact=exact, by=person
        )
    except Refusal as refusal:
        return _page(request, lesson, None, refusal=refusal)
    messages.success(request, _("Marked. Now rate it."))
    return _done(request, lesson, item.pk)


def _start(given: str, lesson: Lesson, exact: str) -> int:
    if given.isdecimal() and len(given) < 9:
        return int(given)
    if (start := lesson.text.find(exact)) < 0 or not exact:
        raise Incomplete(
            _("These words do not stand in the article. Select them there, or copy them exactly.")
        )
    return start


def _done(request: HttpRequest, lesson: Lesson, item: int) -> HttpResponse:
    if not wants_part(request):
        return redirect(f"{reverse('practice-lesson', args=[lesson.slug])}?item={item}")
    return _page(request, lesson, item)


def _page(
    request: HttpRequest, lesson: Lesson, item: int | None, *, refusal: Refusal | None = None
) -> HttpResponse:
    """The page; for htmx the panel, with list, text and messages swapped beside it."""
    board = practice(lesson=lesson, person=person_of(request), item_id=item)
    context: dict[str, Any] = {"board": board, "lesson": lesson, "here": request.path, "refusal": refusal}
    context |= {"here": reverse("practice-lesson", args=[lesson.slug]), "workspace": desk_of(request)}
    context |= {"nav": "practice", "missed": [(one, answer_in_words(one)) for one in board.summary.missed]}
    if board.item and board.item.compared and board.item.compared.gold:
        context["right"] = answer_in_words(board.item.compared.gold)
    part = request.method == "POST" or board.item is not None
    template = "practice/_swap.html" if wants_part(request) and part else "practice/page.html"
    return render(request, template, context, status=STATUS[type(refusal)] if refusal else 200)


def _lesson(slug: str) -> Lesson:
    if (lesson := by_slug(lessons(), slug)) is None:
        raise Http404("There is no such practice article.")
    return lesson


_ITEM = "practice/items/<int:pk>"
urlpatterns = [
    path("practice/", list_lessons, name="practice"),
    path("practice/<slug:slug>/", show_lesson, name="practice-lesson"),
    path("practice/<slug:slug>/start/", start_run, name="practice-start"),
    path("practice/<slug:slug>/finish/", finish_run, name="practice-finish"),
    path("practice/<slug:slug>/mark/", mark_words, name="practice-mark"),
    path(f"{_ITEM}/accept/", answer_item, {"decision": "ACCEPTED"}, name="practice-accept"),
    path(f"{_ITEM}/dismiss/", answer_item, {"decision": "DISMISSED"}, name="practice-dismiss"),
    path(f"{_ITEM}/undo/", answer_item, {"decision": ""}, name="practice-undo"),
]
