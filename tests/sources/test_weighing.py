"""Sources as they are weighed: origins by text, sets, sources younger than the claim, figures, and the policy."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.claims.services.wording import edit_claim
from annotations.desks.queries import policy_of
from annotations.refusals import Incomplete, NotAllowed, Stale
from annotations.reviews.queries import publishable_content
from annotations.screens.sources import weighing
from annotations.snapshots.copies import pasted
from annotations.sources.models import LikeStory, Source
from annotations.sources.queries import evidence_for, policy_standing, sources_in, standing_of
from annotations.sources.services import edit_evidence, edit_source, keep_copy, rate_source, remove_evidence
from annotations.steps.services import undo_step
from annotations.verdicts.checklist import checks_of
from annotations.verdicts.models import Verdict
from annotations.verdicts.services import submit_verdict
from tests import factories
from tests.sources.test_origins import OWN_HEAD, OWN_REPORT, WITH_DATELINE


@pytest.fixture
def claim(article, reviewer):
    return factories.accepted(article, reviewer, "12,000")


@pytest.fixture
def wire(claim, reviewer):
    """Three papers, of which two print one wire story, and no primary source."""
    rows = []
    for paper, text in (("Times", WITH_DATELINE), ("Post", OWN_REPORT), ("Herald", OWN_HEAD)):
        item = factories.cited(claim, reviewer, publisher=paper, is_primary=False)
        keep_copy(source=item.source, matter=pasted(text), by=reviewer)
        item.refresh_from_db()
        rows.append(item)
    return rows


def weighed(claim, person):
    items = list(evidence_for(claim))
    return weighing(claim, items, standing_of(items, policy_of(claim.workspace_id)), person)


def test_two_that_print_one_wire_story_are_one_origin_and_it_says_so(wire, claim, reviewer):
    remove_evidence(evidence=wire[1], version=wire[1].version, by=reviewer)

    standing = policy_standing(claim)

    assert (standing.groups, standing.origins, standing.is_met) == (((1, 2),), 1, False)
    assert standing.missing.startswith(
        "The sources cited are secondary and of one origin. [1] and [2] tell the same wire story. Cite "
    )
    (need,) = [need for need in checks_of(claim, {}).needs if need.field == "sources"]
    assert need.problem == standing.missing


def test_with_a_third_paper_there_are_two_origins(wire, claim):
    standing = policy_standing(claim)

    assert (standing.groups, standing.is_met) == (((1, 3), (2,)), True)
    assert standing.why == ("[1] and [3] tell the same wire story.",)


def test_by_hand_a_story_is_set_apart_and_papers_are_put_together(wire, claim, reviewer):
    _first, second, third = wire
    edit_evidence(evidence=third, version=third.version, is_apart=True, by=reviewer)
    apart = policy_standing(claim).groups
    edit_evidence(evidence=second, version=second.version, origin="herald", by=reviewer)
    put_together = policy_standing(claim)

    assert apart == ((1,), (2,), (3,))
    assert put_together.groups == ((1,), (2, 3))
    assert put_together.why == ("[2] and [3] have the same origin: herald.",)


def test_a_new_copy_is_compared_again(wire, claim, reviewer):
    keep_copy(source=wire[2].source, matter=pasted("We saw it ourselves. " + OWN_REPORT[::-1]), by=reviewer)

    assert policy_standing(claim).origins == 3
    assert list(LikeStory.objects.values_list("is_same", flat=True)) == [False]


def test_a_document_cited_after_its_copy_was_stored_is_compared_too(wire, article, reviewer):
    other = factories.marked(article, "enhancing its ability to wage war", reviewer)
    alone = factories.cited(other, reviewer, publisher="Mirror", is_primary=False)
    keep_copy(source=alone.source, matter=pasted(WITH_DATELINE), by=reviewer)
    before = policy_standing(other).origins

    factories.cited(other, reviewer, url=wire[2].source.url, is_primary=False)

    assert (before, policy_standing(other).origins) == (1, 1)


def test_a_source_younger_than_the_claim_has_to_describe_its_time(article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")
    late = factories.cited(claim, reviewer, published_on=date(2025, 2, 3), stance="PARTLY")
    words = {"rating": "true", "reasons": "So it is [1]."}

    (need,) = [need for need in checks_of(claim, words).needs if need.field == "hindsight"]
    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)
    claim.refresh_from_db()
    edit_evidence(evidence=late, version=late.version, describes_claim_time=True, by=reviewer)

    assert need.problem.startswith(
        "[2] was published after the claim was made (8 Jan 2025). Tick that it describes"
    )
    assert refused.value.problems["hindsight"] == [need.problem]
    assert checks_of(claim, words).is_ready
    submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)


def test_without_a_date_of_the_claim_nothing_is_hindsight(claim, reviewer):
    factories.cited(claim, reviewer, published_on=date(2035, 2, 3))

    assert "hindsight" not in {need.field for need in checks_of(claim, {}).needs}


def test_everything_that_evidence_holds_is_kept_and_can_be_undone(article, claim, reviewer):
    item = factories.cited(claim, reviewer, locator="Table 3, row 2", how_found="Archive search")
    facts = {
        "locator": "Page 4",
        "stance_reason": "Counts the same people.",
        "accessed_on": date(2025, 1, 9),
        "sets": [2, 1],
        "figure": {"value": "12,300", "unit": "soldiers"},
        "describes_claim_time": True,
    }

    edit_evidence(evidence=item, version=item.version, **facts, by=reviewer)
    kept = {name: getattr(item, name) for name in facts}
    undo_step(article=article, by=reviewer)
    item.refresh_from_db()

    assert kept == facts | {"sets": [1, 2], "figure": {"value": "12300", "unit": "soldiers"}}
    assert (item.locator, item.sets, item.figure, item.how_found) == (
        "Table 3, row 2",
        [1],
        {},
        "Archive search",
    )
    assert item.accessed_on is not None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sets": []}, "sets"),
        ({"sets": [7]}, "sets"),
        ({"sets": ["1"]}, "sets"),
        ({"accessed_on": "soon"}, "accessed_on"),
        ({"figure": {"value": "many"}}, "figure_value"),
        ({"locator": "x" * 201}, "locator"),
        ({"stance_reason": "a\x00b"}, "stance_reason"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(wrong, field, claim, reviewer):
    item = factories.cited(claim, reviewer)

    with pytest.raises(Incomplete) as refused:
        edit_evidence(evidence=item, version=item.version, by=reviewer, **wrong)

    assert list(refused.value.problems) == [field]


def test_the_panel_tells_balance_sets_and_by_what_margin_a_figure_fits(
    claim, reviewer, django_assert_num_queries
):
    figures = [{"comparator": ">", "value": "12,000", "unit": "soldiers"}]
    edit_claim(claim=claim, version=claim.version, quantities=figures, said_on=date(2025, 1, 8), by=reviewer)
    factories.cited(claim, reviewer, figure={"value": "12,300", "unit": "soldiers"}, sets=[1, 2])
    factories.cited(claim, reviewer, stance="REFUTES", figure={"value": "9", "unit": "EUR"}, sets=[1])
    factories.cited(claim, reviewer, sets=[3])
    items = list(evidence_for(claim))
    standing = policy_standing(claim)

    with django_assert_num_queries(1):
        found = weighing(claim, items, standing, reviewer)

    assert found.balance == "2 support · 1 refutes"
    assert found.sets == "Any of: [1] and [2] together; [1]; [3]."
    assert [row.letters for row in found.rows] == ["A B", "A", "C"]
    assert [margin.words for row in found.rows for margin in row.margins] == [
        "12,300 is 2.5 % over “more than 12,000”.",
        "Not compared: the claim counts “soldiers”, the source “EUR”.",
    ]


def test_sets_are_published_only_when_there_is_more_than_one(article, reviewer, colleague, editor):
    claim = factories.ready(article, reviewer, "12,000")
    verdict = Verdict.objects.get(claim=claim)
    plain = publishable_content(claim, verdict, None)
    item = claim.evidence.get()
    edit_evidence(evidence=item, version=item.version, sets=[1, 2], by=reviewer)

    assert "sets" not in plain
    assert publishable_content(claim, verdict, None)["sets"] == [[1], [1]]


def test_reliability_has_a_reason_and_a_dated_history(claim, reviewer, colleague):
    source = factories.cited(claim, reviewer).source
    seen = source.version
    with pytest.raises(Incomplete):
        rate_source(source=source, version=seen, level="HIGH", reason=" ", by=reviewer)

    rate_source(source=source, version=seen, level="HIGH", reason="Publishes its data.", by=reviewer)
    with pytest.raises(Stale):
        rate_source(source=source, version=seen, level="LOW", reason="Retracted twice.", by=colleague)
    rate_source(source=source, version=source.version, level="LOW", reason="Retracted twice.", by=colleague)

    history = source.reliabilities.order_by("pk").values_list("level", "reason", "rated_by")
    assert list(history) == [
        ("HIGH", "Publishes its data.", reviewer.pk),
        ("LOW", "Retracted twice.", colleague.pk),
    ]
    assert Source.objects.get().reliability == "LOW"


def test_the_registry_is_filtered_and_keeps_to_its_desk(claim, reviewer, outsider):
    source = factories.cited(claim, reviewer, title="Table of troops", publisher="Ministry").source
    factories.cited(claim, reviewer, title="Other record", type="NEWS")
    edit_source(
        source=source, version=source.version, licence="CC BY", conflict_note="Is a party.", by=reviewer
    )
    desk = claim.workspace

    assert [row.citing for row in sources_in(desk, words="troops ")] == [1]
    assert [row.title for row in sources_in(desk, type="NEWS", reliability="NONE")] == ["Other record"]
    assert not sources_in(desk, reliability="HIGH").exists()
    with pytest.raises(NotAllowed):
        edit_source(source=source, version=source.version, licence="None", by=outsider)
