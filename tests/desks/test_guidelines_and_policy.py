"""House rules and policy: versions of their own, obeyed where verdicts are written and published."""

from __future__ import annotations

import pytest
from django.template import Context, RequestContext, Template

from annotations.desks.guidelines import blocks
from annotations.desks.policy import Policy
from annotations.desks.queries import guidelines_of, policy_of
from annotations.desks.scale import DEFAULT
from annotations.desks.services import publish_guidelines, publish_policy
from annotations.refusals import Incomplete, Stale
from annotations.sources.policy import Cited, standing
from annotations.verdicts.services import submit_verdict
from tests import factories

SECTIONS = [
    {
        "title": "Reasons",
        "text": "Lead with the number.\n\n- name the period\n- name the unit",
        "field": "reasons",
    },
    {"title": "Tone", "text": "No <b>adjectives</b>.", "field": ""},
]


def policy(workspace, admin, seen=0, **changes):
    return publish_policy(workspace=workspace, seen=seen, by=admin, **(Policy().as_values() | changes))


def test_guidelines_come_in_versions(workspace, admin):
    assert guidelines_of(workspace.pk).number == 0

    first = publish_guidelines(workspace=workspace, seen=0, by=admin, sections=SECTIONS)
    same = publish_guidelines(workspace=workspace, seen=0, by=admin, sections=SECTIONS)
    second = publish_guidelines(workspace=workspace, seen=1, by=admin, sections=SECTIONS[:1])

    assert (first.number, same.number, second.number) == (1, 1, 2)
    assert guidelines_of(workspace.pk) == second
    assert guidelines_of(workspace.pk, 1) == first
    with pytest.raises(Stale) as refused:
        publish_guidelines(workspace=workspace, seen=1, by=admin, sections=SECTIONS)
    assert "2. Tone" in refused.value.yours and "2. Tone" not in refused.value.current


@pytest.mark.parametrize(
    ("section", "field"),
    [
        ({"title": "", "text": "x"}, "title"),
        ({"title": "x", "text": ""}, "text"),
        ({"title": "x", "text": "x", "field": "weather"}, "field"),
        ({"title": "x\x00", "text": "x"}, "title"),
        ({"title": "x", "text": "x" * 8001}, "text"),
    ],
)
def test_sections_that_cannot_be_are_refused_in_their_place(workspace, admin, section, field):
    with pytest.raises(Incomplete) as refused:
        publish_guidelines(workspace=workspace, seen=0, by=admin, sections=[SECTIONS[0], section])

    assert list(refused.value.problems) == [f"sections.1.{field}"]


def test_a_text_is_paragraphs_and_lists():
    assert blocks("One\ntwo\n\n- a\n* b\nthree\n\n\n") == [
        ("p", ["One", "two"]),
        ("ul", ["a", "b"]),
        ("p", ["three"]),
    ]


def test_a_verdict_names_the_guidelines_it_was_written_under(workspace, admin, article, reviewer):
    claim = factories.accepted(article, reviewer, "12,000")
    before = factories.drafted(claim, reviewer)
    publish_guidelines(workspace=workspace, seen=0, by=admin, sections=SECTIONS)

    after = factories.drafted(claim, reviewer, seen=1, reasons="Other words.")

    assert (before.guidelines_version, after.guidelines_version) == (0, 1)


def test_a_rule_stands_beside_its_field_and_nothing_in_it_is_run(
    workspace, admin, rf, django_assert_num_queries
):
    publish_guidelines(workspace=workspace, seen=0, by=admin, sections=SECTIONS)
    request = rf.get("/")
    request.desk = workspace
    template = "{% load desks %}{% guideline 'reasons' %}|{% guideline '' %}|{% guideline 'sources' %}"

    with django_assert_num_queries(1):
        beside, general, nothing = Template(template).render(RequestContext(request)).split("|")

    assert "<li>name the unit</li>" in beside
    assert "No &lt;b&gt;adjectives&lt;/b&gt;." in general
    assert nothing.strip() == ""
    assert Template(template).render(Context()).strip("|\n ") == ""


@pytest.mark.parametrize(
    ("change", "primary", "origins", "is_met"),
    [
        ({}, 1, 1, True),
        ({}, 0, 2, True),
        ({}, 0, 1, False),
        ({"primary_needed": 2}, 1, 1, False),
        ({"primary_needed": 2}, 2, 2, True),
        ({"origins_needed": 3}, 0, 2, False),
        ({"origins_needed": 3}, 0, 3, True),
    ],
)
def test_the_policy_counts_sources(change, primary, origins, is_met):
    cited = [Cited(at < primary, f"origin {at}", "", "") for at in range(max(primary, origins))]

    found = standing(cited[: max(primary, origins)], Policy(**change))

    assert found.is_met == is_met
    assert is_met or Policy(**change).sources_in_words in found.missing


def test_a_stricter_policy_is_demanded_at_submission(workspace, admin, article, reviewer):
    policy(workspace, admin, primary_needed=2, origins_needed=3)
    claim = factories.ready(article, reviewer, "12,000")

    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    assert "2 primary sources, or three sources" in refused.value.problems["sources"][0]
    claim.refresh_from_db()
    factories.cited(claim, reviewer)
    assert submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)


def test_a_rating_is_exempt_when_the_desk_says_so(workspace, admin, article, reviewer):
    policy(workspace, admin, exempt=["outdated"])
    claim = factories.accepted(article, reviewer, "12,000")
    factories.drafted(claim, reviewer, rating="outdated")

    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    assert "sources" not in refused.value.problems
    claim.refresh_from_db()
    factories.drafted(claim, reviewer, seen=1, rating="satire")
    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=2, by=reviewer)
    assert "sources" in refused.value.problems


def test_confidence_is_asked_for_when_the_desk_says_so(workspace, admin, article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")
    factories.drafted(claim, reviewer, seen=1, confidence="")
    policy(workspace, admin, confidence_asked="REQUIRED")

    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=2, by=reviewer)

    assert list(refused.value.problems) == ["confidence"]


def test_reports_name_the_desk_instead_of_people(workspace, admin, article, reviewer, colleague, editor):
    first = factories.published(article, reviewer, colleague, editor, "12,000")
    policy(workspace, admin, names_printed=False)

    second = factories.published(article, reviewer, colleague, editor, "45,000")

    people = [claim.publications.get().content["people"] for claim in (first, second)]
    assert people == [
        {"checked_by": ["Reviewer"], "approved_by": "Colleague"},
        {"checked_by": ["World desk"], "approved_by": "World desk"},
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"primary_needed": 0}, "primary_needed"),
        ({"primary_needed": 6}, "primary_needed"),
        ({"origins_needed": 1}, "origins_needed"),
        ({"origins_needed": "two"}, "origins_needed"),
        ({"confidence_asked": "SOMETIMES"}, "confidence_asked"),
        ({"exempt": ["nonsense"]}, "exempt"),
        ({"correction_text": "x" * 4001}, "correction_text"),
        ({"contact": "\x00"}, "contact"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(workspace, admin, change, field):
    with pytest.raises(Incomplete) as refused:
        policy(workspace, admin, **change)

    assert list(refused.value.problems) == [field]
    assert policy_of(workspace.pk) == Policy()


def test_some_rating_has_to_need_sources(workspace, admin):
    with pytest.raises(Incomplete, match="cannot be kept"):
        policy(workspace, admin, exempt=list(DEFAULT.by_code))


def test_of_two_admins_the_second_one_is_told(workspace, admin):
    policy(workspace, admin, contact="corrections@desk.example")

    with pytest.raises(Stale) as refused:
        policy(workspace, admin, contact="letters@desk.example")

    assert refused.value.current["contact"] == "corrections@desk.example"
    assert refused.value.version == 1
