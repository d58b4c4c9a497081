"""Versions of an article: the list, one of them, two against each other, a new one, the watch; and lost spans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.articles.models import Article
from annotations.articles.permissions import may_add_version, may_watch
from annotations.articles.queries import current_version, watch_of
from annotations.articles.services import MOST_DAYS, stop_watching, watch_article
from annotations.claims import spans
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.permissions import may_anchor, may_mark
from annotations.claims.queries import anchors_waiting
from annotations.claims.services import anchoring
from annotations.claims.services.versions import add_version as keep
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.screens.versions import diff_of, marked_text, text_changes, tray_of, version_rows
from annotations.tasks import ring, ring_comparing, ring_notices
from annotations.web import board
from annotations.web.answers import number_asked, number_in, person_of, refused
from annotations.web.desk import desk_of

EVERY = [
    (1, gettext_lazy("Every hour")),
    (6, gettext_lazy("Every 6 hours")),
    (24, gettext_lazy("Once a day")),
]


class WatchForm(forms.Form):
    every = forms.TypedChoiceField(choices=EVERY, coerce=int, label=gettext_lazy("How often"), initial=6)
    days = forms.IntegerField(
        min_value=1, max_value=MOST_DAYS, label=gettext_lazy("For so many days"), initial=7
    )


@require_GET
@login_required
def list_versions(request: HttpRequest, pk: int) -> HttpResponse:
    return _versions(request, board.article_of(request, pk))


def _versions(request: HttpRequest, article: Article, **more: Any) -> HttpResponse:
    rows, older = version_rows(article, before=number_asked(request, "before"))
    person, watch = person_of(request), watch_of(article)
    initial = {"every": watch.every} if watch else None
    context = {
        **_about(article),
        "versions": rows,
        "older": older,
        "newest": current_version(article).number,
        "unplaced": anchors_waiting(article).count(),
        "watch": watch,
        "watch_form": WatchForm(initial=initial),
        "may_watch": may_watch(person, article),
        "may_add": may_add_version(person, article),
    } | more
    if refusal := more.get("refusal"):
        return refused(request, refusal, "versions/list.html", context)
    return render(request, "versions/list.html", context)


def _about(article: Article) -> dict[str, Any]:
    return {"article": article, "workspace": article.workspace, "nav": "workbench-of"}


@require_GET
@login_required
def show_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    article = board.article_of(request, pk)
    version = get_object_or_404(article.versions.select_related("added_by"), number=number)
    newest = current_version(article)
    context = {"version": version, "newest": newest.number, "paragraphs": marked_text(version)}
    return render(request, "versions/one.html", _about(article) | context)


@require_GET
@login_required
def show_diff(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions against each other: `?from=` and `?to=` are numbers, by default the newest and the one before."""
    article = board.article_of(request, pk)
    newest = current_version(article).number
    to = number_asked(request, "to") or newest
    old = get_object_or_404(article.versions, number=number_asked(request, "from") or max(1, to - 1))
    new = get_object_or_404(article.versions, number=to)
    whole = request.GET.get("all") == "1"
    diff = diff_of(old, new, after=number_asked(request, "after") or 0, whole=whole)
    context = {"diff": diff, "whole": whole, "newest": newest, "unplaced": anchors_waiting(article).count()}
    return render(request, "versions/diff.html", _about(article) | context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Paste the text as it reads now. What is the same as the newest version is none, and the page says so."""
    article = board.article_of(request, pk)
    context = _about(article) | {"may_add": may_add_version(person_of(request), article)}
    if request.method != "POST":
        return render(
            request, "versions/add.html", context | {"seen": current_version(article).number, "text": ""}
        )
    text = request.POST.get("text", "")
    try:
        added = keep(article=article, text=text, by=person_of(request), seen=number_in(request, "seen"))
    except Refusal as refusal:
        context |= {
            "text": text,
            "seen": refusal.version if isinstance(refusal, Stale) else request.POST.get("seen"),
        }
        if isinstance(refusal, Stale):
            context["sides"] = board.sides(refusal)
        return refused(request, refusal, "versions/add.html", context)
    if not added.is_new:
        messages.info(
            request,
            _("This is the text of version {number}: nothing changed.").format(number=added.version.number),
        )
        return redirect("article-versions", pk)
    ring(added.version.extraction)
    ring_notices()
    messages.success(request, _("Added as version {number}.").format(number=added.version.number))
    return redirect(f"{reverse('article-diff', args=[pk])}?to={added.version.number}")


@require_POST
@login_required
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch the watch on (or on with another schedule), or with `do=stop` off."""
    article, form, person = board.article_of(request, pk), WatchForm(request.POST), person_of(request)
    try:
        if request.POST.get("do") == "stop":
            stop_watching(article=article, version=number_in(request, "version"), by=person)
            messages.success(request, _("It is read no more."))
        elif form.is_valid():
            watch_article(
                article=article, version=number_in(request, "version"), by=person, **form.cleaned_data
            )
            messages.success(request, _("It is watched now. A change makes a new version."))
        else:
            found = form.errors.get_json_data().items()
            problems = {name: [str(one["message"]) for one in errors] for name, errors in found}
            raise Incomplete(_("This article cannot be watched like that."), problems)
    except Refusal as refusal:
        return _versions(request, article, refusal=refusal, watch_form=form)
    return redirect(f"{reverse('article-versions', args=[pk])}#watch")


# --- lost spans --------------------------------------------------------------------------------------------------


@require_GET
@login_required
def show_tray(request: HttpRequest, pk: int) -> HttpResponse:
    """`?at=` is the anchor in hand, `?undo=` the one that was decided on last: it can be taken back."""
    article, last = board.article_of(request, pk), number_asked(request, "undo")
    decided = ClaimAnchor.objects.visible_to(request.user).filter(claim__article=article, pk=last or 0)
    return _tray(request, article, decided=decided.exclude(decision="").first())


def _tray(request: HttpRequest, article: Article, *, at: int | None = None, **more: Any) -> HttpResponse:
    at = at or number_asked(request, "at")
    tray = tray_of(article, at=at, mark=request.GET.get("after", "").replace("\x00", ""))
    version = current_version(article)
    context = {
        **_about(article),
        "tray": tray,
        "version": version,
        "may_anchor": may_mark(person_of(request), article),
    } | more
    if tray.in_hand:
        context["may_anchor"] = may_anchor(person_of(request), tray.in_hand.claim)
        context["around"] = _around(tray.in_hand)
    template = "versions/_tray_swap.html" if board.wants_part(request) else "versions/tray.html"
    if refusal := more.get("refusal"):
        if isinstance(refusal, Stale):
            context["sides"] = board.sides(refusal)
        return refused(request, refusal, template, context)
    return render(request, template, context)


def _around(anchor: ClaimAnchor) -> tuple[str, str]:
    """Some of the words before and after the old quote."""
    text = anchor.from_version.text
    before, after = text[max(0, anchor.from_start - 160) : anchor.from_start], text[anchor.from_end :][:160]
    head = before if anchor.from_start <= 160 else "… " + before.partition(" ")[2]
    return head, after if anchor.from_end + 160 >= len(text) else after.rpartition(" ")[0] + " …"


@require_POST
@login_required
def decide_anchor(request: HttpRequest, pk: int) -> HttpResponse:
    """`do` is place, keep, withdraw or reopen. What is refused is shown in the tray, with what was typed."""
    anchor = _anchor_of(request, pk)
    article = anchor.claim.article
    do = request.POST.get("do", "place")
    try:
        verb = _VERBS.get(do, _place)
        verb(request, anchor, {"version": number_in(request, "version"), "by": person_of(request)})
    except Refusal as refusal:
        return _tray(request, article, at=pk, refusal=refusal, typed=request.POST.get("exact", ""))
    ring_comparing(article.workspace_id)
    messages.success(request, str(_SAYS[do if do in _SAYS else "place"]))
    if board.wants_part(request):
        return _tray(request, article, at=pk, decided=None if do == "reopen" else anchor)
    return redirect(
        f"{reverse('article-tray', args=[article.pk])}?{f'at={pk}' if do == 'reopen' else f'undo={pk}'}"
    )


_SAYS = {
    "place": gettext_lazy("The claim stands there now."),
    "keep": gettext_lazy("Kept on the old version."),
    "withdraw": gettext_lazy("Noted: the outlet took these words back."),
    "reopen": gettext_lazy("Taken back: it waits again."),
}


def _place(request: HttpRequest, anchor: ClaimAnchor, seen: dict[str, Any]) -> None:
    """At the chosen guess, or at the words that were typed."""
    text, exact = anchor.article_version.text, request.POST.get("exact", "").replace("\r\n", "\n").strip()
    guess = request.POST.get("guess", "")
    if exact or guess == "other":
        try:
            span = spans.find(text, exact)
        except spans.BadSpan as bad:
            raise Incomplete(bad.reason, {"exact": [bad.reason]}) from bad
        if span is None:
            raise Incomplete(
                _(
                    "These words do not stand in the newest version. Paste them exactly as they are printed there."
                )
            )
    elif guess.isdecimal() and int(guess[:6]) < len(anchor.guesses):
        chosen = anchor.guesses[int(guess[:6])]
        span = spans.pin(text, chosen["start"], chosen["end"])
    else:
        raise Incomplete(_("Choose one of the places, or paste the words."))
    anchoring.place_anchor(anchor=anchor, start=span.start, end=span.end, exact=span.exact, **seen)


_VERBS: dict[str, Callable[[HttpRequest, ClaimAnchor, dict[str, Any]], object]] = {
    "place": _place,
    "keep": lambda request, anchor, seen: anchoring.keep_anchor(anchor=anchor, **seen),
    "withdraw": lambda request, anchor, seen: anchoring.withdraw_anchor(anchor=anchor, **seen),
    "reopen": lambda request, anchor, seen: anchoring.reopen_anchor(anchor=anchor, **seen),
}


def _anchor_of(request: HttpRequest, pk: int) -> ClaimAnchor:
    rows = ClaimAnchor.objects.visible_to(request.user)
    rows = rows.select_related("claim__article__workspace", "article_version", "from_version")
    return get_object_or_404(rows, pk=pk)


@require_GET
@login_required
def list_changes(request: HttpRequest) -> HttpResponse:
    """Where outlets changed words that this desk had checked."""
    desk = desk_of(request)
    rows, following = (
        ([], "")
        if desk is None
        else text_changes(desk, person_of(request), mark=request.GET.get("after", "").replace("\x00", ""))
    )
    return render(request, "versions/changes.html", {"changes": rows, "next": following, "workspace": desk})


urlpatterns = [
    path("articles/<int:pk>/versions/", list_versions, name="article-versions"),
    path("articles/<int:pk>/versions/add/", add_version, name="version-add"),
    path("articles/<int:pk>/versions/diff/", show_diff, name="article-diff"),
    path("articles/<int:pk>/versions/<int:number>/", show_version, name="article-version"),
    path("articles/<int:pk>/watch/", watch, name="article-watch"),
    path("articles/<int:pk>/unplaced/", show_tray, name="article-tray"),
    path("anchors/<int:pk>/decide/", decide_anchor, name="anchor-decide"),
    path("changes/", list_changes, name="text-changes"),
]
