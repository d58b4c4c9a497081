"""The page on which a person gives keys other places, or switches them off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotations.preferences.keymap import FIXED, GROUPS, STANDARD, Mode
from annotations.preferences.models import Preference
from annotations.preferences.queries import preference_of
from annotations.preferences.services import set_preferences
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.web.answers import STATUS, number_in, person_of
from annotations.web.desk import desk_of


def _page(request: HttpRequest, *, status: int = 200, **typed: Any) -> HttpResponse:
    """The form as it stands, or as it was sent when it comes back with a refusal."""
    has, problems = preference_of(person_of(request)), typed.get("problems", {})
    own = typed.get("own", has.keys)
    groups = [
        (_(name), [(key, did, own.get(key, key), problems.get(key, ())) for key, did in keys.items()])
        for name, keys in GROUPS.items()
    ]
    context = {
        "groups": groups,
        "fixed": FIXED,
        "modes": [(mode.value, mode.label) for mode in Mode],
        "afters": Preference.After.choices,
        "mode": has.mode,
        "after": has.after_accepting,
        "version": has.version,
        "workspace": desk_of(request),
    }
    return render(request, "keys/page.html", context | typed, status=status)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """Every key as it was typed: one letter or sign is meant however it is written; an empty field is the standard."""
    typed = {key: request.POST.get(f"key-{key}", "").strip().lower()[:20] for key in STANDARD}
    is_reset = "reset" in request.POST
    return {
        "keys": {} if is_reset else {key: own for key, own in typed.items() if own},
        "mode": request.POST.get("mode", ""),
        "after_accepting": request.POST.get("after_accepting", ""),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_keys(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    person, sent = person_of(request), _sent(request)
    try:
        set_preferences(person=person, by=person, version=number_in(request, "version"), **sent)
    except Refusal as refusal:
        typed = {"own": sent["keys"], "mode": sent["mode"], "after": sent["after_accepting"]}
        if isinstance(refusal, Stale):
            typed = {}
        problems = refusal.problems if isinstance(refusal, Incomplete) else {}
        return _page(request, status=STATUS[type(refusal)], refusal=refusal, problems=problems, **typed)
    messages.success(
        request, _("The keys are the standard ones again.") if "reset" in request.POST else _("Saved.")
    )
    return redirect("keys")


urlpatterns = [path("keys/", show_keys, name="keys")]
