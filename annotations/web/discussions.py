"""Discussions about a claim: a part of its panel, and pages of their own for whoever works without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from annotations.claims.extraction.sentences import sentences
from annotations.claims.models import Claim
from annotations.discussions import services
from annotations.discussions.models import Comment, Thread
from annotations.discussions.permissions import may_comment
from annotations.discussions.queries import discussion, earlier_words, one_talk, people_to_mention
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.sources.queries import evidence_for
from annotations.tasks import ring_notices
from annotations.verdicts.queries import latest_verdict
from annotations.web import board
from annotations.web.answers import STATUS, number_asked, number_in, person_of


def _thread(request: HttpRequest, pk: int) -> Thread:
    rows = Thread.objects.visible_to(request.user).select_related(
        "claim__article__workspace", "evidence__source"
    )
    return get_object_or_404(rows, pk=pk)


def _comment(request: HttpRequest, pk: int) -> Comment:
    rows = Comment.objects.visible_to(request.user).select_related(
        "author", "thread__claim__article__workspace"
    )
    return get_object_or_404(rows, pk=pk)


@never_cache
@require_GET
@login_required
def show_discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """All threads of a claim, `?before=` a page further: for htmx as a part, else as a page."""
    return _show(request, board.claim_of(request, pk))


@never_cache
@require_GET
@login_required
def show_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """One thread with all its comments, a page at a time."""
    thread = _thread(request, pk)
    talk, more = one_talk(thread, before=number_asked(request, "before"))
    context = _context(request, thread.claim) | {"talk": talk, "next": more, "whole": True}
    return render(request, "discussions/thread.html", context)


@never_cache
@require_GET
@login_required
def show_earlier_words(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _comment(request, pk)
    context = _context(request, comment.thread.claim) | {
        "comment": comment,
        "earlier": earlier_words(comment),
    }
    return render(request, "discussions/earlier.html", context)


@never_cache
@require_GET
@login_required
def suggest_people(request: HttpRequest, pk: int) -> HttpResponse:
    """People of the claim's desk for the letters after an @."""
    claim = board.claim_of(request, pk)
    people = people_to_mention(claim, request.GET.get("q", "").replace("\x00", "")[:60])
    return render(request, "discussions/_people.html", {"people": people})


@require_POST
@login_required
def start_thread(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        services.start_thread(
            claim=claim,
            text=request.POST.get("text", ""),
            is_blocker=request.POST.get("is_blocker") == "yes",
            key=request.POST.get("key", "")[:40],
            by=person_of(request),
            **_anchor(claim, request.POST.get("about", "")),
        )
        ring_notices()

    return _act(request, claim, step, typed={"typed": request.POST.get("text", "")})


@require_POST
@login_required
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    thread = _thread(request, pk)

    def step() -> None:
        key, text = request.POST.get("key", "")[:40], request.POST.get("text", "")
        services.reply(thread=thread, text=text, key=key, by=person_of(request))
        ring_notices()

    typed = {"answered": thread.pk, "typed_answer": request.POST.get("text", "")}
    return _act(request, thread.claim, step, typed=typed)


@require_POST
@login_required
def reword_comment(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _comment(request, pk)

    def step() -> None:
        text, version = request.POST.get("text", ""), number_in(request, "version")
        services.reword_comment(comment=comment, version=version, text=text, by=person_of(request))
        ring_notices()

    typed = {"reworded": comment.pk, "typed_words": request.POST.get("text", "")}
    return _act(request, comment.thread.claim, step, typed=typed)


@require_POST
@login_required
def resolve_thread(request: HttpRequest, pk: int) -> HttpResponse:
    thread, is_resolved = _thread(request, pk), request.POST.get("resolved") == "yes"

    def step() -> None:
        services.resolve_thread(thread=thread, is_resolved=is_resolved, by=person_of(request))

    return _act(request, thread.claim, step)


@require_POST
@login_required
def set_blocker(request: HttpRequest, pk: int) -> HttpResponse:
    thread, is_blocker = _thread(request, pk), request.POST.get("blocker") == "yes"

    def step() -> None:
        services.set_blocker(thread=thread, is_blocker=is_blocker, by=person_of(request))

    return _act(request, thread.claim, step)


def _act(
    request: HttpRequest, claim: Claim, step: Callable[[], None], *, typed: dict[str, Any] | None = None
) -> HttpResponse:
    """Take the step and show the discussion as it stands now; a refusal comes with what was typed."""
    try:
        step()
    except Refusal as refusal:
        more: dict[str, Any] = {"refusal": refusal, "problems": getattr(refusal, "problems", {})} | (
            typed or {}
        )
        if isinstance(refusal, Stale):
            more["sides"] = board.sides(refusal)
        return _show(request, claim, status=STATUS[type(refusal)], **more)
    if board.wants_part(request):
        return _show(request, claim)
    messages.success(request, _("Done."))
    return redirect("discussion", claim.pk)


def _show(request: HttpRequest, claim: Claim, *, status: int = 200, **typed: Any) -> HttpResponse:
    found = discussion(claim, before=number_asked(request, "before"))
    context = _context(request, claim) | {"discussion": found} | typed
    template = "discussions/_discussion.html" if board.wants_part(request) else "discussions/page.html"
    return render(request, template, context, status=status)


def _context(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim,
        "article": claim.article,
        "workspace": claim.article.workspace,
        "nav": "discussion",
        "may_comment": may_comment(person_of(request), claim),
        "abouts": _abouts(claim),
        "new_key": uuid4().hex,
    }


def _abouts(claim: Claim) -> list[tuple[str, str]]:
    """What a thread can be about, as the form sends it and as one reads it."""
    verdict = latest_verdict(claim)
    reasons = verdict.reasons if verdict else ""
    found = [("claim", _("The claim as a whole"))]
    found += [
        (f"why:{number}", _("Why: {words}").format(words=words))
        for number, words in enumerate(_sentences(reasons))
    ]
    found += [
        (f"source:{item.pk}", _("Source: {title}").format(title=item.source.title))
        for item in evidence_for(claim)
    ]
    return found


def _sentences(reasons: str) -> list[str]:
    return [reasons[start:end] for start, end in sentences(reasons)][:40]


def _anchor(claim: Claim, about: str) -> dict[str, Any]:
    kind, _colon, number = about.partition(":")
    if kind == "why":
        verdict = latest_verdict(claim)
        found = _sentences(verdict.reasons) if verdict else []
        at = int(number) if number.isdecimal() and len(number) < 4 else len(found)
        return {"anchor": Thread.Anchor.REASONS, "quote": found[at] if at < len(found) else ""}
    if kind == "source":
        item = next((one for one in evidence_for(claim) if str(one.pk) == number), None)
        return {"anchor": Thread.Anchor.EVIDENCE, "evidence": item}
    if kind not in ("", "claim"):
        raise Incomplete(_("Say what this is about."), {"about": [_("Choose one of the list.")]})
    return {"anchor": Thread.Anchor.CLAIM}


urlpatterns = [
    path("claims/<int:pk>/discussion/", show_discussion, name="discussion"),
    path("claims/<int:pk>/discussion/start/", start_thread, name="thread-start"),
    path("claims/<int:pk>/people/", suggest_people, name="people-suggest"),
    path("threads/<int:pk>/", show_thread, name="thread"),
    path("threads/<int:pk>/reply/", reply, name="thread-reply"),
    path("threads/<int:pk>/resolve/", resolve_thread, name="thread-resolve"),
    path("threads/<int:pk>/blocker/", set_blocker, name="thread-blocker"),
    path("comments/<int:pk>/reword/", reword_comment, name="comment-reword"),
    path("comments/<int:pk>/earlier/", show_earlier_words, name="comment-earlier"),
]
