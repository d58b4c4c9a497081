"""Further appearances of a claim: the part of the panel that lists, attaches and takes them off; alone, a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from annotations.claims.models import Claim
from annotations.mentions import services
from annotations.mentions.models import Mention
from annotations.mentions.permissions import may_attach
from annotations.mentions.queries import attached_to, offered, taken_off
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.screens.workbench import workbench
from annotations.web import board
from annotations.web.answers import STATUS, number_asked, person_of

PAGE = 50
"""Attached appearances on one page."""

Numbers = tuple[int, ...]


@require_GET
@login_required
def show_mentions(request: HttpRequest, pk: int) -> HttpResponse:
    """With htmx the part of the panel, which asks for it once it is there; else a page of its own."""
    claim = board.claim_of(request, pk)
    template = "mentions/_mentions.html" if board.wants_part(request) else "mentions/page.html"
    return render(request, template, _context(request, claim))


@require_POST
@login_required
def attach_mentions(request: HttpRequest, pk: int) -> HttpResponse:
    """Each `place` is version:start:end."""
    claim = board.claim_of(request, pk)

    def step() -> list[Mention]:
        numbers = _numbers(request, "place", 3)
        places = [services.At(version, start, end) for version, start, end in numbers]
        return services.attach_mentions(claim=claim, places=places, by=person_of(request))

    return _act(
        request,
        claim,
        step,
        said=lambda n: ngettext("Attached: {count} appearance.", "Attached: {count} appearances.", n),
        undo="mentions-detach",
    )


@require_POST
@login_required
def detach_mentions(request: HttpRequest, pk: int) -> HttpResponse:
    """Each `mention` is key:version."""
    claim = board.claim_of(request, pk)

    def step() -> list[Mention]:
        return services.detach_mentions(claim=claim, seen=_seen(request), by=person_of(request))

    return _act(
        request,
        claim,
        step,
        said=lambda n: ngettext("Taken off: {count} appearance.", "Taken off: {count} appearances.", n),
        undo="mentions-restore",
    )


@require_POST
@login_required
def restore_mentions(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> list[Mention]:
        return services.restore_mentions(claim=claim, seen=_seen(request), by=person_of(request))

    return _act(
        request,
        claim,
        step,
        said=lambda n: ngettext("Put back: {count} appearance.", "Put back: {count} appearances.", n),
        undo="mentions-detach",
    )


def _seen(request: HttpRequest) -> Mapping[int, int]:
    return {numbers[0]: numbers[1] for numbers in _numbers(request, "mention", 2)}


def _numbers(request: HttpRequest, name: str, count: int) -> Sequence[Numbers]:
    """Each value of a form as so many whole numbers, joined by colons. Refused when one is anything else."""
    found = []
    for value in request.POST.getlist(name):
        parts = value.split(":")
        if len(parts) != count or not all(part.isdecimal() and len(part) <= 18 for part in parts):
            raise Incomplete(
                _("Reload the page and try again: the form came with a place that cannot be read.")
            )
        found.append(tuple(int(part) for part in parts))
    if not found:
        raise Incomplete(_("Tick at least one appearance."))
    return found


def _act(
    request: HttpRequest,
    claim: Claim,
    step: Callable[[], list[Mention]],
    *,
    said: Callable[[int], str],
    undo: str,
) -> HttpResponse:
    """Take one step and answer with the part; beside it, out of band, the text with its marks as they are now."""
    here = reverse("claim-mentions", args=[claim.pk])
    try:
        rows = step()
    except Refusal as refusal:
        more: dict[str, Any] = {"refusal": refusal, "problems": getattr(refusal, "problems", {})}
        if isinstance(refusal, Stale):
            more["sides"] = board.sides(refusal)
        template = "mentions/_mentions.html" if board.wants_part(request) else "mentions/page.html"
        return render(
            request, template, _context(request, claim) | more, status=STATUS.get(type(refusal), 409)
        )
    words = said(len(rows)).format(count=len(rows))
    if not board.wants_part(request):
        messages.success(request, words)
        return redirect(here)
    page = workbench(article=claim.article, person=person_of(request), claim_id=claim.pk)
    context = board.context(request, page) | _context(request, claim)
    context |= {"said": words, "undo_url": reverse(undo, args=[claim.pk]), "undo_rows": rows}
    return render(request, "mentions/_swap.html", context)


def _context(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    rows = attached_to(claim)
    after = number_asked(request, "after") or 0
    page = list(rows.filter(pk__gt=after)[: PAGE + 1])
    return {
        "claim": claim,
        "article": claim.article,
        "workspace": claim.article.workspace,
        "attached": page[:PAGE],
        "count": rows.count(),
        "after": page[PAGE - 1].pk if len(page) > PAGE else None,
        "is_later": bool(after),
        "removed": list(taken_off(claim)[:10]),
        "offered": offered(claim),
        "may_attach": may_attach(person_of(request), claim),
    }


urlpatterns = [
    path("claims/<int:pk>/mentions/", show_mentions, name="claim-mentions"),
    path("claims/<int:pk>/mentions/attach/", attach_mentions, name="mentions-attach"),
    path("claims/<int:pk>/mentions/detach/", detach_mentions, name="mentions-detach"),
    path("claims/<int:pk>/mentions/restore/", restore_mentions, name="mentions-restore"),
]
