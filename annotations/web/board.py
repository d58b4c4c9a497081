"""How the workbench page answers: whole, as the parts that changed, or as a refusal that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import select_template
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.desks.queries import scales_of
from annotations.desks.scale import Scales
from annotations.flags.models import Flag
from annotations.refusals import Refusal, Stale
from annotations.screens.conflict import LABELS
from annotations.screens.sources import weighing
from annotations.screens.triage import sorting
from annotations.screens.workbench import Workbench, workbench
from annotations.sources.models import Evidence, Source
from annotations.tongue import table
from annotations.verdicts.ratings import CONFIDENCES
from annotations.web.answers import STATUS, number_asked, person_of
from annotations.web.evidence_forms import EvidenceForm, SourceForm
from annotations.web.workbench_forms import ClaimForm, VerdictForm

FIELD_LABELS = table(
    {
        "said_on": "Said on",
        "exact": "Words",
        "gaps": "What is missing",
        "reasons": "Why",
        "is_apart": "Tells its own story",
        "describes_claim_time": "Describes the time of the claim",
    }
)


def address(article_id: int, claim_id: int | None, show: str, *, undo: bool = False) -> str:
    """The address that shows the same again: it can be shared, and the back button finds it."""
    given = {"claim": claim_id, "show": show if show != "all" else "", "undo": int(undo)}
    query = urlencode({name: value for name, value in given.items() if value})
    return reverse("workbench", args=[article_id]) + (f"?{query}" if query else "")


def show_of(request: HttpRequest) -> str:
    """The filter of the list: as the address says, or for a step that was taken from elsewhere, as it was on screen."""
    return request.GET.get("show") or _in_view(request).get("show") or "all"


def claim_in_view(request: HttpRequest) -> int | None:
    """The claim that was in hand when a step was taken that is not about it."""
    given = _in_view(request).get("claim") or ""
    return int(given) if given.isdecimal() and len(given) <= 18 else None


def _in_view(request: HttpRequest) -> QueryDict:
    """What the address on screen asked for, when htmx sends a form from it."""
    address = request.headers.get("HX-Current-URL", "") if request.method == "POST" else ""
    return QueryDict(address.partition("?")[2])


def article_of(request: HttpRequest, pk: int) -> Article:
    """The article, if it is of a desk of this person; 404 as if it did not exist, if not."""
    return get_object_or_404(Article.objects.visible_to(request.user).select_related("workspace"), pk=pk)


def claim_of(request: HttpRequest, pk: int) -> Claim:
    """The claim, if it is of a desk of this person; 404 as if it did not exist, if not."""
    rows = Claim.objects.visible_to(request.user).select_related("article__workspace", "workspace")
    return get_object_or_404(rows, pk=pk)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; an entry of the browser's history that it restores wants the whole page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def context(request: HttpRequest, board: Workbench, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the templates of the page expect. `typed` are bound forms that came back with a refusal."""
    panel, sorts = board.panel, sorting(board, person_of(request), start=number_asked(request, "from"))
    scales = scales_of(board.article.workspace_id)
    request.desk = board.article.workspace  # type: ignore[attr-defined]
    request._scales = {board.article.workspace_id: scales}  # type: ignore[attr-defined]
    found: dict[str, Any] = _choices(scales) | {
        "board": board,
        "panel": panel,
        "sorting": sorts,
        "panel_part": "workbench/_panel.html",
        "undo": sorts.steps.undo if (typed or {}).get("offer_undo") else None,
        "article": board.article,
        "workspace": board.article.workspace,
        "keep": f"?show={board.show}" if board.show != "all" else "",
        "here": reverse("workbench", args=[board.article.pk]),
        "nav": "workbench",
        "source_form": SourceForm(),
        "seen": 0,
    }
    if panel:
        verdict = panel.verdict
        names = tuple(VerdictForm.base_fields)
        found["claim_form"] = ClaimForm.of(panel.claim)
        found["weighing"] = weighing(panel.claim, panel.evidence, panel.standing, person_of(request))
        found["evidence_forms"] = [(row, EvidenceForm.of(row.item)) for row in found["weighing"].rows]
        found["verdict_form"] = VerdictForm(
            initial={name: getattr(verdict, name) for name in names} if verdict else {"qualifiers": []}
        )
        found["seen"] = verdict.number if verdict else 0
        found["review_part"] = select_template(["review/_panel.html", "workbench/_verdict_read.html"])
        found |= {"claim": panel.claim, "verdict": verdict, "reviews": panel.reviews, "items": panel.items}
    return found | (typed or {})


def _choices(scales: Scales) -> dict[str, Any]:
    """What the forms of the panel let one choose from."""
    return {
        "ratings": scales.current.choices,
        "qualifiers": scales.current.qualifier_labels,
        "confidences": CONFIDENCES,
        "attributions": Claim.Attribution.choices,
        "types": Claim.Type.choices,
        "stances": Evidence.Stance.choices,
        "source_types": Source.Type.choices,
        "flag_kinds": Flag.Kind.choices,
    }


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
    request: HttpRequest, claim: Claim, *, said: str, go_to: int | None = 0, undoable: bool = False
) -> HttpResponse:
    """Say what was done, and show the claim as it stands now, or the one to `go_to`: 0 stays, None is no claim."""
    target = claim.pk if go_to == 0 else go_to
    return done_in(request, claim.article, target, said=said, undoable=undoable)


def done_in(
    request: HttpRequest, article: Article, target: int | None, *, said: str, undoable: bool = False
) -> HttpResponse:
    """Say what was done, with this claim of the article in hand. `undoable` offers to take the last step back."""
    messages.success(request, said)
    if not wants_part(request):
        return redirect(address(article.pk, target, show_of(request), undo=undoable))
    answer = page(request, article, target, part="workbench/_swap.html", typed={"offer_undo": undoable})
    answer["HX-Push-Url"] = address(article.pk, target, show_of(request))
    return answer


def instead(
    request: HttpRequest, article: Article, part: str, typed: dict[str, Any], *, claim_id: int | None = None
) -> HttpResponse:
    """Show this part where the claim in hand stands otherwise, with list, text and messages as they are now."""
    template = "workbench/_swap.html" if wants_part(request) else ""
    return page(
        request, article, claim_id, part=template, typed={"panel_part": part, "has_sheet": True} | typed
    )


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
                    FIELD_LABELS.get(name) or LABELS.get(name, name),
                    _said(theirs, scales),
                    _said(mine, scales),
                )
            )
    return found


def _said(value: Any, scales: Scales | None) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
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
    go_to: Callable[[], int | None] = lambda: 0,
    undoable: bool = False,
) -> HttpResponse:
    """Take one step and answer. Whatever the house refuses comes back as a refusal, on the page where it was asked."""
    try:
        step()
    except Refusal as refusal:
        return refused(request, claim.article, claim.pk, refusal, typed())
    return done(request, claim, said=said, go_to=go_to(), undoable=undoable)
