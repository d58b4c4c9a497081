"""Planning claims on the pages: a preview, the result claim by claim, an undo; and one claim's own page."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from annotations.claims.models import Claim
from tests import factories


def hidden(page, name):
    return re.findall(rf'name="{name}" value="([^"]*)"', page.content.decode())


def test_ticked_articles_are_previewed_assigned_and_taken_back(workspace, article, editor, reviewer, log_in):
    factories.extract(article)
    client = log_in(editor)
    given = {"article": [article.pk], "reviewer": reviewer.pk, "priority": "4", "due_at": "2030-01-09T17:00"}

    preview = client.post(reverse("assign-preview"), given)
    assert not Claim.objects.filter(reviewer=reviewer).exists()
    done = client.post(reverse("assign"), {**given, "seen": hidden(preview, "seen")})
    assigned = Claim.objects.filter(reviewer=reviewer, priority=4, due_at__isnull=False).count()
    undone = client.post(reverse("assign-undo"), {"seen": hidden(done, "seen")})

    wanted = Claim.objects.put_forward().filter(article=article).count()
    assert f"Assign {wanted} claims" in preview.content.decode()
    assert f"{wanted} claims changed" in done.content.decode()
    assert assigned == wanted
    assert "Undone" in undone.content.decode()
    assert not Claim.objects.filter(reviewer=reviewer).exists()


def test_a_second_press_changes_nothing_more(article, editor, reviewer, log_in):
    claim = factories.candidate(article)
    client = log_in(editor)
    given = {"reviewer": reviewer.pk, "seen": f"{claim.pk}:{claim.version}"}

    client.post(reverse("assign"), given)
    again = client.post(reverse("assign"), given)

    assert "1 stood so already" in again.content.decode()
    assert Claim.objects.get(pk=claim.pk).version == 2


def test_reviewers_are_offered_themselves_alone(article, reviewer, colleague, reader, log_in):
    factories.extract(article)

    page = log_in(reviewer).get(reverse("queue")).content.decode()
    forbidden = log_in(reviewer).post(
        reverse("assign-preview"), {"article": article.pk, "reviewer": colleague.pk}
    )
    reading = log_in(reader).get(reverse("queue")).content.decode()

    assert f'<option value="{reviewer.pk}">' in page.split('id="bulk-reviewer"')[1].split("</select>")[0]
    assert f'<option value="{colleague.pk}">' not in page.split('id="bulk-reviewer"')[1].split("</select>")[0]
    assert 'id="bulk-priority"' not in page
    assert forbidden.status_code == 403
    assert 'id="bulk"' not in reading


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"article": "x"},
        {"article": "9" * 30, "reviewer": "none"},
        {"claim": "1\x00", "priority": "9"},
        {"claim": "²", "priority": "²"},
        {"reviewer": "9" * 40},
        {"due_at": "never"},
        {"due_at": "0001-01-01T00:00"},
        {"seen": "1:\x00", "priority": "1"},
        {"seen": f"{2**63}:1", "priority": "1"},
        {"seen": "1:99999999999999999", "priority": "none", "note": "\x00"},
    ],
)
def test_no_form_breaks_it(article, editor, log_in, given):
    claim = factories.candidate(article)
    client = log_in(editor)

    for name in ("assign-preview", "assign", "assign-undo"):
        answer = client.post(reverse(name), {"article": article.pk, **given})
        assert answer.status_code in (200, 403, 422), (name, answer.status_code)
    for name in ("claim-hand-over", "claim-schedule", "claim-hold", "claim-release"):
        answer = client.post(
            reverse(name, args=[claim.pk]), {"version": "x", "to": "\x00", "reason": "\x00", **given}
        )
        assert answer.status_code in (302, 403, 409, 412, 422), name


def test_one_claim_is_handed_over_scheduled_held_and_released(article, reviewer, editor, colleague, log_in):
    claim = factories.accepted(article, reviewer, "12,000")
    client = log_in(editor)

    def post(name, **given):
        version = Claim.objects.get(pk=claim.pk).version
        return client.post(reverse(name, args=[claim.pk]), {"version": version, **given})

    answers = [
        post("claim-hand-over", to=colleague.pk, note="Yours now."),
        post("claim-schedule", priority="3"),
        post("claim-schedule", due_at="2030-01-09T17:00"),
        post("claim-hold", reason="Waits for figures."),
    ]
    page = client.get(reverse("claim-assignment", args=[claim.pk])).content.decode()
    post("claim-release")

    claim.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302] * 4
    assert "Waits for figures." in page
    assert "Yours now." in page
    assert (claim.reviewer, claim.priority, claim.is_held) == (colleague, 3, False)


def test_a_stale_form_shows_both_and_keeps_what_was_typed(article, reviewer, editor, colleague, log_in):
    claim = factories.accepted(article, reviewer, "12,000")

    answer = log_in(editor).post(
        reverse("claim-hand-over", args=[claim.pk]),
        {"version": 1, "to": colleague.pk, "note": "My <b>note</b>"},
    )

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Changed meanwhile" in page
    assert "My &lt;b&gt;note&lt;/b&gt;" in page


def test_another_desk_sees_and_changes_nothing(article, reviewer, outsider, log_in):
    claim = factories.accepted(article, reviewer, "12,000")
    client = log_in(outsider)

    assert client.get(reverse("claim-assignment", args=[claim.pk])).status_code == 404
    assert (
        client.post(reverse("claim-hold", args=[claim.pk]), {"version": 1, "reason": "x"}).status_code == 404
    )
    given = {"claim": claim.pk, "article": article.pk, "seen": f"{claim.pk}:{claim.version}", "priority": "4"}
    for name in ("assign-preview", "assign", "assign-undo"):
        assert client.post(reverse(name), given).status_code == 422
    assert Claim.objects.get(pk=claim.pk).priority is None
