"""How pages answer when the house says no, and what keeps private pages private."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from annotations.people.models import User
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Refusal, Stale

STATUS: dict[type[Refusal], int] = {NotAllowed: 403, IllegalMove: 409, Stale: 412, Incomplete: 422}

View = Callable[..., HttpResponseBase]


def refusals_as_pages(view: View) -> View:
    """Show a refusal that the view did not answer itself as a page of its own, with its reason and a way back."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refused(request, refusal)

    return answering


def refused(
    request: HttpRequest,
    refusal: Refusal,
    template: str = "errors/refused.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The refusal in a template that expects `refusal` and `problems`."""
    problems = refusal.problems if isinstance(refusal, Incomplete) else {}
    found = {"refusal": refusal, "problems": problems, "back": request.path} | (context or {})
    return render(request, template, found, status=STATUS.get(type(refusal), 409))


def person_of(request: HttpRequest) -> User:
    """Who asks. For views that let in only people who are signed in."""
    assert isinstance(request.user, User)
    return request.user


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number from a form: the version that the writer saw. Refused when it is missing or no number."""
    given = request.POST.get(name, "")
    if not given.isdecimal() or len(given) > 18:
        raise Incomplete(
            _("Reload the page and try again: the form came without the version it was made from.")
        )
    return int(given)


def number_asked(request: HttpRequest, name: str) -> int | None:
    """A whole number from the address; None when there is none that could be meant."""
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= 18 else None
