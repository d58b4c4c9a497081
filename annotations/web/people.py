"""Who works on the desk: letting people in, changing roles, ending a membership; and the link that sets a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.people import services as rooms
from annotations.people.models import Membership
from annotations.people.permissions import may_give_link
from annotations.people.roles import Role
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.screens.settings import one_member, people
from annotations.tongue import noop
from annotations.web.answers import STATUS, number_asked, number_in, person_of, refusals_as_pages
from annotations.web.board import sides
from annotations.web.desks import desk_or_404

_CHANGES: dict[str, tuple[Callable[..., Membership], str]] = {
    "role": (rooms.change_role, noop("{name} is now {role}.")),
    "end": (rooms.end_membership, noop("{name} can no longer open this desk. What they did stays theirs.")),
    "restore": (rooms.restore_membership, noop("{name} is back, as {role}.")),
}


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@refusals_as_pages
def show_people(request: HttpRequest) -> HttpResponse:
    """Everybody who is or was on the desk; with POST, one more."""
    if request.method == "GET":
        return _list(request)
    try:
        membership = rooms.add_person(
            workspace=desk_or_404(request),
            username=request.POST.get("username", ""),
            name=request.POST.get("name", ""),
            role=request.POST.get("role", ""),
            by=person_of(request),
        )
    except Refusal as refusal:
        return _list(request, refusal, typed=request.POST)
    return _list(request, added=membership)


def _list(
    request: HttpRequest, refusal: Refusal | None = None, added: Membership | None = None, **more: Any
) -> HttpResponse:
    desk = desk_or_404(request)
    page = people(desk=desk, person=person_of(request), after=number_asked(request, "after"))
    problems = refusal.problems if isinstance(refusal, Incomplete) else {}
    context = {"workspace": desk, "nav": "desk", "people": page, "roles": list(Role)} | more
    context |= {"refusal": refusal, "problems": problems, "added": added}
    if added:
        context["link"] = _link(request, added)
    return render(request, "people/page.html", context, status=STATUS[type(refusal)] if refusal else 200)


@never_cache
@require_GET
@login_required
@refusals_as_pages
def show_member(request: HttpRequest, pk: int) -> HttpResponse:
    return _member(request, _of(request, pk))


@require_POST
@login_required
@refusals_as_pages
def change_member(request: HttpRequest, pk: int, change: str) -> HttpResponse:
    """Another role, an end, or a new beginning. Answered where it was asked: in the list or on the member's page."""
    membership = _of(request, pk)
    verb, said = _CHANGES[change]
    given = {"role": request.POST.get("role", "")} if change == "role" else {}
    try:
        version = number_in(request, "version")
        membership = verb(membership=membership, version=version, by=person_of(request), **given)
    except Refusal as refusal:
        return _member(request, membership, refusal)
    role = Role(membership.role)
    messages.success(request, _(said).format(name=membership.user.display_name, role=role.one))
    if membership.user_id == request.user.pk and (role != Role.ADMIN or not membership.is_active):
        return redirect("desk-settings" if membership.is_active else "queue")
    return redirect("person", pk) if request.POST.get("back") == "person" else redirect("people")


@never_cache
@require_POST
@login_required
@refusals_as_pages
def give_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the link once more; with `reset`, take the old password away first."""
    membership = _of(request, pk)
    try:
        if "reset" in request.POST:
            membership = rooms.withdraw_password(
                membership=membership, version=number_in(request, "version"), by=person_of(request)
            )
        may_give_link(person_of(request), membership).or_refuse()
    except Refusal as refusal:
        return _member(request, membership, refusal)
    return _member(request, membership, link=_link(request, membership))


def _member(
    request: HttpRequest, membership: Membership, refusal: Refusal | None = None, **more: Any
) -> HttpResponse:
    page = one_member(membership=membership, person=person_of(request))
    context = {"workspace": membership.workspace, "nav": "desk", "one": page, "roles": list(Role)} | more
    context |= {"refusal": refusal, "problems": refusal.problems if isinstance(refusal, Incomplete) else {}}
    if isinstance(refusal, Stale):
        context["sides"] = sides(refusal)
    return render(request, "people/one.html", context, status=STATUS[type(refusal)] if refusal else 200)


def _link(request: HttpRequest, membership: Membership) -> str:
    """The signed address that sets a first password, "" when none may be given. It expires, and dies when used."""
    if not may_give_link(person_of(request), membership):
        return ""
    person = membership.user
    names = [urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)]
    return request.build_absolute_uri(reverse("set-password", args=names))


def _of(request: HttpRequest, pk: int) -> Membership:
    rows = Membership.objects.visible_to(request.user).select_related("user", "workspace")
    membership = get_object_or_404(rows, pk=pk)
    request.desk = membership.workspace  # type: ignore[attr-defined]
    return membership


urlpatterns = [
    path("desk/people/", show_people, name="people"),
    path("desk/people/<int:pk>/", show_member, name="person"),
    path("desk/people/<int:pk>/role/", change_member, {"change": "role"}, name="person-role"),
    path("desk/people/<int:pk>/end/", change_member, {"change": "end"}, name="person-end"),
    path("desk/people/<int:pk>/restore/", change_member, {"change": "restore"}, name="person-restore"),
    path("desk/people/<int:pk>/link/", give_link, name="person-link"),
]
