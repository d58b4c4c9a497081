"""Articles come in by text and by file; what is known about them is corrected here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotations.articles.models import Article
from annotations.articles.permissions import may_edit, may_set_due_time
from annotations.articles.services import Imported, edit_article, import_article, set_due_time
from annotations.people.models import Workspace
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.snapshots.reading import MAX_BYTES, ArticleMatter, Unreadable, read_bytes, read_plain
from annotations.tasks import ring
from annotations.web import queue
from annotations.web.answers import STATUS, number_in, person_of, refused
from annotations.web.board import sides
from annotations.web.desk import desk_of

MAX_FILES = 20


class ArticleForm(forms.Form):
    title = forms.CharField(required=False, max_length=500, label="Headline")
    byline = forms.CharField(required=False, max_length=300)
    outlet = forms.CharField(required=False, max_length=200)
    published_on = forms.DateField(
        required=False,
        label="Published on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.CharField(required=False, max_length=12, help_text="A code such as en, fr or pt-BR.")
    url = forms.URLField(
        required=False,
        max_length=2000,
        label="Address",
        assume_scheme="https",
        help_text="Where the original stands.",
    )


class DueForm(forms.Form):
    due_at = forms.DateTimeField(
        required=False,
        label="Due (UTC)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


@require_POST
@login_required
def add_articles(request: HttpRequest) -> HttpResponse:
    """Take in the pasted text and the files. Each stands for itself: what is refused is listed, the rest is kept."""
    desk = desk_of(request)
    if desk is None:
        return queue.show(request, status=403)
    text, files = request.POST.get("text", ""), request.FILES.getlist("files")[:MAX_FILES]
    done: list[Imported] = []
    refusals: list[tuple[str, str]] = []
    status = 200
    things: list[str | UploadedFile[Any]] = [*([text] if text.strip() or not files else []), *files]
    for thing in things:
        try:
            done.append(_take_in(request, desk, thing))
        except Unreadable as unreadable:
            refusals.append((_name(thing), unreadable.reason))
            status = 422
        except Refusal as refusal:
            refusals.append((_name(thing), refusal.reason))
            status = STATUS[type(refusal)]
    for imported in done:
        if imported.is_new:
            messages.success(request, f"Added “{imported.article.headline}”. Claims are being looked for.")
        else:
            messages.info(request, f"“{imported.article.headline}” is here already; nothing was changed.")
    if refusals:
        return queue.show(request, status=status, refusals=refusals, typed_text=text if not done else "")
    return redirect("workbench", done[0].article.pk) if len(done) == 1 else redirect("queue")


def _take_in(request: HttpRequest, desk: Workspace, thing: str | UploadedFile[Any]) -> Imported:
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
            f"The file is larger than {MAX_BYTES // 2**20} MB. Save the article alone and try again."
        )
    return read_bytes(thing.read(), filename=thing.name or "", content_type=thing.content_type or "")


def _name(thing: str | UploadedFile[Any]) -> str:
    return "The pasted text" if isinstance(thing, str) else (thing.name or "A file")


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known about an article, and when it is due. Two forms, each with the version it was made from."""
    articles = Article.objects.visible_to(request.user).select_related("workspace")
    article = get_object_or_404(articles, pk=pk)
    facts = {name: getattr(article, name) for name in (*ArticleForm.base_fields, *DueForm.base_fields)}
    context = {
        "article": article,
        "workspace": article.workspace,
        "form": ArticleForm(initial=facts),
        "due_form": DueForm(initial=facts),
        "may_edit": may_edit(person_of(request), article),
        "may_set_due_time": may_set_due_time(person_of(request), article),
        "version": article.version,
    }
    if request.method == "GET":
        return render(request, "articles/edit.html", context)
    is_due = request.POST.get("what") == "due"
    form = DueForm(request.POST) if is_due else ArticleForm(request.POST)
    context["due_form" if is_due else "form"] = form
    if not form.is_valid():
        return render(request, "articles/edit.html", context, status=422)
    try:
        verb = set_due_time if is_due else edit_article
        verb(
            article=article, version=number_in(request, "version"), by=person_of(request), **form.cleaned_data
        )
    except Refusal as refusal:
        if isinstance(refusal, Stale):
            context |= {"sides": sides(refusal), "version": refusal.version}
        if isinstance(refusal, Incomplete):
            for name, sentences in refusal.problems.items():
                if name in form.fields:
                    form.add_error(name, sentences)
        return refused(request, refusal, "articles/edit.html", context)
    messages.success(request, "Saved.")
    return redirect("workbench", article.pk)


urlpatterns = [
    path("articles/add/", add_articles, name="articles-add"),
    path("articles/<int:pk>/edit/", edit, name="article-edit"),
]
