"""The road of one claim through the services, and that its history can be proved afterwards."""

from __future__ import annotations

from annotations.audit.services import verify_audit
from annotations.reviews.models import Publication
from tests import factories


def test_a_claim_goes_from_article_to_publication(article, reviewer, colleague, editor):
    claim = factories.published(article, reviewer, colleague, editor, "12,000")

    publication = Publication.objects.get(claim=claim)
    assert claim.status == "PUBLISHED"
    assert publication.content["claim"]["exact"] in article.versions.get().text
    assert publication.content["people"] == {"checked_by": ["Reviewer"], "approved_by": "Colleague"}
    assert [chain.problem for chain in verify_audit()] == ["", ""]
