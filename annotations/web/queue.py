"""The queue page, which is home, and the way to the next claim."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from annotations.screens.queue import next_claim, queue
from annotations.web.answers import person_of
from annotations.web.desk import desk_of


def show(request: HttpRequest, *, status: int = 200, **typed: object) -> HttpResponse:
    """The queue, with what was typed into its form when that came back refused."""
    desk = desk_of(request)
    if desk is None:
        return render(request, "queue/no_desk.html", {"nav": "queue"}, status=status)
    page = queue(
        desk=desk,
        person=person_of(request),
        tab=request.GET.get("show", "all"),
        after=request.GET.get("after", ""),
    )
    context = {"queue": page, "workspace": desk, "nav": "queue"} | typed
    part = getattr(getattr(request, "htmx", None), "target", "") == "queue-rows"
    return render(request, "queue/_rows.html" if part else "queue/page.html", context, status=status)


@never_cache
@require_GET
@login_required
def show_queue(request: HttpRequest) -> HttpResponse:
    return show(request)


@never_cache
@require_GET
@login_required
def open_next_claim(request: HttpRequest) -> HttpResponse:
    """Lead to the claim that should be worked on now, or say that there is none."""
    desk = desk_of(request)
    claim = next_claim(desk=desk, person=person_of(request)) if desk else None
    if claim is None:
        messages.info(request, "Nothing waits for you. Add an article, or mark claims by hand in one.")
        return redirect("queue")
    return redirect(f"{reverse('workbench', args=[claim.article_id])}?claim={claim.pk}")


urlpatterns = [
    path("", show_queue, name="queue"),
    path("next/", open_next_claim, name="next-claim"),
]
