"""What other people do, as it happens: the stream, its fallback, and who is here."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.live import stream
from annotations.live.changes import changes_after, head_of, read_positions, written
from annotations.live.standing import desks_of, desks_of_session
from annotations.notices.queries import unread_count
from annotations.presence.permissions import may_hold
from annotations.presence.queries import people_here
from annotations.presence.services import be_here, leave, take_over
from annotations.screens.workbench import workbench
from annotations.web import board
from annotations.web.answers import number_asked, person_of, refusals_as_pages


@never_cache
@require_GET
def show_stream(request: HttpRequest) -> HttpResponseBase:
    """Server-sent events. 204 where there are none: not signed in, too many open, or a server without streams."""
    person = request.user
    key = request.session.session_key
    if not isinstance(request, ASGIRequest) or not person.is_authenticated or not key:
        return HttpResponse(status=204)
    desks = desks_of(person.pk)
    if not desks or stream.is_full(person.pk):
        return HttpResponse(status=204)
    since = read_positions(request.headers.get("Last-Event-ID") or request.GET.get("since", ""))
    standing = partial(desks_of_session, person.pk, key)
    events = stream.events(person_id=person.pk, desks=desks, since=since, standing=standing)
    answer = StreamingHttpResponse(events, content_type="text/event-stream")
    answer["X-Accel-Buffering"] = "no"
    # Compressed it would wait until there is enough to compress.
    answer["Content-Encoding"] = "identity"
    # The stream lasts for hours and must not keep what this request borrowed.
    if not connection.in_atomic_block:
        connection.close()
    return answer


@never_cache
@require_GET
@login_required
def list_changes(request: HttpRequest) -> JsonResponse:
    """The same for a browser that cannot listen: everything since `?since=`, and where to go on from."""
    desks = desks_of(person_of(request).pk)
    since = read_positions(request.GET.get("since", ""))
    heads = head_of(desks)
    found = []
    for desk in sorted(desks):
        if since.get(desk, heads[desk]) != heads[desk]:
            changes, heads[desk] = changes_after(desk, since[desk])
            found += [change.as_values() for change in changes]
    return JsonResponse(
        {"since": written(heads), "changes": found, "unread": unread_count(person_of(request))}
    )


@never_cache
@require_GET
@login_required
def show_board(request: HttpRequest, pk: int) -> HttpResponse:
    """List and text of an article as they stand now, for a page that is open. The claim in hand is left alone."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("workspace"), pk=pk)
    claim_id = number_asked(request, "claim")
    shown = workbench(
        article=article, person=person_of(request), claim_id=claim_id, show=board.show_of(request)
    )
    return render(request, "live/_board.html", board.context(request, shown))


@never_cache
@require_POST
@login_required
@refusals_as_pages
def say_here(request: HttpRequest, pk: int) -> HttpResponse:
    """A sign of life of a tab; answers with who else is here."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    given = request.POST.get("claim", "")
    claims = Claim.objects.visible_to(request.user).filter(article=article)
    claim = claims.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 19 else None
    tab, works = request.POST.get("tab", ""), request.POST.get("working") == "yes"
    be_here(article=article, claim=claim, tab=tab, is_working=works, by=person_of(request))
    return _here(request, article, claim)


@never_cache
@require_POST
@login_required
def say_gone(request: HttpRequest) -> HttpResponse:
    leave(tab=request.POST.get("tab", ""), by=person_of(request))
    return HttpResponse(status=204)


@never_cache
@require_POST
@login_required
@refusals_as_pages
def take_over_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the claim over from whoever is said to be working on it."""
    claim = board.claim_of(request, pk)
    take_over(claim=claim, tab=request.POST.get("tab", ""), by=person_of(request))
    return _here(request, claim.article, claim)


def _here(request: HttpRequest, article: Article, claim: Claim | None) -> HttpResponse:
    here = people_here(article, claim_id=claim.pk if claim else None)
    me = person_of(request)
    context = {
        "here": here,
        "claim": claim,
        "holder": next((one for one in here if one.working_since), None),
        "others": [one for one in here if claim and claim.pk in one.claims and one.person.pk != me.pk],
        "may_hold": may_hold(me, claim) if claim else None,
    }
    return render(request, "presence/_answer.html", context)


urlpatterns = [
    path("live/stream/", show_stream, name="live-stream"),
    path("live/changes/", list_changes, name="live-changes"),
    path("articles/<int:pk>/live/", show_board, name="live-board"),
    path("articles/<int:pk>/here/", say_here, name="say-here"),
    path("here/gone/", say_gone, name="say-gone"),
    path("claims/<int:pk>/take-over/", take_over_claim, name="claim-take-over"),
]
