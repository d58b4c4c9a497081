"""Planning claims: many at once with a preview and an undo, or one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.articles.priority import priorities
from annotations.claims.models import Claim
from annotations.claims.services.assigning import (
    MOST,
    Outcome,
    assign_claims,
    hand_over,
    hold_claim,
    release_claim,
    set_due,
    set_priority,
    undo_assignment,
)
from annotations.people.models import User, Workspace
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.screens.assignment import assignment, plannable
from annotations.screens.filters import people_of
from annotations.web.answers import number_in, person_of, refusals_as_pages, refused
from annotations.web.articles import DueForm
from annotations.web.board import sides
from annotations.web.desk import desk_of

_KEEP, _NOBODY = "", "none"


@require_POST
@login_required
@refusals_as_pages
def preview_assignment(request: HttpRequest) -> HttpResponse:
    """What assigning the ticked articles and claims would come to, claim by claim; nothing is kept yet."""
    desk = _desk(request)
    fields, words = _fields(request, desk)
    articles, ticked = _keys(request, "article"), _keys(request, "claim")
    rows = list(plannable(desk=desk, articles=articles, claims=ticked, fields=fields)[: MOST + 1])
    if not rows:
        raise Incomplete(
            _("Nothing that was ticked can take this: tick articles or claims that are not finished.")
        )
    seen = [(claim, claim.version) for claim in rows]
    outcomes = assign_claims(claims=seen, by=person_of(request), note=_note(request), is_trial=True, **fields)
    given = [(name, value) for name in (*_NAMES, "note") if (value := request.POST.get(name, ""))]
    context = _said(outcomes) | {"workspace": desk, "given": given, "words": words, "seen": seen}
    return render(request, "queue/assign.html", context | {"nav": "queue"})


@require_POST
@login_required
@refusals_as_pages
def assign(request: HttpRequest) -> HttpResponse:
    """Do what the preview showed, at the versions it showed; each row says what became of it."""
    desk = _desk(request)
    fields, words = _fields(request, desk)
    claims = _seen(request, desk)
    outcomes = assign_claims(claims=claims, by=person_of(request), note=_note(request), **fields)
    return _result(request, desk, outcomes, words)


@require_POST
@login_required
@refusals_as_pages
def undo_assigning(request: HttpRequest) -> HttpResponse:
    """Write back what the last assignment changed."""
    desk = _desk(request)
    outcomes = undo_assignment(claims=_seen(request, desk), by=person_of(request))
    return _result(request, desk, outcomes, [], is_undone=True)


def _result(
    request: HttpRequest,
    desk: Workspace,
    outcomes: list[Outcome],
    words: list[str],
    *,
    is_undone: bool = False,
) -> HttpResponse:
    context = _said(outcomes) | {"workspace": desk, "words": words, "is_undone": is_undone, "nav": "queue"}
    return render(request, "queue/assigned.html", context)


def _said(outcomes: list[Outcome]) -> dict[str, Any]:
    changed = [one for one in outcomes if one.refusal is None and one.is_changed]
    return {
        "outcomes": outcomes,
        "changed": changed,
        "same": sum(one.refusal is None and not one.is_changed for one in outcomes),
        "refused": sum(one.refusal is not None for one in outcomes),
        "articles": len({one.claim.article_id for one in outcomes}),
    }


_NAMES = ("reviewer", "second_reviewer", "priority", "due_at")


def _fields(request: HttpRequest, desk: Workspace) -> tuple[dict[str, Any], list[str]]:
    """What should become of the claims, and the same in words. What was left alone stays as it is."""
    fields: dict[str, Any] = {}
    words: list[str] = []
    people = {str(one.pk): one for one in people_of(desk)}
    for name, label in (("reviewer", _("Reviewer")), ("second_reviewer", _("Second reviewer"))):
        given = request.POST.get(name, _KEEP)
        if given == _KEEP:
            continue
        if given != _NOBODY and given not in people:
            raise Incomplete(
                _("Choose somebody who checks claims on this desk."), {name: [_("Unknown person.")]}
            )
        fields[name] = people.get(given)
        words.append(f"{label}: {people[given].display_name if given in people else _('nobody')}")
    levels = {str(level): label for level, label in priorities()}
    if (given := request.POST.get("priority", _KEEP)) != _KEEP:
        if given not in levels and given != _NOBODY:
            raise Incomplete(_("There is no such priority."), {"priority": [_("Choose one of the list.")]})
        fields["priority"] = int(given) if given in levels else None
        words.append(_("Priority: {level}").format(level=levels.get(given, _("the article’s"))))
    if request.POST.get("due_at"):
        fields["due_at"] = _due(request)
        words.append(_("Due: {at} UTC").format(at=date_format(fields["due_at"], "j M Y, H:i")))
    if not fields:
        raise Incomplete(_("Say what should become of them: a person, a priority or a due time."))
    return fields, words


def _due(request: HttpRequest) -> Any:
    form = DueForm(request.POST)
    if not form.is_valid():
        raise Incomplete(
            _("This is no date and time."), {"due_at": [_("Write it as 2025-01-31 17:00 (UTC).")]}
        )
    return form.cleaned_data["due_at"]


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "")


def _keys(request: HttpRequest, name: str) -> list[int]:
    given = request.POST.getlist(name)[: 2 * MOST]
    return [int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 19]


def _seen(request: HttpRequest, desk: Workspace) -> list[tuple[Claim, int]]:
    """Claims at the versions that the page showed, each as `key:version`."""
    versions: dict[int, int] = {}
    for pair in request.POST.getlist("seen")[: MOST + 1]:
        key, _colon, version = pair.partition(":")
        if key.isascii() and key.isdigit() and version.isascii() and version.isdigit() and len(pair) < 30:
            versions[int(key)] = int(version)
    rows = Claim.objects.visible_to(request.user).filter(
        workspace=desk, pk__in=[k for k in versions if k < 2**63]
    )
    rows = rows.select_related("article", "reviewer", "second_reviewer")
    return [(claim, versions[claim.pk]) for claim in rows]


def _desk(request: HttpRequest) -> Workspace:
    desk = desk_of(request)
    if desk is None:
        raise Incomplete(_("You are in no workspace yet."))
    return desk


@never_cache
@require_GET
@login_required
def show_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim: whose it is, how urgent, due when, held why."""
    return render(request, "queue/claim.html", _context(request, _claim(request, pk)))


def _context(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    plan = assignment(claim=claim, person=person_of(request))
    return {"plan": plan, "workspace": claim.workspace, "nav": "queue"}


def _claim(request: HttpRequest, pk: int) -> Claim:
    rows = Claim.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("article", "workspace", "reviewer", "second_reviewer"), pk=pk
    )


def _step(request: HttpRequest, pk: int, verb: Callable[[Claim], object], said: str) -> HttpResponse:
    """Take one step on one claim; what is refused comes back on its page with the reason and what was typed."""
    claim = _claim(request, pk)
    try:
        verb(claim)
    except Refusal as refusal:
        context = _context(request, _claim(request, pk)) | {"typed": request.POST}
        if isinstance(refusal, Stale):
            context["sides"] = sides(refusal)
        return refused(request, refusal, "queue/claim.html", context)
    messages.success(request, said)
    if request.POST.get("back") == "workbench":
        return redirect(f"{reverse('workbench', args=[claim.article_id])}?claim={pk}")
    return redirect("claim-assignment", pk)


@require_POST
@login_required
def hand_claim_over(request: HttpRequest, pk: int) -> HttpResponse:
    def verb(claim: Claim) -> object:
        people = {str(one.pk): one for one in people_of(claim.workspace)}
        to: User | None = people.get(request.POST.get("to", ""))
        if to is None:
            raise Incomplete(_("Say who gets it."), {"to": [_("Choose somebody of the list.")]})
        version = number_in(request, "version")
        return hand_over(claim=claim, version=version, to=to, note=_note(request), by=person_of(request))

    return _step(request, pk, verb, _("Handed over."))


@require_POST
@login_required
def schedule_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Priority or due time, whichever the form carries."""

    def verb(claim: Claim) -> object:
        version, by = number_in(request, "version"), person_of(request)
        if "priority" in request.POST:
            given = request.POST["priority"]
            level = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else None
            return set_priority(claim=claim, version=version, priority=level, by=by)
        return set_due(claim=claim, version=version, due_at=_due(request), by=by)

    return _step(request, pk, verb, _("Saved."))


@require_POST
@login_required
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    def verb(claim: Claim) -> object:
        reason = request.POST.get("reason", "")
        return hold_claim(
            claim=claim, version=number_in(request, "version"), reason=reason, by=person_of(request)
        )

    return _step(request, pk, verb, _("Held. It is handed out to nobody until you release it."))


@require_POST
@login_required
def release(request: HttpRequest, pk: int) -> HttpResponse:
    def verb(claim: Claim) -> object:
        return release_claim(claim=claim, version=number_in(request, "version"), by=person_of(request))

    return _step(request, pk, verb, _("Taken up again."))


urlpatterns = [
    path("queue/assign/", preview_assignment, name="assign-preview"),
    path("queue/assign/now/", assign, name="assign"),
    path("queue/assign/undo/", undo_assigning, name="assign-undo"),
    path("queue/claims/<int:pk>/", show_assignment, name="claim-assignment"),
    path("queue/claims/<int:pk>/hand-over/", hand_claim_over, name="claim-hand-over"),
    path("queue/claims/<int:pk>/schedule/", schedule_claim, name="claim-schedule"),
    path("queue/claims/<int:pk>/hold/", hold, name="claim-hold"),
    path("queue/claims/<int:pk>/release/", release, name="claim-release"),
]
