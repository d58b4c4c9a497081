from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.audit.services import recorded
from annotations.claims.models import Claim
from annotations.people.models import User, Workspace
from annotations.refusals import Incomplete
from annotations.reports import content
from annotations.reports.models import Export, Report
from annotations.reports.permissions import may_export
from annotations.reports.queries import Selection, histories, latest_report
from annotations.reviews.models import Amendment, Publication
from annotations.reviews.permissions import may_confirm, may_publish
from annotations.reviews.record import sha256_of
from annotations.reviews.services import publishing

MOST = 500


def publish_claims(*, claims: Sequence[tuple[Claim, int]], by: User) -> Report:
    """Publish approved claims of one article, each with the version that was seen, and issue the article's next report.

    All or nothing: one claim that is refused keeps all of them back.
    """
    for claim, _seen in claims:
        may_publish(by, claim).or_refuse()
    articles = {claim.article_id for claim, _seen in claims}
    if len(articles) != 1 or len(claims) > MOST:
        raise Incomplete(
            _("Publish between one and {most} claims of one article at a time.").format(most=MOST)
        )
    with recorded(by=by, verb="publish_claims"):
        for claim, version in claims:
            publishing.publish_claim(claim=claim, version=version, by=by)
        return _issue(claims[0][0].article, by)


def confirm_amendment(*, amendment: Amendment, by: User) -> Report:
    """The second person confirms a correction or retraction; the article's next report says so."""
    may_confirm(by, amendment).or_refuse()
    with recorded(by=by, verb="confirm_amendment"):
        publication = publishing.confirm_amendment(amendment=amendment, by=by)
        return _issue(publication.claim.article, by)


def record_export(*, workspace: Workspace, format: str, selection: Selection, by: User) -> Export:
    """Write down who took which selection out of the house, before it is sent."""
    may_export(by, workspace).or_refuse()
    with recorded(by=by, verb="record_export"):
        return Export.objects.create(
            workspace=workspace, format=format, selection=selection.as_values(), taken_by=by
        )


def _issue(article: Article, by: User) -> Report:
    """The next numbered report, from the article's publications. The same content again is the same report."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    claims = Publication.objects.filter(claim__article=locked).values_list("claim_id", flat=True).distinct()
    values = content.to_values(content.article_report(histories(list(claims)).values()))
    digest = sha256_of(values)
    last = latest_report(locked)
    if last and last.sha256 == digest:
        return last
    return Report.objects.create(
        workspace_id=locked.workspace_id,
        article=locked,
        number=last.number + 1 if last else 1,
        content=values,
        sha256=digest,
        issued_by=by,
    )
