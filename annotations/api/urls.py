from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from annotations.api import (
    articles,
    claims,
    discussions,
    evidence,
    insights,
    live,
    notices,
    precedents,
    reports,
    reviews,
    sources,
    tokens,
    verdicts,
)
from annotations.api.resource import Resource


@extend_schema(exclude=True)
class Unknown(Resource):
    """Addresses that do not exist are refused as everything else is, not with a page."""

    permission_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404


_CLAIM = "claims/<int:pk>"
urlpatterns: list[URLPattern] = [
    path("tokens", tokens.Tokens.as_view()),
    path("tokens/current", tokens.CurrentToken.as_view()),
    path("articles", articles.Articles.as_view()),
    path("articles/<int:pk>", articles.OneArticle.as_view()),
    path("articles/<int:pk>/text", articles.ArticleText.as_view()),
    path("articles/<int:pk>/retry", articles.RetryExtraction.as_view()),
    path("articles/<int:pk>/due", articles.DueTime.as_view()),
    path("articles/<int:pk>/report", reports.LatestReport.as_view()),
    path("claims", claims.Claims.as_view()),
    path(_CLAIM, claims.OneClaim.as_view()),
    path(f"{_CLAIM}/span", claims.ClaimSpan.as_view()),
    path(f"{_CLAIM}/accept", claims.AcceptClaim.as_view()),
    path(f"{_CLAIM}/dismiss", claims.DismissClaim.as_view()),
    path(f"{_CLAIM}/restore", claims.RestoreClaim.as_view()),
    path(f"{_CLAIM}/merge", claims.MergeClaim.as_view()),
    path(f"{_CLAIM}/take", claims.TakeClaim.as_view()),
    path(f"{_CLAIM}/undo", claims.UndoStep.as_view()),
    path(f"{_CLAIM}/matches", precedents.ClaimMatches.as_view()),
    path(f"{_CLAIM}/matches/<int:match>/decision", precedents.DecideMatch.as_view()),
    path(f"{_CLAIM}/verdicts", verdicts.Verdicts.as_view()),
    path(f"{_CLAIM}/verdict", verdicts.OneVerdict.as_view()),
    path(f"{_CLAIM}/submit", verdicts.SubmitVerdict.as_view()),
    path(f"{_CLAIM}/withdraw", verdicts.WithdrawVerdict.as_view()),
    path(f"{_CLAIM}/evidence", evidence.ClaimEvidence.as_view()),
    path("evidence/<int:pk>", evidence.OneEvidence.as_view()),
    path("evidence/<int:pk>/restore", evidence.RestoreEvidence.as_view()),
    path("sources", sources.Sources.as_view()),
    path("sources/<int:pk>", sources.OneSource.as_view()),
    path(f"{_CLAIM}/reviews", reviews.Reviews.as_view()),
    path(f"{_CLAIM}/reviews/<int:review>/items/<int:item>", reviews.TickItem.as_view()),
    path(f"{_CLAIM}/approve", reviews.ApproveVerdict.as_view()),
    path(f"{_CLAIM}/request-changes", reviews.RequestChanges.as_view()),
    path(f"{_CLAIM}/disagree", reviews.Disagree.as_view()),
    path(f"{_CLAIM}/adjudicate", reviews.Adjudicate.as_view()),
    path(f"{_CLAIM}/reopen", reviews.ReopenClaim.as_view()),
    path(f"{_CLAIM}/publish", reports.PublishClaim.as_view()),
    path(f"{_CLAIM}/amendments", reviews.Amendments.as_view()),
    path(f"{_CLAIM}/corrections", reviews.ProposeCorrection.as_view()),
    path(f"{_CLAIM}/retractions", reviews.ProposeRetraction.as_view()),
    path(f"{_CLAIM}/amendments/<int:amendment>/confirm", reviews.ConfirmAmendment.as_view()),
    path(f"{_CLAIM}/amendments/<int:amendment>/cancel", reviews.CancelAmendment.as_view()),
    path(f"{_CLAIM}/threads", discussions.ClaimThreads.as_view()),
    path(f"{_CLAIM}/people", discussions.PeopleToMention.as_view()),
    path(f"{_CLAIM}/take-over", live.TakeOverClaim.as_view()),
    path("threads/<int:pk>", discussions.OneThread.as_view()),
    path("threads/<int:pk>/comments", discussions.ThreadComments.as_view()),
    path("comments/<int:pk>", discussions.OneComment.as_view()),
    path("articles/<int:pk>/here", live.Here.as_view()),
    path("events", live.Events.as_view()),
    path("changes", live.Changes.as_view()),
    path("notices", notices.Notices.as_view()),
    path("notices/choices", notices.NoticeChoices.as_view()),
    path("notices/<int:pk>", notices.OneNotice.as_view()),
    path("outside-checks", precedents.OutsideChecks.as_view()),
    path("outside-checks/import", precedents.ImportChecks.as_view()),
    path("reports", reports.Reports.as_view()),
    path("reports/<int:pk>", reports.OneReport.as_view()),
    path("reports/<int:pk>/report.csv", reports.ReportCSV.as_view()),
    path("reports/<int:pk>/report.json", reports.ReportJSON.as_view()),
    path("publications", reports.Publications.as_view()),
    path("publications/claims.csv", reports.PublicationsCSV.as_view()),
    path("publications/claims.json", reports.PublicationsJSON.as_view()),
    path("insights", insights.Insights.as_view()),
    path("insights/labels.jsonl", insights.Labels.as_view()),
    path("<path:rest>", Unknown.as_view()),
]
