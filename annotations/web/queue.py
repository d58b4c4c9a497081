"""The queue page, which is home, and the way to the next claim."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from annotations.arrivals.queries import SHOWN, arrivals_of
from annotations.articles.models import Article
from annotations.articles.permissions import may_import
from annotations.articles.priority import PRIORITIES
from annotations.claims.services.taking import take_next_claim
from annotations.desks.queries import scales_of
from annotations.people.models import Workspace
from annotations.refusals import Refusal
from annotations.saved_views.models import SavedView
from annotations.saved_views.queries import default_query
from annotations.screens.claim_list import claim_list
from annotations.screens.filters import AGES, STATES, people_of, read_filter
from annotations.screens.queue import queue
from annotations.screens.queue_rows import rows_of
from annotations.web.answers import number_in, person_of
from annotations.web.desk import desk_of

CHOICES = {"ages": AGES.items(), "states": STATES.items(), "priorities": PRIORITIES}


def show(request: HttpRequest, *, status: int = 200, **typed: object) -> HttpResponse:
    """The queue, with what was typed into its form when that came back refused."""
    desk = desk_of(request)
    if desk is None:
        return render(request, "queue/no_desk.html", {"nav": "queue"}, status=status)
    people = people_of(desk)
    asked = read_filter(request.GET.dict(), people)
    page = queue(
        desk=desk, person=person_of(request), asked=asked, after=request.GET.get("after", ""), people=people
    )
    context = {"queue": page, "workspace": desk, "nav": "queue", "page_code": "QUEUE", **CHOICES}
    context["arrivals"] = list(arrivals_of(desk)[: SHOWN + 1])
    return render(request, "queue/page.html", context | typed, status=status)


@never_cache
@require_GET
@login_required
def show_queue(request: HttpRequest) -> HttpResponse:
    return _default(request, SavedView.Page.QUEUE) or show(request)


@never_cache
@require_GET
@login_required
def list_claims(request: HttpRequest) -> HttpResponse:
    """The queue claim by claim."""
    desk = desk_of(request)
    if desk is None:
        return render(request, "queue/no_desk.html", {"nav": "queue"})
    if answer := _default(request, SavedView.Page.CLAIMS):
        return answer
    people = people_of(desk)
    asked = read_filter(request.GET.dict(), people)
    after = request.GET.get("after", "")
    page = claim_list(desk=desk, person=person_of(request), asked=asked, after=after, people=people)
    context = {"queue": page, "workspace": desk, "nav": "queue", "page_code": "CLAIMS", **CHOICES}
    return render(request, "queue/claims.html", context)


def _default(request: HttpRequest, page: str) -> HttpResponse | None:
    """One's default view, when the page is asked for without a filter."""
    desk = None if request.GET else desk_of(request)
    query = default_query(desk, person_of(request), page) if desk else ""
    return redirect(f"{request.path}?{query}") if query else None


@never_cache
@require_GET
@login_required
def show_progress(request: HttpRequest) -> HttpResponse:
    """The rows of articles that are being read, to be put in place of the old ones; asked again while any still is."""
    desk = desk_of(request)
    given = request.GET.get("articles", "").split(",")[:60]
    keys = [int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 19]
    found = (
        Article.objects.visible_to(request.user)
        .filter(workspace=desk, pk__in=keys)
        .select_related("sorting_by")
    )
    rows = rows_of(list(found.order_by("pk")), timezone.now(), scales_of(desk.pk if desk else 0))
    waiting = ",".join(str(row.article.pk) for row in rows if row.job and row.job.is_open)
    may_add = may_import(person_of(request), desk) if desk else None
    context = {"rows": rows, "being_read": waiting, "may_add": may_add}
    return render(request, "queue/_progress.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def open_next_claim(request: HttpRequest) -> HttpResponse:
    """Take the claim to work on now and lead to it, or say that there is none. Only a POST takes one."""
    desk = desk_of(request)
    if desk is None or request.method == "GET":
        return render(request, "queue/next.html", {"nav": "queue", "workspace": desk})
    past = number_in(request, "past") if request.POST.get("past") else None
    return _lead_on(request, desk, past)


def _lead_on(request: HttpRequest, desk: Workspace, past: int | None) -> HttpResponse:
    try:
        found = take_next_claim(workspace=desk, by=person_of(request), past=past)
    except Refusal as refusal:
        messages.info(request, refusal.reason)
        return redirect(f"{reverse('queue')}?show=all")
    messages.info(request, found.says)
    if found.claim is None:
        return redirect(f"{reverse('queue')}?show=all")
    return redirect(f"{reverse('workbench', args=[found.claim.article_id])}?claim={found.claim.pk}")


urlpatterns = [
    path("", show_queue, name="queue"),
    path("queue/claims/", list_claims, name="queue-claims"),
    path("queue/progress/", show_progress, name="queue-progress"),
    path("next/", open_next_claim, name="next-claim"),
]
