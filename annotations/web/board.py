"""How the workbench page answers: whole, as the parts that changed, or as a refusal that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import select_template
from django.urls import reverse

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.desks.queries import scales_of
from annotations.desks.scale import Scales
from annotations.refusals import Refusal, Stale
from annotations.screens.workbench import Workbench, workbench
from annotations.sources.models import Evidence, Source
from annotations.verdicts.ratings import CONFIDENCES
from annotations.web.answers import STATUS, person_of
from annotations.web.workbench_forms import ClaimForm, EvidenceForm, SourceForm, VerdictForm

FIELD_LABELS = {"said_on": "Said on", "exact": "Words", "gaps": "What is missing", "reasons": "Why"}


def address(article_id: int, claim_id: int | None, show: str, undo: int | None = None) -> str:
    """The address that shows the same again: it can be shared, and the back button finds it."""
    given = {"claim": claim_id, "show": show if show != "all" else "", "undo": undo}
    query = urlencode({name: value for name, value in given.items() if value})
    return reverse("workbench", args=[article_id]) + (f"?{query}" if query else "")


def show_of(request: HttpRequest) -> str:
    return request.GET.get("show", "all")


def claim_of(request: HttpRequest, pk: int) -> Claim:
    """The claim, if it is of a desk of this person; 404 as if it did not exist, if not."""
    rows = Claim.objects.visible_to(request.user).select_related("article__workspace")
    return get_object_or_404(rows, pk=pk)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; an entry of the browser's history that it restores wants the whole page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def context(request: HttpRequest, board: Workbench, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the templates of the page expect. `typed` are bound forms that came back with a refusal."""
    panel, scales = board.panel, scales_of(board.article.workspace_id)
    request.desk = board.article.workspace  # type: ignore[attr-defined]
    request._scales = {board.article.workspace_id: scales}  # type: ignore[attr-defined]
    found: dict[str, Any] = {
        "board": board,
        "panel": panel,
        "article": board.article,
        "workspace": board.article.workspace,
        "keep": f"?show={board.show}" if board.show != "all" else "",
        "here": reverse("workbench", args=[board.article.pk]),
        "nav": "workbench",
        "ratings": scales.current.choices,
        "qualifiers": scales.current.qualifier_labels,
        "confidences": CONFIDENCES,
        "attributions": Claim.Attribution.choices,
        "types": Claim.Type.choices,
        "stances": Evidence.Stance.choices,
        "source_types": Source.Type.choices,
        "source_form": SourceForm(),
        "seen": 0,
    }
    if panel:
        verdict = panel.verdict
        names = tuple(VerdictForm.base_fields)
        found["claim_form"] = ClaimForm.of(panel.claim)
        found["evidence_forms"] = [(item, EvidenceForm.of(item)) for item in panel.evidence]
        found["verdict_form"] = VerdictForm(
            initial={name: getattr(verdict, name) for name in names} if verdict else {"qualifiers": []}
        )
        found["seen"] = verdict.number if verdict else 0
        found["review_part"] = select_template(["review/_panel.html", "workbench/_verdict_read.html"])
        found |= {"claim": panel.claim, "verdict": verdict, "reviews": panel.reviews, "items": panel.items}
    return found | (typed or {})


def page(
    request: HttpRequest,
    article: Article,
    claim_id: int | None,
    *,
    part: str = "",
    status: int = 200,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page, or with htmx the panel together with list, text and messages, which are swapped beside it."""
    board = workbench(article=article, person=person_of(request), claim_id=claim_id, show=show_of(request))
    template = part or "workbench/page.html"
    return render(request, template, context(request, board, typed), status=status)


def done(
    request: HttpRequest, claim: Claim, *, said: str, go_to: int | None = None, undoable: bool = False
) -> HttpResponse:
    """Show the claim (or the one to `go_to`) as it stands now, and say what was done."""
    target = go_to or claim.pk
    messages.success(request, said)
    if not wants_part(request):
        undo = claim.pk if undoable else None
        return redirect(address(claim.article_id, target, show_of(request), undo))
    undo_step = (
        {"url": reverse("claim-undo", args=[claim.pk]), "version": claim.version} if undoable else None
    )
    answer = page(request, claim.article, target, part="workbench/_swap.html", typed={"undo": undo_step})
    answer["HX-Push-Url"] = address(claim.article_id, target, show_of(request))
    return answer


def refused(
    request: HttpRequest, article: Article, claim_id: int | None, refusal: Refusal, typed: dict[str, Any]
) -> HttpResponse:
    """The same place with the reason on top. Nothing that was typed is lost; a stale save shows both texts."""
    typed = {**typed, "refusal": refusal, "problems": getattr(refusal, "problems", {})}
    if isinstance(refusal, Stale):
        typed["sides"] = sides(refusal, scales_of(article.workspace_id))
    part = "workbench/_swap.html" if wants_part(request) else ""
    answer = page(request, article, claim_id, part=part, status=STATUS[type(refusal)], typed=typed)
    answer["HX-Retarget"] = "#panel"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def sides(stale: Stale, scales: Scales | None = None) -> list[tuple[str, str, str]]:
    """What differs between the two texts, field by field, in words. `scales` has those for codes of ratings."""
    found = []
    for name, mine in stale.yours.items():
        theirs = stale.current.get(name)
        if theirs != mine:
            found.append(
                (
                    FIELD_LABELS.get(name, name.replace("_", " ").capitalize()),
                    _said(theirs, scales),
                    _said(mine, scales),
                )
            )
    return found


def _said(value: Any, scales: Scales | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_said(one, scales) for one in value)
    if isinstance(value, str):
        known = scales.rating(value) if scales else None
        return known.label if known else value
    return "" if value is None else str(value)


def act(
    request: HttpRequest,
    claim: Claim,
    step: Callable[[], object],
    *,
    said: str,
    typed: Callable[[], dict[str, Any]] = dict,
    go_to: Callable[[], int | None] = lambda: None,
    undoable: bool = False,
) -> HttpResponse:
    """Take one step and answer. Whatever the house refuses comes back as a refusal, on the page where it was asked."""
    try:
        step()
    except Refusal as refusal:
        return refused(request, claim.article, claim.pk, refusal, typed())
    return done(request, claim, said=said, go_to=go_to(), undoable=undoable)
