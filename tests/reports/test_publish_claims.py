"""Publishing issues the article's next numbered report; corrections and retractions show in the one after."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from annotations.audit.models import AuditEntry
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Stale
from annotations.reports import content
from annotations.reports.models import Report
from annotations.reports.queries import latest_report, report_version
from annotations.reports.services import confirm_amendment, publish_claims
from annotations.reviews.models import Publication
from annotations.reviews.services.publishing import propose_correction, propose_retraction
from annotations.sources.services import edit_source
from annotations.verdicts.queries import latest_verdict
from tests import factories


@pytest.fixture
def claim(article, reviewer, colleague):
    return factories.approved(article, reviewer, colleague, "12,000")


@pytest.fixture
def published(claim, editor):
    publish_claims(claims=[(claim, claim.version)], by=editor)
    claim.refresh_from_db()
    return claim


def correct(claim, *, by, confirmed_by, rating="false", reasons="A third count is lower [1]."):
    amendment = propose_correction(
        claim=claim,
        version=claim.version,
        correction_type="VERDICT_CHANGE",
        note="We had read the table wrongly.",
        rating=rating,
        reasons=reasons,
        by=by,
    )
    return confirm_amendment(amendment=amendment, by=confirmed_by)


def test_the_first_publication_issues_report_1(claim, article, editor):
    report = publish_claims(claims=[(claim, claim.version)], by=editor)

    said = content.from_values(report.content)
    claim.refresh_from_db()
    assert (report.number, report.article_id, claim.status) == (1, article.pk, "PUBLISHED")
    assert [(item.statement, item.label, item.reasons) for item in said.claims] == [
        (claim.statement, "Mostly true", "Two counts come close [1].")
    ]
    assert (said.checked_by, said.approved_by) == (("Reviewer",), ("Colleague",))


def test_only_what_is_published_stands_in_it(claim, article, reviewer, editor):
    other = factories.submitted(article, reviewer, "45,000")
    marked = factories.marked(article, "enhancing its ability to wage war", reviewer)
    factories.drafted(marked, reviewer, reasons="Nobody outside may read this yet.")

    report = publish_claims(claims=[(claim, claim.version)], by=editor)

    said = str(report.content)
    assert claim.statement in said
    assert other.statement not in said
    assert marked.statement not in said
    assert "Nobody outside" not in said


def test_the_next_publication_makes_the_next_report_and_the_old_one_stays(
    published, article, reviewer, colleague, editor
):
    second = factories.approved(article, reviewer, colleague, "45,000")

    report = publish_claims(claims=[(second, second.version)], by=editor)

    old = report_version(article, 1)
    assert report.number == latest_report(article).number == 2
    assert [len(content.from_values(one.content).claims) for one in (old, report)] == [1, 2]


def test_claims_stand_in_the_order_of_the_text(article, reviewer, colleague, editor):
    later = factories.approved(article, reviewer, colleague, "45,000")
    earlier = factories.approved(article, reviewer, colleague, "12,000")

    report = publish_claims(claims=[(later, later.version), (earlier, earlier.version)], by=editor)

    starts = [item.start for item in content.from_values(report.content).claims]
    assert starts == sorted(starts)


def test_one_that_is_refused_keeps_all_of_them_back(claim, article, reviewer, editor):
    waiting = factories.submitted(article, reviewer, "45,000")

    with pytest.raises(IllegalMove):
        publish_claims(claims=[(claim, claim.version), (waiting, waiting.version)], by=editor)

    claim.refresh_from_db()
    assert claim.status == "APPROVED"
    assert not Publication.objects.exists()
    assert not Report.objects.exists()


def test_a_stale_version_publishes_nothing(claim, editor):
    with pytest.raises(Stale):
        publish_claims(claims=[(claim, claim.version - 1)], by=editor)

    assert not Publication.objects.exists()


@pytest.mark.parametrize("who", ["reader", "reviewer", "outsider"])
def test_only_an_editor_of_the_desk_publishes(who, claim, request):
    with pytest.raises(NotAllowed):
        publish_claims(claims=[(claim, claim.version)], by=request.getfixturevalue(who))

    assert not Publication.objects.exists()


def test_claims_of_two_articles_are_no_report(claim, workspace, reviewer, colleague, editor):
    other = factories.article(workspace, reviewer)
    stranger = factories.approved(other, reviewer, colleague)

    with pytest.raises(Incomplete):
        publish_claims(claims=[(claim, claim.version), (stranger, stranger.version)], by=editor)
    with pytest.raises(Incomplete):
        publish_claims(claims=[], by=editor)

    assert not Publication.objects.exists()


def test_a_correction_shows_what_stood_before(published, article, editor, admin):
    report = correct(published, by=editor, confirmed_by=admin)

    item = content.from_values(report.content).claims[0]
    assert (report.number, item.publication, item.label) == (2, 2, "False")
    assert [(change.kind, change.before, change.note) for change in item.changes] == [
        ("CORRECTED", "Mostly true", "We had read the table wrongly.")
    ]
    assert content.from_values(report_version(article, 1).content).claims[0].label == "Mostly true"


def test_nobody_confirms_their_own_correction(published, article, editor):
    with pytest.raises(NotAllowed):
        correct(published, by=editor, confirmed_by=editor)

    assert latest_report(article).number == 1
    assert latest_verdict(published).rating == "mostly_true"


def test_a_correction_is_not_confirmed_by_who_wrote_the_verdict(published, article, editor, reviewer):
    with pytest.raises(NotAllowed):
        correct(published, by=editor, confirmed_by=reviewer)

    assert latest_report(article).number == 1


def test_a_retraction_leaves_the_claim_and_the_reason_but_no_verdict(published, article, editor, colleague):
    amendment = propose_retraction(
        claim=published, version=published.version, note="The source withdrew its table.", by=editor
    )

    report = confirm_amendment(amendment=amendment, by=colleague)

    said = content.from_values(report.content)
    item = said.claims[0]
    assert item.is_retracted
    assert (item.statement, item.rating, item.reasons, item.evidence) == (published.statement, "", "", ())
    assert item.changes[-1].note == "The source withdrew its table."
    assert said.summary == ()


def test_what_is_published_keeps_its_words_when_the_registry_changes(published, article, reviewer):
    source = published.evidence.get().source

    edit_source(source=source, version=source.version, title="Another title", by=reviewer)

    assert "Official record" in str(latest_report(article).content)
    assert "Another title" not in str(latest_report(article).content)


def test_the_frozen_values_give_the_report_back(published, article):
    report = latest_report(article)

    again = content.to_values(content.from_values(report.content))

    assert content.from_values(again) == content.from_values(report.content)


@pytest.mark.parametrize("table", ["report", "publication"])
@pytest.mark.parametrize("change", ["UPDATE annotations_{} SET number = 9", "DELETE FROM annotations_{}"])
def test_the_database_refuses_to_change_what_is_published(published, table, change):
    with pytest.raises(Error, match="is not allowed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_publishing_is_in_the_history_under_one_verb(published, editor):
    entries = AuditEntry.objects.filter(verb="publish_claims")

    assert set(entries.values_list("table_name", flat=True)) == {
        "annotations_claim",
        "annotations_publication",
        "annotations_report",
    }
    assert set(entries.values_list("actor_id", flat=True)) == {editor.pk}


def test_a_correction_cites_what_is_there(published, editor, admin):
    with pytest.raises(Incomplete) as refused:
        correct(published, by=editor, confirmed_by=admin, reasons="A third count is lower [7].")

    assert "[7]" in refused.value.problems["reasons"][0]
