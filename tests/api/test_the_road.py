"""Verdict, evidence, second review, publication and correction, by program alone."""

from __future__ import annotations

import csv
import io
import json

import pytest

from annotations.reviews.models import Amendment
from tests import factories


@pytest.fixture
def submitted(article, reviewer):
    return factories.submitted(article, reviewer, "12,000")


@pytest.fixture
def published(article, reviewer, colleague, editor):
    return factories.published(article, reviewer, colleague, editor, "12,000")


def test_a_claim_goes_from_text_to_report(api, reviewer, colleague, editor, reader):
    me, second, chief = api(reviewer), api(colleague), api(editor)
    text = "The mayor said on Monday that the bridge cost 5 million euros. It was opened in May."
    article = me.post("articles", {"text": text, "title": "Bridge"}).json()
    claim = me.post("claims", {"article": article["id"], "exact": "the bridge cost 5 million euros"}).json()
    where = f"claims/{claim['id']}"
    facts = {"version": 1, "claimant": "The mayor", "attribution": "REPORTED", "said_on": "2026-01-05"}
    claim = me.patch(where, facts).json()
    cited = me.post(
        f"{where}/evidence", {"stance": "SUPPORTS", "url": "https://town.example/budget", "is_primary": True}
    )
    verdict = me.put(f"{where}/verdict", {"seen": 0, "rating": "true", "reasons": "The budget says so [1]."})
    handed = me.post(f"{where}/submit", {"version": claim["version"], "seen": 1}).json()
    approved = second.post(f"{where}/approve", {"version": handed["version"], "note": "Agreed."}).json()
    report = chief.post(f"{where}/publish", {"version": approved["version"]})

    assert (cited.status_code, verdict.status_code, report.status_code) == (201, 200, 201)
    said = report.json()["content"]["claims"][0]
    assert (said["rating"], said["exact"]) == ("true", "the bridge cost 5 million euros")
    latest = api(reader).get(f"articles/{article['id']}/report").json()
    assert latest == report.json()


def test_what_is_missing_is_said_at_once(api, reviewer, article):
    claim = factories.accepted(article, reviewer, "12,000")

    answer = api(reviewer).post(f"claims/{claim.pk}/submit", {"version": claim.version, "seen": 0})

    assert answer.status_code == 422
    assert {"rating", "reasons", "sources"} <= set(answer.json()["problems"])


def test_two_revisions_from_one_draft_show_both_texts(api, reviewer, colleague, article):
    claim = factories.accepted(article, reviewer, "12,000")
    where = f"claims/{claim.pk}/verdict"
    api(colleague).put(where, {"seen": 0, "reasons": "Theirs."})

    answer = api(reviewer).put(where, {"seen": 0, "reasons": "Mine."})

    assert answer.status_code == 412
    body = answer.json()
    assert (body["current"]["reasons"], body["yours"]["reasons"], body["version"]) == ("Theirs.", "Mine.", 1)


def test_saving_the_same_words_again_makes_no_revision(api, reviewer, article):
    claim = factories.accepted(article, reviewer, "12,000")
    where = f"claims/{claim.pk}/verdict"
    api(reviewer).put(where, {"seen": 0, "reasons": "Mine."})

    again = api(reviewer).put(where, {"seen": 1, "reasons": "Mine."})

    assert again.json()["number"] == 1
    assert len(api(reviewer).get(f"claims/{claim.pk}/verdicts").json()["results"]) == 1


def test_a_verdict_without_the_revision_seen_is_not_saved(api, reviewer, article):
    claim = factories.accepted(article, reviewer, "12,000")

    assert api(reviewer).put(f"claims/{claim.pk}/verdict", {"reasons": "x"}).status_code == 428


def test_nobody_approves_their_own(api, reviewer, submitted):
    answer = api(reviewer).post(f"claims/{submitted.pk}/approve", {"version": submitted.version})

    assert answer.status_code == 403
    assert "did not work on it" in answer.json()["detail"]


def test_changes_are_asked_for_and_ticked_off(api, reviewer, colleague, submitted):
    where = f"claims/{submitted.pk}"
    body = {"version": submitted.version, "items": ["Name the date."]}
    item = api(colleague).post(f"{where}/request-changes", body).json()["items"][0]
    review = api(reviewer).get(f"{where}/reviews").json()["results"][0]

    ticked = api(reviewer).put(f"{where}/reviews/{review['id']}/items/{item['id']}", {"is_done": True})

    assert (review["decision"], item["text"]) == ("CHANGES", "Name the date.")
    assert ticked.json()["is_done"] is True


def test_a_disagreement_is_settled_by_an_editor(api, colleague, editor, submitted):
    where = f"claims/{submitted.pk}"
    body = {"version": submitted.version, "rating": "false", "note": "The count is not there."}
    disputed = api(colleague).post(f"{where}/disagree", body).json()

    own = {"version": disputed["version"], "approve": True, "note": "x"}
    refused = api(colleague).post(f"{where}/adjudicate", own)
    settled = api(editor).post(f"{where}/adjudicate", own | {"note": "It stands."})

    assert (disputed["status"], refused.status_code) == ("DISPUTED", 403)
    assert settled.json()["status"] == "APPROVED"


def test_what_is_submitted_can_be_withdrawn_and_what_is_approved_reopened(
    api, reviewer, colleague, editor, article, submitted
):
    back = api(reviewer).post(f"claims/{submitted.pk}/withdraw", {"version": submitted.version})
    approved = factories.approved(article, reviewer, colleague, "45,000")
    again = api(editor).post(
        f"claims/{approved.pk}/reopen", {"version": approved.version, "note": "New figures."}
    )

    assert back.json()["status"] == "ACCEPTED"
    assert again.json()["status"] == "ACCEPTED"


def test_evidence_is_changed_taken_off_and_put_back(api, reviewer, article):
    claim = factories.accepted(article, reviewer, "12,000")
    caller = api(reviewer)
    cited = caller.post(f"claims/{claim.pk}/evidence", {"stance": "SUPPORTS", "title": "A letter"}).json()
    where = f"evidence/{cited['id']}"

    changed = caller.patch(where, {"version": 1, "stance": "PARTLY"})
    stale = caller.patch(where, {"version": 1, "stance": "REFUTES"})
    removed = caller.delete(where, headers={"If-Match": changed["ETag"]})
    restored = caller.post(f"{where}/restore", {"version": removed.json()["version"]})

    assert changed.json()["stance"] == "PARTLY"
    assert (stale.status_code, stale.json()["current"]) == (412, {"stance": "PARTLY"})
    assert removed.json()["removed_at"] is not None
    assert restored.json()["removed_at"] is None


def test_the_same_source_twice_is_the_same_evidence(api, reviewer, article):
    claim = factories.accepted(article, reviewer, "12,000")
    body = {"stance": "SUPPORTS", "url": "https://town.example/"}

    first = api(reviewer).post(f"claims/{claim.pk}/evidence", body)
    second = api(reviewer).post(f"claims/{claim.pk}/evidence", body)

    assert first.json() == second.json()


def test_a_source_is_corrected_in_the_registry(api, reviewer, reader, outsider, article):
    claim = factories.accepted(article, reviewer, "12,000")
    source = factories.cited(claim, reviewer).source

    changed = api(reviewer).patch(f"sources/{source.pk}", {"version": 1, "title": "The record of 2024"})

    assert changed.json()["title"] == "The record of 2024"
    assert api(reader).patch(f"sources/{source.pk}", {"version": 2, "title": "x"}).status_code == 403
    assert api(outsider).get(f"sources/{source.pk}").status_code == 404
    assert [item["id"] for item in api(reader).get("sources?q=record").json()["results"]] == [source.pk]


def test_only_an_editor_publishes_and_what_is_not_approved_stays(api, reviewer, editor, article, submitted):
    body = {"claims": [{"id": submitted.pk, "version": submitted.version}]}

    refused = api(reviewer).post("reports", body)
    illegal = api(editor).post("reports", body)

    assert refused.status_code == 403
    assert (illegal.status_code, illegal.json()["legal"]) == (
        409,
        ["WITHDRAW", "APPROVE", "REQUEST_CHANGES", "DISAGREE"],
    )
    assert api(editor).get("reports").json()["results"] == []


def test_several_claims_are_published_together_or_not_at_all(api, reviewer, colleague, editor, article):
    one = factories.approved(article, reviewer, colleague, "12,000")
    two = factories.approved(article, reviewer, colleague, "45,000")
    pair = [{"id": one.pk, "version": one.version}, {"id": two.pk, "version": two.version + 1}]

    stale = api(editor).post("reports", {"claims": pair})
    pair[1]["version"] = two.version
    done = api(editor).post("reports", {"claims": pair})

    assert stale.status_code == 412
    assert len(done.json()["content"]["claims"]) == 2
    assert done.json()["number"] == 1


def test_a_correction_takes_two(api, editor, admin, published):
    where = f"claims/{published.pk}"
    body = {
        "version": published.version,
        "correction_type": "VERDICT_CHANGE",
        "note": "The count was revised.",
        "rating": "half_true",
        "reasons": "Only half of them [1].",
    }
    proposed = api(editor).post(f"{where}/corrections", body)
    number = proposed.json()["id"]

    alone = api(editor).post(f"{where}/amendments/{number}/confirm")
    second = api(admin).post(f"{where}/amendments/{number}/confirm")
    late = api(admin).post(f"{where}/amendments/{number}/cancel")

    assert (proposed.status_code, alone.status_code, late.status_code) == (201, 403, 409)
    said = api(admin).get(f"reports/{second.json()['id']}").json()["content"]["claims"][0]
    assert (said["rating"], said["publication"]) == ("half_true", 2)
    live = api(admin).get("publications").json()["results"]
    assert [(item["number"], item["rating"], item["note"]) for item in live] == [
        (2, "half_true", "The count was revised.")
    ]
    assert Amendment.objects.get().state == "CONFIRMED"


def test_a_retraction_takes_the_claim_out_of_the_selection(api, editor, admin, published):
    where = f"claims/{published.pk}"
    body = {"version": published.version, "note": "Checked the wrong claim."}
    number = api(editor).post(f"{where}/retractions", body).json()["id"]

    api(admin).post(f"{where}/amendments/{number}/confirm")

    assert api(admin).get(where).json()["status"] == "RETRACTED"
    assert api(admin).get("publications").json()["results"] == []


def test_the_files_say_what_the_list_says(api, reader, published):
    caller = api(reader)
    live = caller.get("publications?rating=mostly_true").json()["results"]

    sheet = caller.get("publications/claims.csv?rating=mostly_true", headers={"Accept": "text/csv"})
    document = caller.get("publications/claims.json?q=korean")
    nothing = caller.get("publications/claims.json?rating=false")

    rows = list(csv.reader(io.StringIO(sheet.getvalue().decode("utf-8-sig"))))
    assert len(live) == 1
    assert len(rows) == 2
    assert rows[1][0] == str(published.pk)
    assert sheet["Content-Disposition"].startswith("attachment")
    assert [item["claim_id"] for item in json.loads(document.getvalue())["claims"]] == [published.pk]
    assert json.loads(nothing.getvalue())["claims"] == []


def test_a_report_stays_readable_in_each_of_its_versions(api, reader, reviewer, colleague, editor, article):
    numbers = []
    for words in ("12,000", "45,000"):
        claim = factories.approved(article, reviewer, colleague, words)
        report = api(editor).post(f"claims/{claim.pk}/publish", {"version": claim.version}).json()
        numbers.append(report["id"])

    listed = api(reader).get(f"reports?article={article.pk}").json()["results"]
    first = json.loads(api(reader).get(f"reports/{numbers[0]}/report.json").getvalue())
    second = list(
        csv.reader(api(reader).get(f"reports/{numbers[1]}/report.csv").getvalue().decode().splitlines())
    )

    assert [item["number"] for item in listed] == [2, 1]
    assert (first["report"], len(first["claims"])) == (1, 1)
    assert len(second) == 3


def test_another_desk_reads_no_report(api, outsider, editor, colleague, reviewer, article):
    claim = factories.approved(article, reviewer, colleague, "12,000")
    number = api(editor).post(f"claims/{claim.pk}/publish", {"version": claim.version}).json()["id"]

    for where in ("", "/report.csv", "/report.json"):
        assert api(outsider).get(f"reports/{number}{where}").status_code == 404
        assert api(editor).get(f"reports/{number}{where}").status_code == 200
    assert api(outsider).get("reports").json()["results"] == []
    assert api(outsider).get("publications").json()["results"] == []


def test_a_draft_is_in_nothing_that_leaves_the_house(
    api, reader, reviewer, colleague, editor, article, published
):
    claim = factories.accepted(article, reviewer, "45,000")
    factories.drafted(claim, reviewer, reasons="CANARY-7f3a")
    factories.cited(claim, reviewer, quote="CANARY-7f3a")
    caller = api(reader)

    for where in ("reports", "publications", "publications/claims.csv", "publications/claims.json"):
        answer = caller.get(where)
        said = answer.getvalue() if answer.streaming else answer.content
        assert b"CANARY" not in said, where
