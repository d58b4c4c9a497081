"""The settings of a desk: rating scale, guidelines and policy, each in versions. People have a file of their own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.desks.colours import PALETTE, colour_of
from annotations.desks.guidelines import FIELDS, Guidelines
from annotations.desks.permissions import may_change_desk, may_read_desk
from annotations.desks.policy import CONFIDENCE_ASKED
from annotations.desks.queries import guidelines_of, policy_of, scales_of, versions_of
from annotations.desks.scale import DEFAULT, SHAPES, Scales
from annotations.desks.services import publish_guidelines, publish_policy, publish_scale
from annotations.people import services as people
from annotations.people.models import Workspace
from annotations.people.queries import workspaces_of
from annotations.refusals import Incomplete, Refusal, Stale
from annotations.screens.settings import settings_overview
from annotations.web import desk_forms as forms
from annotations.web.answers import STATUS, number_asked, number_in, person_of, refusals_as_pages
from annotations.web.board import sides
from annotations.web.desk import desk_of


def desk_or_404(request: HttpRequest) -> Workspace:
    if (desk := desk_of(request)) is None:
        raise Http404("You are in no workspace yet.")
    return desk


@never_cache
@require_GET
@login_required
def show_settings(request: HttpRequest) -> HttpResponse:
    """The four pages, and what each of them says now. For everybody; who may not change something is told why."""
    desk = desk_or_404(request)
    page = settings_overview(desk=desk, person=person_of(request))
    return render(request, "desks/index.html", _about(desk) | {"settings": page})


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@refusals_as_pages
def edit_scale(request: HttpRequest) -> HttpResponse:
    desk = desk_or_404(request)
    may_change_desk(person_of(request), desk).or_refuse()
    scales = scales_of(desk.pk)
    if request.method == "GET":
        if number := number_asked(request, "version"):
            return _old_scale(request, desk, scales, number)
        return _scale_page(request, desk, scales, forms.ratings_of(scales.current))
    rows, do = forms.ratings_in(request.POST), request.POST.get("do", "publish")
    if do != "publish":
        return _scale_page(request, desk, scales, rows.after(do), is_preview=do == "preview")
    try:
        scale = publish_scale(
            workspace=desk,
            seen=number_in(request, "seen"),
            by=person_of(request),
            ratings=forms.rating_values(rows),
            qualifiers=request.POST.get("qualifiers", "").splitlines(),
            worst=forms.whole(request.POST.get("worst", "")),  # type: ignore[arg-type]
            best=forms.whole(request.POST.get("best", "")),  # type: ignore[arg-type]
        )
    except Refusal as refusal:
        return _scale_page(request, desk, scales, rows, refusal=refusal)
    messages.success(
        request,
        _("Version {number} of the scale is in force. What is published keeps its words.").format(
            number=scale.number
        ),
    )
    return redirect("scale")


def _scale_page(
    request: HttpRequest,
    desk: Workspace,
    scales: Scales,
    rows: forms.Rows,
    *,
    is_preview: bool = False,
    refusal: Refusal | None = None,
) -> HttpResponse:
    sent = request.POST
    current = scales.current
    context = _about(desk) | _refused(refusal, current.number, sent.get("seen", ""))
    versions, older = versions_of("scale", desk.pk, before=number_asked(request, "before"))
    context |= {
        "scale": current,
        "rows": forms.problems_by_row(context["problems"], "ratings", rows),
        "fresh": rows.fresh,
        "is_full": len(rows.rows) >= rows.most,
        "shapes": [(code, _(name)) for code, (name, _sign) in SHAPES.items()],
        "palette": list(PALETTE),
        "qualifiers": sent.get("qualifiers", "\n".join(label for _, label in current.qualifiers)),
        "worst": sent.get("worst", current.worst),
        "best": sent.get("best", current.best),
        "is_preview": is_preview,
        "is_own": current.number != DEFAULT.number,
        "versions": versions,
        "older": older,
    }
    return _answer(request, "desks/scale.html", "desks/_scale_form.html", "scale-form", context, refusal)


def _old_scale(request: HttpRequest, desk: Workspace, scales: Scales, number: int) -> HttpResponse:
    scale = next((one for one in scales.versions if one.number == number), None)
    if scale is None:
        raise Http404("There is no such version of the scale.")
    return render(
        request, "desks/scale_version.html", _about(desk) | {"scale": scale, "current": scales.current}
    )


@require_GET
@login_required
@cache_control(private=True, max_age=365 * 24 * 3600, immutable=True)
def scale_sheet(request: HttpRequest) -> HttpResponse:
    """The colours of the desk's ratings, earlier ones too, as a style sheet. Its address names the version."""
    slug = request.GET.get("workspace", "")
    desk = next((one for one in workspaces_of(person_of(request)) if one.slug == slug), None)
    if desk is None:
        raise Http404("There is no such desk.")
    looks = [(one.code, colour_of(one.colour)) for one in scales_of(desk.pk).looks.values()]
    return render(request, "desks/scale.css", {"looks": looks}, content_type="text/css; charset=utf-8")


@never_cache
@require_GET
@login_required
@refusals_as_pages
def show_guidelines(request: HttpRequest) -> HttpResponse:
    """The house rules to read, for everybody of the desk; `?version=` for an older one."""
    desk = desk_or_404(request)
    may_read_desk(person_of(request), desk).or_refuse()
    asked = number_asked(request, "version")
    guidelines = guidelines_of(desk.pk, asked)
    if asked is not None and guidelines.number != asked:
        raise Http404("There is no such version of the guidelines.")
    versions, older = versions_of("guidelines", desk.pk, before=number_asked(request, "before"))
    context = {
        "guidelines": guidelines,
        "fields": FIELDS,
        "is_old": bool(versions) and asked is not None and asked != versions[0].number,
        "may_change": may_change_desk(person_of(request), desk),
        "versions": versions,
        "older": older,
    }
    return render(request, "desks/guidelines.html", _about(desk) | context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@refusals_as_pages
def edit_guidelines(request: HttpRequest) -> HttpResponse:
    desk = desk_or_404(request)
    may_change_desk(person_of(request), desk).or_refuse()
    last = guidelines_of(desk.pk)
    if request.method == "GET":
        rows = forms.sections_of(last)
        return _guidelines_page(request, desk, last, rows if rows.rows else rows.after("add"))
    rows, do = forms.sections_in(request.POST), request.POST.get("do", "publish")
    if do != "publish":
        return _guidelines_page(request, desk, last, rows.after(do))
    try:
        sections = [{name: row[name] for name in ("title", "text", "field")} for row in rows.rows]
        publish_guidelines(
            workspace=desk, seen=number_in(request, "seen"), by=person_of(request), sections=sections
        )
    except Refusal as refusal:
        return _guidelines_page(request, desk, last, rows, refusal=refusal)
    messages.success(request, _("Published. New verdicts are written under these guidelines."))
    return redirect("guidelines")


def _guidelines_page(
    request: HttpRequest,
    desk: Workspace,
    last: Guidelines,
    rows: forms.Rows,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = _about(desk) | _refused(refusal, last.number, request.POST.get("seen", ""))
    context |= {
        "rows": forms.problems_by_row(context["problems"], "sections", rows),
        "fresh": rows.fresh,
        "is_full": len(rows.rows) >= rows.most,
        "fields": FIELDS,
        "number": last.number,
    }
    template = ("desks/guidelines_edit.html", "desks/_guidelines_form.html", "guidelines-form")
    return _answer(request, *template, context, refusal)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@refusals_as_pages
def edit_policy(request: HttpRequest) -> HttpResponse:
    desk = desk_or_404(request)
    may_change_desk(person_of(request), desk).or_refuse()
    last, refusal = policy_of(desk.pk), None
    values = forms.policy_values(last)
    if request.method == "POST":
        values = forms.policy_in(request.POST)
        try:
            publish_policy(workspace=desk, seen=number_in(request, "seen"), by=person_of(request), **values)
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("The policy is in force."))
            return redirect("policy")
    versions, older = versions_of("policy", desk.pk, before=number_asked(request, "before"))
    context = _about(desk) | _refused(refusal, last.number, request.POST.get("seen", ""))
    context |= {
        "policy": values,
        "ratings": scales_of(desk.pk).current.choices,
        "confidences": CONFIDENCE_ASKED,
        "is_blind": getattr(desk, "is_review_blind", None),
        "versions": versions,
        "older": older,
    }
    return _answer(request, "desks/policy.html", "desks/policy.html", "", context, refusal)


@require_POST
@login_required
@refusals_as_pages
def switch_blind(request: HttpRequest) -> HttpResponse:
    """Whether second review is blind. The verb is the people room's; a desk without it has no such switch."""
    desk = desk_or_404(request)
    verb = getattr(people, "set_blind_review", None)
    if verb is None:
        raise Http404("There is no such switch.")
    is_blind = request.POST.get("is_blind") == "yes"
    verb(workspace=desk, is_blind=is_blind, version=number_in(request, "version"), by=person_of(request))
    messages.success(
        request,
        _("Second review is blind from now on.") if is_blind else _("Second review is open from now on."),
    )
    return redirect("policy")


def _about(desk: Workspace) -> dict[str, Any]:
    return {"workspace": desk, "nav": "desk"}


def _refused(refusal: Refusal | None, current: int, sent: str) -> dict[str, Any]:
    """What the form shows of a refusal. After a stale one, the next try begins from what stands now."""
    found: dict[str, Any] = {"refusal": refusal, "problems": {}, "seen": sent or current}
    if isinstance(refusal, Incomplete):
        found["problems"] = refusal.problems
    if isinstance(refusal, Stale):
        found |= {"sides": sides(refusal), "seen": refusal.version}
    return found


def _answer(
    request: HttpRequest,
    page: str,
    part: str,
    target: str,
    context: dict[str, Any],
    refusal: Refusal | None,
) -> HttpResponse:
    wants_part = bool(target) and getattr(getattr(request, "htmx", None), "target", "") == target
    status = STATUS[type(refusal)] if refusal else 200
    return render(request, part if wants_part else page, context, status=status)


urlpatterns = [
    path("desk/", show_settings, name="desk-settings"),
    path("desk/scale/", edit_scale, name="scale"),
    path("desk/scale.css", scale_sheet, name="scale-css"),
    path("desk/guidelines/", show_guidelines, name="guidelines"),
    path("desk/guidelines/edit/", edit_guidelines, name="guidelines-edit"),
    path("desk/policy/", edit_policy, name="policy"),
    path("desk/policy/blind/", switch_blind, name="policy-blind"),
]
