"""Second review and what follows it: every decision is one form, in the claim's panel or on the page of its review."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.articles.models import Article
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.refusals import IllegalMove
from annotations.reports import services as reports
from annotations.reviews.models import Amendment, ChangeItem
from annotations.reviews.services import deciding, publishing
from annotations.web import board, second_review
from annotations.web.answers import number_in, person_of, refusals_as_pages


def _amendment(request: HttpRequest, pk: int) -> Amendment:
    visible = Claim.objects.visible_to(request.user)
    amendments = Amendment.objects.filter(claim__in=visible).select_related("claim__article__workspace")
    return get_object_or_404(amendments, pk=pk)


@require_POST
@login_required
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        deciding.approve_verdict(
            claim=claim,
            version=number_in(request, "version"),
            note=request.POST.get("note", ""),
            by=person_of(request),
        )

    return second_review.act(request, claim, step, said=_("Approved. An editor can publish it now."))


@require_POST
@login_required
def request_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Each field `items` of the form, and each line in one, is one change."""
    claim = board.claim_of(request, pk)

    def step() -> None:
        deciding.request_changes(
            claim=claim,
            version=number_in(request, "version"),
            items=[line for item in request.POST.getlist("items") for line in item.splitlines()],
            note=request.POST.get("note", ""),
            by=person_of(request),
        )

    return second_review.act(request, claim, step, said=_("Sent back with the changes to make."))


@require_POST
@login_required
def disagree(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        deciding.disagree(
            claim=claim,
            version=number_in(request, "version"),
            rating=request.POST.get("rating", ""),
            note=request.POST.get("note", ""),
            by=person_of(request),
        )

    return second_review.act(
        request, claim, step, said=_("Your rating is recorded. An editor will settle it.")
    )


@require_POST
@login_required
def adjudicate(request: HttpRequest, pk: int) -> HttpResponse:
    claim, approve = board.claim_of(request, pk), request.POST.get("outcome") == "approve"

    def step() -> None:
        deciding.adjudicate(
            claim=claim,
            version=number_in(request, "version"),
            approve=approve,
            note=request.POST.get("note", ""),
            by=person_of(request),
        )

    return second_review.act(
        request, claim, step, said=_("The verdict stands.") if approve else _("Sent back into review.")
    )


@require_POST
@login_required
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        deciding.reopen_claim(
            claim=claim,
            version=number_in(request, "version"),
            note=request.POST.get("note", ""),
            by=person_of(request),
        )

    return board.act(request, claim, step, said=_("Back in review."))


@require_POST
@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        reports.publish_claims(claims=[(claim, number_in(request, "version"))], by=person_of(request))

    return board.act(request, claim, step, said=_("Published. The report has a new version."))


@require_POST
@login_required
@refusals_as_pages
def publish_all(request: HttpRequest, pk: int) -> HttpResponse:
    """All approved claims of the article, each at the version that the form showed (`claim` = "key:version")."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("workspace"), pk=pk)
    asked = dict(pair.split(":", 1) for pair in request.POST.getlist("claim") if pair.count(":") == 1)
    versions = {int(key): int(version) for key, version in asked.items() if _small(key) and _small(version)}
    approved = Claim.objects.filter(article=article, pk__in=versions, status=Status.APPROVED.value)
    claims = list(approved.select_related("article", "article_version").order_by("start", "pk"))
    if not claims:
        raise IllegalMove(_("None of these claims is waiting to be published any more."))
    report = reports.publish_claims(
        claims=[(claim, versions[claim.pk]) for claim in claims], by=person_of(request)
    )
    messages.success(
        request,
        _("Published {count}. The report is at version {number}.").format(
            count=len(claims), number=report.number
        ),
    )
    return redirect("article-report", article.pk)


@require_POST
@login_required
def propose_correction(request: HttpRequest, pk: int) -> HttpResponse:
    claim, given = board.claim_of(request, pk), request.POST

    def step() -> None:
        publishing.propose_correction(
            claim=claim,
            version=number_in(request, "version"),
            correction_type=given.get("correction_type", ""),
            note=given.get("note", ""),
            rating=given.get("rating", ""),
            reasons=given.get("reasons", ""),
            qualifiers=given.getlist("qualifiers"),
            confidence=given.get("confidence", ""),
            gaps=given.get("gaps", ""),
            by=person_of(request),
        )

    return board.act(request, claim, step, said=_("Proposed. A second person has to confirm it."))


@require_POST
@login_required
def propose_retraction(request: HttpRequest, pk: int) -> HttpResponse:
    claim = board.claim_of(request, pk)

    def step() -> None:
        publishing.propose_retraction(
            claim=claim,
            version=number_in(request, "version"),
            note=request.POST.get("note", ""),
            by=person_of(request),
        )

    return board.act(request, claim, step, said=_("Proposed. A second person has to confirm it."))


@require_POST
@login_required
def confirm_amendment(request: HttpRequest, pk: int) -> HttpResponse:
    amendment = _amendment(request, pk)

    def step() -> None:
        reports.confirm_amendment(amendment=amendment, by=person_of(request))

    return board.act(request, amendment.claim, step, said=_("Confirmed. The report has a new version."))


@require_POST
@login_required
def cancel_amendment(request: HttpRequest, pk: int) -> HttpResponse:
    amendment = _amendment(request, pk)

    def step() -> None:
        publishing.cancel_amendment(amendment=amendment, by=person_of(request))

    return board.act(request, amendment.claim, step, said=_("Dropped. What is published stays as it is."))


@require_POST
@login_required
def lock_rating(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own rating, before the first one is shown."""
    claim = board.claim_of(request, pk)

    def step() -> None:
        deciding.lock_rating(
            claim=claim,
            version=number_in(request, "version"),
            rating=request.POST.get("rating", ""),
            reasons=request.POST.get("note", ""),
            by=person_of(request),
        )

    return second_review.act(request, claim, step, said=_("Locked. Both ratings are in the history now."))


@require_POST
@login_required
def tick_item(request: HttpRequest, pk: int) -> HttpResponse:
    items = ChangeItem.objects.filter(review__claim__in=Claim.objects.visible_to(request.user))
    item = get_object_or_404(items.select_related("review__claim__article__workspace"), pk=pk)
    is_done = request.POST.get("done") == "yes"

    def step() -> None:
        deciding.tick_item(item=item, is_done=is_done, note=request.POST.get("note"), by=person_of(request))

    return board.act(request, item.review.claim, step, said=_("Ticked off.") if is_done else _("Open again."))


def _small(number: str) -> bool:
    return number.isdecimal() and len(number) <= 18


urlpatterns = [
    *second_review.urlpatterns,
    path("claims/<int:pk>/lock-rating/", lock_rating, name="review-lock"),
    path("claims/<int:pk>/approve/", approve, name="review-approve"),
    path("claims/<int:pk>/request-changes/", request_changes, name="review-request-changes"),
    path("claims/<int:pk>/disagree/", disagree, name="review-disagree"),
    path("claims/<int:pk>/adjudicate/", adjudicate, name="review-adjudicate"),
    path("claims/<int:pk>/reopen/", reopen, name="claim-reopen"),
    path("claims/<int:pk>/publish/", publish, name="claim-publish"),
    path("articles/<int:pk>/publish/", publish_all, name="article-publish"),
    path("claims/<int:pk>/propose-correction/", propose_correction, name="claim-propose-correction"),
    path("claims/<int:pk>/propose-retraction/", propose_retraction, name="claim-propose-retraction"),
    path("amendments/<int:pk>/confirm/", confirm_amendment, name="amendment-confirm"),
    path("amendments/<int:pk>/cancel/", cancel_amendment, name="amendment-cancel"),
    path("items/<int:pk>/tick/", tick_item, name="item-tick"),
]
