"""A desk's own scale: what may be published, what stays for ever, and that every door tells it alike."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.db import Error, transaction

from annotations.audit.models import AuditEntry
from annotations.claims.services.wording import edit_claim
from annotations.desks.models import ScaleVersion
from annotations.desks.queries import scales_of
from annotations.desks.scale import DEFAULT, scale_from
from annotations.desks.services import publish_scale
from annotations.refusals import Incomplete, Stale
from annotations.reports.services import publish_claims
from annotations.reviews.models import Publication
from annotations.reviews.services.deciding import disagree
from annotations.reviews.services.publishing import confirm_amendment, propose_correction
from annotations.verdicts.models import Verdict
from annotations.verdicts.services import submit_verdict
from tests import factories

NEW = {
    "code": "",
    "label": "Out of context",
    "definition": "Real, but from elsewhere.",
    "number": 2,
    "shape": "flag",
    "colour": "teal",
}


def rows(*more, **changes):
    """The ratings of the default scale, changed by code, and more of them."""
    found = [dict(one) | changes.get(one["code"], {}) for one in DEFAULT.as_values()["ratings"]]
    return [*found, *more]


def publish(workspace, admin, ratings, seen=1, **more):
    given = {"qualifiers": [label for _, label in DEFAULT.qualifiers], "worst": 1, "best": 5} | more
    return publish_scale(workspace=workspace, seen=seen, by=admin, ratings=ratings, **given)


def problems_of(workspace, admin, ratings, **more):
    with pytest.raises(Incomplete) as refused:
        publish(workspace, admin, ratings, **more)
    return refused.value.problems


def test_a_desk_begins_with_the_default_and_publishes_version_2(workspace, admin, reviewer):
    assert scales_of(workspace.pk).current == DEFAULT

    scale = publish(workspace, admin, rows(NEW, false={"label": "Wrong"}))

    assert (scale.number, scale.by_code["out_of_context"].label) == (2, "Out of context")
    assert scales_of(workspace.pk).current == scale
    assert [one.number for one in scales_of(workspace.pk).versions] == [1, 2]
    entry = AuditEntry.objects.filter(table_name="annotations_scaleversion").get()
    assert (entry.verb, entry.actor_id, entry.workspace_id) == ("publish_scale", admin.pk, workspace.pk)


def test_the_default_version_1_is_published_again_without_a_new_version(workspace, admin):
    assert publish(workspace, admin, rows()).number == 1
    assert ScaleVersion.objects.count() == 0


def test_the_same_twice_is_one_version(workspace, admin):
    for _ in range(2):
        publish(workspace, admin, rows(false={"label": "Wrong"}), seen=1)

    assert ScaleVersion.objects.count() == 1


def test_of_two_admins_the_second_is_shown_both(workspace, admin):
    publish(workspace, admin, rows(false={"label": "Wrong"}))

    with pytest.raises(Stale, match="published version 2 of the scale meanwhile") as refused:
        publish(workspace, admin, rows(false={"label": "Untrue"}), seen=1)

    assert "Wrong (1)" in refused.value.current["ratings"]
    assert "Untrue (1)" in refused.value.yours["ratings"]
    assert refused.value.version == 2
    assert publish(workspace, admin, rows(false={"label": "Untrue"}), seen=2).number == 3


def test_bounds_the_wrong_way_round_are_refused(workspace, admin):
    assert "lower than the best" in problems_of(workspace, admin, rows(), worst=5, best=1)["bounds"][0]
    assert "bounds" in problems_of(workspace, admin, rows(), worst=None)
    assert "bounds" in problems_of(workspace, admin, rows(), best="five")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": 6}, "number"),
        ({"number": None, "is_off_scale": False}, "number"),
        ({"number": 3, "is_off_scale": True}, "number"),
        ({"number": "three"}, "number"),
        ({"label": ""}, "label"),
        ({"label": "True"}, "label"),
        ({"label": "x" * 41}, "label"),
        ({"label": "nul\x00"}, "label"),
        ({"definition": " "}, "definition"),
        ({"shape": "blob"}, "shape"),
        ({"shape": "true", "colour": "green"}, "shape"),
        ({"colour": "#eeeeee #ffffff #b9bed3 #2a2d39"}, "colour"),
        ({"colour": "red; } body { display: none"}, "colour"),
    ],
)
def test_a_rating_that_cannot_be_is_refused_in_its_place(workspace, admin, change, field):
    assert f"ratings.2.{field}" in problems_of(workspace, admin, rows(half_true=change))


def test_a_rating_is_retired_and_never_left_out(workspace, admin):
    without = [row for row in rows() if row["code"] != "satire"]
    assert "Satire" in problems_of(workspace, admin, without)["ratings"][0]

    scale = publish(workspace, admin, rows(satire={"is_retired": True}))

    assert "satire" not in {one.code for one in scale.choices}
    assert scales_of(workspace.pk).rating("satire").label == "Satire"


def test_a_qualifier_keeps_its_code_when_it_stays(workspace, admin):
    scale = publish(
        workspace, admin, rows(), qualifiers=["Missing context", "old picture", " ", "old picture"]
    )

    assert scale.qualifiers == (("missing_context", "Missing context"), ("old_picture", "old picture"))
    assert scales_of(workspace.pk).qualifier("misquoted") == "misquoted"


def test_verdicts_are_rated_on_the_scale_in_force(workspace, admin, article, reviewer, colleague):
    publish(workspace, admin, rows(NEW, satire={"is_retired": True}))
    claim = factories.accepted(article, reviewer, "12,000")

    verdict = factories.drafted(claim, reviewer, rating="out_of_context")

    assert (verdict.rating, verdict.scale_version) == ("out_of_context", 2)
    with pytest.raises(Incomplete) as refused:
        factories.drafted(claim, reviewer, seen=1, rating="satire")
    assert "satire" not in refused.value.problems["rating"][0]
    other = factories.submitted(article, reviewer, "45,000")
    review = disagree(
        claim=other, version=other.version, rating="out_of_context", note="From elsewhere.", by=colleague
    )
    assert review.own_rating == "out_of_context"


def test_a_rating_that_was_retired_meanwhile_is_chosen_anew(workspace, admin, article, reviewer):
    claim = factories.ready(article, reviewer, "12,000")
    publish(workspace, admin, rows(mostly_true={"is_retired": True}))

    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    assert list(refused.value.problems) == ["rating"]
    claim.refresh_from_db()
    again = factories.drafted(claim, reviewer, seen=1, rating="true")
    assert (
        submit_verdict(claim=claim, version=claim.version, seen=again.number, by=reviewer).scale_version == 2
    )


def test_the_same_words_on_another_scale_are_another_revision(workspace, admin, article, reviewer):
    claim = factories.accepted(article, reviewer, "12,000")
    factories.drafted(claim, reviewer)
    publish(workspace, admin, rows(mostly_true={"definition": "The core holds."}))

    second = factories.drafted(claim, reviewer, seen=1)
    third = factories.drafted(claim, reviewer, seen=2)

    assert (second.number, second.scale_version, third.pk) == (2, 2, second.pk)


def words_everywhere(client, article, claim):
    """What each door says of the published rating: page, search, CSV, JSON, frozen content."""
    page = client.get(f"/reports/articles/{article.pk}/").content.decode()
    body = b"".join(client.get(f"/reports/articles/{article.pk}/report.csv").streaming_content).decode(
        "utf-8-sig"
    )
    found = json.loads(b"".join(client.get(f"/reports/articles/{article.pk}/report.json").streaming_content))
    listed = b"".join(client.get("/checked/claims.csv").streaming_content).decode("utf-8-sig")
    names = ("rating", "rating_number", "rating_definition", "scale_version")
    (one,) = csv.DictReader(io.StringIO(body))
    (other,) = csv.DictReader(io.StringIO(listed))
    entry = found["claims"][0]
    return {
        "page": ("Mostly true" in page, "The core is right" in page),
        "csv": [one[name] for name in names],
        "listed": [other[name] for name in names],
        "json": [entry[name] for name in ("label", "rating_number", "definition", "scale_version")],
        "frozen": Publication.objects.filter(claim=claim).latest("number").sha256,
    }


def test_what_is_published_keeps_label_number_and_definition_for_ever(
    workspace, admin, article, reviewer, colleague, editor, log_in
):
    claim = factories.approved(article, reviewer, colleague, "12,000")
    publish_claims(claims=[(claim, claim.version)], by=editor)
    client = log_in(editor)
    before = words_everywhere(client, article, claim)
    assert before["csv"] == ["Mostly true", "4", "The core is right; a detail or the precision is off.", "1"]

    changed = {
        "label": "Nearly right",
        "number": 9,
        "definition": "Other words.",
        "colour": "teal",
        "shape": "star",
    }
    publish(workspace, admin, rows(mostly_true=changed), best=10)
    publish(workspace, admin, rows(mostly_true=changed | {"is_retired": True}), best=10, seen=2)

    assert words_everywhere(client, article, claim) == before


def test_a_correction_that_keeps_the_rating_keeps_its_scale(
    workspace, admin, article, reviewer, colleague, editor
):
    claim = factories.published(article, reviewer, colleague, editor, "12,000")
    publish(workspace, admin, rows(mostly_true={"label": "Nearly", "is_retired": True}))
    claim.refresh_from_db()
    words = {
        "rating": "mostly_true",
        "reasons": "Two counts come close [1], both of December.",
        "confidence": "MEDIUM",
    }

    amendment = propose_correction(
        claim=claim,
        version=claim.version,
        correction_type="CLARIFICATION",
        note="Says when.",
        by=editor,
        **words,
    )
    publication = confirm_amendment(amendment=amendment, by=colleague)

    assert publication.content["verdict"]["label"] == "Mostly true"
    assert publication.content["verdict"]["scale_version"] == 1


def test_a_changed_rating_is_given_on_the_scale_in_force(
    workspace, admin, article, reviewer, colleague, editor
):
    claim = factories.published(article, reviewer, colleague, editor, "12,000")
    publish(workspace, admin, rows(NEW))
    claim.refresh_from_db()

    amendment = propose_correction(
        claim=claim, version=claim.version, correction_type="VERDICT_CHANGE", note="It is older.", by=editor,
        rating="out_of_context", reasons="The count is of another year [1].",
    )  # fmt: skip
    publication = confirm_amendment(amendment=amendment, by=colleague)

    verdict = publication.content["verdict"]
    assert (verdict["label"], verdict["number"], verdict["scale_version"]) == ("Out of context", 2, 2)
    assert Verdict.objects.filter(claim=claim).latest("number").scale_version == 2


def test_a_rating_may_ask_what_was_tried(workspace, admin, article, reviewer):
    publish(workspace, admin, rows(mostly_true={"needs_gaps": True}))
    claim = factories.accepted(article, reviewer, "12,000")
    edit_claim(claim=claim, version=claim.version, by=reviewer, claimant="A", said_on=date(2025, 1, 8))
    factories.cited(claim, reviewer)
    factories.drafted(claim, reviewer)

    with pytest.raises(Incomplete) as refused:
        submit_verdict(claim=claim, version=claim.version, seen=1, by=reviewer)

    assert list(refused.value.problems) == ["gaps"]


def test_the_database_lets_no_verdict_have_a_rating_its_scale_has_not(workspace, admin, article, reviewer):
    publish(workspace, admin, rows(NEW))
    claim = factories.accepted(article, reviewer, "12,000")
    values = {"workspace": workspace, "claim": claim, "author": reviewer, "reasons": "x"}

    for number, (code, version) in enumerate([("out_of_context", 1), ("nonsense", 2), ("true", 3)], start=1):
        with pytest.raises(Error, match="of the scale has no rating"), transaction.atomic():
            Verdict.objects.create(number=number, rating=code, scale_version=version, **values)


def test_a_version_is_written_once_and_read_back_as_it_was(workspace, admin):
    scale = publish(workspace, admin, rows(NEW))
    row = ScaleVersion.objects.get()

    assert scale_from(row.number, row.content) == scale
    for change in (
        lambda: ScaleVersion.objects.update(number=9),
        lambda: ScaleVersion.objects.all().delete(),
    ):
        with pytest.raises(Error, match="is not allowed"), transaction.atomic():
            change()


def test_each_desk_has_its_own(workspace, admin, other_workspace, outsider):
    publish(workspace, admin, rows(false={"label": "Wrong"}))

    assert scales_of(other_workspace.pk).current == DEFAULT
