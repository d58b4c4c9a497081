"""Articles come in by text and by file; what is known about them is corrected here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotations.arrivals.services.fetching import Asked, fetch_article
from annotations.articles.models import Article
from annotations.articles.permissions import may_edit, may_set_due_time
from annotations.articles.priority import priorities
from annotations.articles.services import (
    Imported,
    edit_article,
    import_article,
    set_article_priority,
    set_due_time,
)
from annotations.people.models import Workspace
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.snapshots.reading import MAX_BYTES, ArticleMatter, Unreadable, read_bytes, read_plain
from annotations.tasks import ring, ring_if_waiting
from annotations.web import arrivals, queue
from annotations.web.answers import STATUS, number_in, person_of, refused
from annotations.web.board import sides
from annotations.web.desk import desk_of
from annotations.words import is_web_address

MAX_FILES = 20
MAX_ADDRESSES = 50


class ArticleForm(forms.Form):
    title = forms.CharField(required=False, max_length=500, label=lazily("Headline"))
    byline = forms.CharField(required=False, max_length=300, label=lazily("Byline"))
    outlet = forms.CharField(required=False, max_length=200, label=lazily("Outlet"))
    published_on = forms.DateField(
        required=False,
        label=lazily("Published on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.CharField(
        required=False,
        max_length=12,
        label=lazily("Language"),
        help_text=lazily("A code such as en, fr or pt-BR."),
    )
    url = forms.URLField(
        required=False,
        max_length=2000,
        label=lazily("Address"),
        assume_scheme="https",
        help_text=lazily("Where the original stands."),
    )


class DueForm(forms.Form):
    due_at = forms.DateTimeField(
        required=False,
        label=lazily("Due (UTC)"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


@dataclass(frozen=True)
class Result:
    """What became of one thing that was put into the box."""

    name: str
    tone: str
    reason: str
    url: str = ""


class PriorityForm(forms.Form):
    priority = forms.TypedChoiceField(choices=priorities, coerce=int)


@require_POST
@login_required
def add_articles(request: HttpRequest) -> HttpResponse:
    """Take in the pasted text or addresses, and the files. Each stands for itself: what is refused is listed, the rest
    is kept.
    """
    desk = desk_of(request)
    if desk is None:
        return queue.show(request, status=403)
    text, files = request.POST.get("text", ""), request.FILES.getlist("files")[:MAX_FILES]
    done: list[Imported | Asked] = []
    results: list[Result] = []
    status = 200
    things: list[str | UploadedFile[Any]] = [*(_texts(text) if text.strip() or not files else []), *files]
    for thing in things:
        try:
            done.append(_take_in(request, desk, thing))
            results.append(_kept(_name(thing), done[-1]))
        except Unreadable as unreadable:
            results.append(Result(_name(thing), "bad", unreadable.reason))
            status = 422
        except Refusal as refusal:
            results.append(Result(_name(thing), "bad", refusal.reason))
            status = STATUS[type(refusal)]
    if status != 200:
        return queue.show(request, status=status, results=results, typed_text=text if not done else "")
    here = [thing for thing in done if isinstance(thing, Imported)]
    _tell(request, here, [thing for thing in done if isinstance(thing, Asked)])
    return redirect("workbench", here[0].article.pk) if len(done) == len(here) == 1 else redirect("queue")


def _texts(text: str) -> list[str]:
    """Lines that are addresses and nothing else stand for themselves; anything else is one text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and all(is_web_address(line) for line in lines):
        return list(dict.fromkeys(lines))[:MAX_ADDRESSES]
    return [text]


def _tell(request: HttpRequest, done: list[Imported], asked: list[Asked]) -> None:
    """One message a kind, however many were added."""
    if on_the_way := [one for one in asked if not one.arrival.article_id]:
        said = ngettext(
            "{count} address is being fetched.", "{count} addresses are being fetched.", len(on_the_way)
        )
        messages.success(request, said.format(count=len(on_the_way)))
    if there := [one for one in asked if one.arrival.article_id]:
        said = ngettext("{count} address is here already.", "{count} addresses are here already.", len(there))
        messages.info(request, said.format(count=len(there)))
    new = [imported.article for imported in done if imported.is_new]
    if len(new) > 1:
        messages.success(
            request, _("Added {count} articles. Claims are being looked for.").format(count=len(new))
        )
    elif new:
        messages.success(
            request, _("Added “{headline}”. Claims are being looked for.").format(headline=new[0].headline)
        )
    if known := [imported.article for imported in done if not imported.is_new]:
        names = ", ".join(f"“{article.headline}”" for article in known[:3]) + (" …" if len(known) > 3 else "")
        messages.info(
            request,
            ngettext(
                "{names} is here already; nothing was changed.",
                "{names} are here already; nothing was changed.",
                len(known),
            ).format(names=names),
        )


def _kept(name: str, imported: Imported | Asked) -> Result:
    if isinstance(imported, Asked):
        if article := imported.arrival.article:
            return Result(name, "plain", _("Is here already."), reverse("workbench", args=[article.pk]))
        return Result(name, "good", _("Is being fetched."), reverse("arrival", args=[imported.arrival.pk]))
    url = reverse("workbench", args=[imported.article.pk])
    if imported.is_new:
        return Result(
            name, "good", _("Added as “{headline}”.").format(headline=imported.article.headline), url
        )
    return Result(name, "plain", _("Is here already; nothing was changed."), url)


def _take_in(request: HttpRequest, desk: Workspace, thing: str | UploadedFile[Any]) -> Imported | Asked:
    if isinstance(thing, str) and is_web_address(thing.strip()):
        asked = fetch_article(workspace=desk, url=thing, by=person_of(request))
        ring_if_waiting(asked.arrival.fetching)
        return asked
    imported = import_article(workspace=desk, matter=_matter(request, thing), by=person_of(request))
    if imported.is_new:
        ring(imported.version.extraction)
    return imported


def _matter(request: HttpRequest, thing: str | UploadedFile[Any]) -> ArticleMatter:
    if isinstance(thing, str):
        matter = read_plain(thing)
        title = request.POST.get("title", "").strip()
        return replace(matter, title=title) if title else matter
    if (thing.size or 0) > MAX_BYTES:
        raise Unreadable(
            _("The file is larger than {megabytes} MB. Save the article alone and try again.").format(
                megabytes=MAX_BYTES // 2**20
            )
        )
    return read_bytes(thing.read(), filename=thing.name or "", content_type=thing.content_type or "")


def _name(thing: str | UploadedFile[Any]) -> str:
    if isinstance(thing, str):
        return thing.strip()[:200] if is_web_address(thing.strip()) else _("The pasted text")
    return thing.name or _("A file")


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known about an article, and when it is due. Two forms, each with the version it was made from."""
    articles = Article.objects.visible_to(request.user).select_related("workspace")
    article = get_object_or_404(articles, pk=pk)
    forms_of = {"": ArticleForm, "due": DueForm, "priority": PriorityForm}
    facts = {name: getattr(article, name) for form in forms_of.values() for name in form.base_fields}
    context = {
        "article": article,
        "workspace": article.workspace,
        **{_FORM_NAMES[what]: form(initial=facts) for what, form in forms_of.items()},
        "may_edit": may_edit(person_of(request), article),
        "may_set_due_time": may_set_due_time(person_of(request), article),
        "version": article.version,
    }
    if request.method == "GET":
        return render(request, "articles/edit.html", context)
    what = request.POST.get("what", "") if request.POST.get("what") in forms_of else ""
    form = context[_FORM_NAMES[what]] = forms_of[what](request.POST)
    if not form.is_valid():
        return render(request, "articles/edit.html", context, status=422)
    try:
        _VERBS[what](
            article=article, version=number_in(request, "version"), by=person_of(request), **form.cleaned_data
        )
    except Refusal as refusal:
        return _refused_edit(request, refusal, form, context)
    messages.success(request, _("Saved."))
    return redirect("workbench", article.pk)


_FORM_NAMES = {"": "form", "due": "due_form", "priority": "priority_form"}
_VERBS: dict[str, Callable[..., Article]] = {
    "": edit_article,
    "due": set_due_time,
    "priority": set_article_priority,
}


def _refused_edit(
    request: HttpRequest, refusal: Refusal, form: forms.Form, context: dict[str, Any]
) -> HttpResponse:
    if isinstance(refusal, Stale):
        context |= {"sides": sides(refusal), "version": refusal.version}
    if isinstance(refusal, Incomplete):
        for name, sentences in refusal.problems.items():
            if name in form.fields:
                form.add_error(name, sentences)
    return refused(request, refusal, "articles/edit.html", context)


urlpatterns = [
    path("articles/add/", add_articles, name="articles-add"),
    path("articles/<int:pk>/edit/", edit, name="article-edit"),
    *arrivals.urlpatterns,
]
