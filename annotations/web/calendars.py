"""A private calendar address: made, shown, revoked; and read by calendar programs without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from annotations.calendars.ical import Event, calendar
from annotations.calendars.queries import due_claims, feed_by_token, open_feed_of, token_of
from annotations.calendars.services import open_feed, revoke_feed
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.preferences.queries import language_of
from annotations.web.answers import person_of, refusals_as_pages
from annotations.web.desk import desk_of


@never_cache
@require_GET
@login_required
def show_calendar(request: HttpRequest) -> HttpResponse:
    feed = open_feed_of(person_of(request))
    address = request.build_absolute_uri(reverse("calendar-feed", args=[token_of(feed)])) if feed else ""
    context = {"address": address, "feed": feed, "workspace": desk_of(request), "nav": "queue"}
    return render(request, "queue/calendar.html", context)


@require_POST
@login_required
@refusals_as_pages
def make_address(request: HttpRequest) -> HttpResponse:
    open_feed(by=person_of(request))
    return redirect("calendar")


@require_POST
@login_required
@refusals_as_pages
def revoke_address(request: HttpRequest) -> HttpResponse:
    revoke_feed(by=person_of(request))
    messages.success(request, _("The address is dead. Calendars that use it get nothing any more."))
    return redirect("calendar")


@never_cache
@require_safe
def read_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the feed's person has to do by when. A dead or made-up address says nothing about whose it was."""
    feed = feed_by_token(token)
    if feed is None:
        raise Http404("There is no such calendar.")
    with translation.override(language_of(feed.person)):
        events = [_event(request, claim) for claim in due_claims(feed.person)]
        body = calendar(_("Fact-check: due for me"), events)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="due-claims.ics"'
    return answer


def _event(request: HttpRequest, claim: Claim) -> Event:
    words = " ".join((claim.statement or claim.exact).split())
    what = _("Second review") if claim.status == Status.SUBMITTED else _("Check")
    where = reverse("workbench", args=[claim.article_id])
    return Event(
        key=f"claim-{claim.pk}@{request.get_host()}",
        title=f"{what}: {words[:100]}",
        about=f"{claim.article.headline}\n{claim.workspace.name}",
        url=request.build_absolute_uri(f"{where}?claim={claim.pk}"),
        at=claim.due,  # type: ignore[attr-defined]
        changed_at=claim.moved_at,
        version=claim.version,
    )


urlpatterns = [
    path("calendar/", show_calendar, name="calendar"),
    path("calendar/open/", make_address, name="calendar-open"),
    path("calendar/revoke/", revoke_address, name="calendar-revoke"),
    path("calendar/<str:token>.ics", read_feed, name="calendar-feed"),
]
