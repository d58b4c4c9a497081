"""Feeds from which a desk takes its articles: added, paused, removed, and how the last poll ended."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotations.arrivals.models import Feed
from annotations.arrivals.permissions import may_keep_feeds
from annotations.arrivals.queries import feeds_of
from annotations.arrivals.services import feeding
from annotations.people.models import Workspace
from annotations.refusals import IllegalMove, Refusal
from annotations.tasks import ring_if_waiting
from annotations.web.answers import number_asked, number_in, person_of, refusals_as_pages, refused
from annotations.web.desk import desk_of

PAGE = 50


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def show_feeds(request: HttpRequest) -> HttpResponse:
    """The feeds of the desk. A POST adds one; what was typed is kept when it is refused."""
    desk = desk_of(request)
    if desk is None:
        return render(request, "queue/no_desk.html", {"nav": "queue"})
    if request.method == "POST":
        try:
            feed = feeding.add_feed(workspace=desk, url=request.POST.get("url", ""), by=person_of(request))
        except Refusal as refusal:
            context = _context(request, desk) | {"typed": request.POST.get("url", "")[:2000]}
            return refused(request, refusal, "feeds/page.html", context)
        ring_if_waiting(feed.polling)
        messages.success(request, _("The feed is there. It is being read for the first time."))
        return redirect("feeds")
    template = "feeds/_list.html" if request.GET.get("part") else "feeds/page.html"
    return render(request, template, _context(request, desk))


def _context(request: HttpRequest, desk: Workspace) -> dict[str, object]:
    rows, before = feeds_of(desk), number_asked(request, "before")
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    mark = found[PAGE - 1].pk if len(found) > PAGE else ""
    is_open = any(feed.polling is not None and feed.polling.is_open for feed in found)
    may_keep = may_keep_feeds(person_of(request), desk)
    return {
        "feeds": found[:PAGE],
        "next": mark,
        "is_open": is_open,
        "may_keep": may_keep,
        "workspace": desk,
        "nav": "queue",
    }


@require_POST
@login_required
@refusals_as_pages
def change_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """`what` is pause, resume, remove or poll."""
    rows = Feed.objects.visible_to(request.user).select_related("workspace", "polling")
    feed, what, by = get_object_or_404(rows, pk=pk), request.POST.get("what", ""), person_of(request)
    if what == "poll":
        ring_if_waiting(feeding.poll_now(feed=feed, by=by).polling)
        messages.success(request, _("The feed is being read."))
    elif what in _VERBS:
        feed = _VERBS[what](feed=feed, version=number_in(request, "version"), by=by)
        ring_if_waiting(feed.polling)
        messages.success(
            request, {"pause": _("Paused."), "resume": _("Resumed."), "remove": _("Removed.")}[what]
        )
    else:
        raise IllegalMove(_("Choose one of: pause, resume, remove, read now."))
    return redirect("feeds")


_VERBS = {"pause": feeding.pause_feed, "resume": feeding.resume_feed, "remove": feeding.remove_feed}

urlpatterns = [
    path("feeds/", show_feeds, name="feeds"),
    path("feeds/<int:pk>/", change_feed, name="feed-change"),
]
