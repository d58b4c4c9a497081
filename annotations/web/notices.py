"""What a person is told, what they want to be told, and the way out that every mail carries."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.notices.kinds import Kind, Mail
from annotations.notices.models import Notice
from annotations.notices.queries import PAGE, choices_of, notices_of, unread_count
from annotations.notices.services import choosing
from annotations.refusals import Refusal
from annotations.web.answers import STATUS, number_asked, number_in, person_of, refusals_as_pages
from annotations.web.desk import desk_of


@never_cache
@require_GET
@login_required
def list_notices(request: HttpRequest) -> HttpResponse:
    """Newest first; `?before=` is the key of the last one seen, `?show=unread` leaves out what was read."""
    person, only_unread = person_of(request), request.GET.get("show") == "unread"
    rows = notices_of(person)
    if only_unread:
        rows = rows.filter(read_at=None)
    if before := number_asked(request, "before"):
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    context = {
        "notices": found[:PAGE],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
        "only_unread": only_unread,
        "unread": unread_count(person),
        "workspace": desk_of(request),
        "nav": "notices",
    }
    return render(request, "notices/list.html", context)


@never_cache
@require_GET
@login_required
def show_bell(request: HttpRequest) -> HttpResponse:
    return render(request, "notices/_bell.html", {"unread": unread_count(person_of(request))})


@never_cache
@require_GET
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what the notice is about; it is read then."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    choosing.read_notice(notice=notice, by=person_of(request))
    if notice.code == "TEXT_CHANGED":
        return redirect("article-tray", notice.article_id)
    address = reverse("workbench", args=[notice.article_id])
    if notice.claim_id:
        address += f"?claim={notice.claim_id}"
    return redirect(f"{address}#thread-{notice.thread_id}" if notice.thread_id else address)


@require_POST
@login_required
@refusals_as_pages
def mark_notice(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    choosing.read_notice(notice=notice, is_read=request.POST.get("read") != "no", by=person_of(request))
    return redirect("notices")


@require_POST
@login_required
@refusals_as_pages
def mark_all(request: HttpRequest) -> HttpResponse:
    choosing.read_all(up_to=number_in(request, "up_to"), by=person_of(request))
    return redirect("notices")


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    refusal = None
    if request.method == "POST":
        try:
            choosing.set_address(address=request.POST.get("address", ""), by=person)
            choosing.choose_notices(choices=_chosen(request), by=person)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Saved."))
            return redirect("notice-settings")
    context = {
        "choices": choices_of([person.pk])[person.pk].values(),
        "mails": [(mail.value, mail.label) for mail in Mail],
        "address": request.POST.get("address", person.email),
        "is_mail_on": settings.MAIL_ON,
        "refusal": refusal,
        "problems": getattr(refusal, "problems", {}),
        "workspace": desk_of(request),
        "nav": "notices",
    }
    return render(request, "notices/settings.html", context, status=STATUS[type(refusal)] if refusal else 200)


def _chosen(request: HttpRequest) -> dict[str, tuple[bool, str]]:
    """Of the kinds that the form had: one that it lost is not switched off."""
    given = request.POST
    return {
        kind.value: (given.get(f"show-{kind.value}") == "on", given.get(f"mail-{kind.value}", ""))
        for kind in Kind
        if f"mail-{kind.value}" in given
    }


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@refusals_as_pages
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End e-mail without signing in. Looking ends nothing, since mail scanners look at every link; the button does, and
    so does the one press of a mail program, which is why the token alone counts here.
    """
    is_done = request.method == "POST"
    person = choosing.stop_mail(token=token) if is_done else choosing.person_of_token(token)
    context = {"person": person, "token": token, "is_done": is_done}
    return render(request, "notices/unsubscribe.html", context)


urlpatterns = [
    path("notices/", list_notices, name="notices"),
    path("notices/bell/", show_bell, name="notice-bell"),
    path("notices/read/", mark_all, name="notices-read"),
    path("notices/settings/", choose, name="notice-settings"),
    path("notices/unsubscribe/<str:token>/", unsubscribe, name="notice-unsubscribe"),
    path("notices/<int:pk>/", open_notice, name="notice-open"),
    path("notices/<int:pk>/mark/", mark_notice, name="notice-mark"),
]
