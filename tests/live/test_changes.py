"""What changed since an entry: numbers and names, of one's own desk."""

from __future__ import annotations

import pytest

from annotations.audit.models import AuditEntry
from annotations.claims.services.triage import accept_claim
from annotations.discussions.services import start_thread
from annotations.live import changes as live
from annotations.live.changes import changes_after, head_of, read_positions, written
from annotations.live.standing import desks_of, desks_of_session
from tests import factories


@pytest.fixture
def claim(article):
    return factories.candidate(article, "12,000")


def end(desk) -> int:
    return AuditEntry.objects.filter(workspace_id=desk.pk).latest("seq").seq


@pytest.mark.django_db(transaction=True)
def test_each_thing_is_named_once_with_its_place_and_person(claim, workspace, reviewer, colleague):
    before = head_of([workspace.pk])[workspace.pk]

    accept_claim(claim=claim, version=claim.version, by=reviewer)
    factories.drafted(claim, reviewer)
    start_thread(claim=claim, text="A secret.", by=colleague)
    found, read = changes_after(workspace.pk, before)

    assert [(one.kind, one.claim, one.article, one.by) for one in found] == [
        ("claim", claim.pk, claim.article_id, reviewer.pk),
        ("verdict", claim.pk, claim.article_id, reviewer.pk),
        ("comment", claim.pk, claim.article_id, colleague.pk),
    ]
    assert read == end(workspace)
    assert "secret" not in str(found)
    assert changes_after(workspace.pk, read) == ([], read)


@pytest.mark.django_db(transaction=True)
def test_too_far_behind_one_looks_at_everything_anew(claim, workspace, monkeypatch):
    monkeypatch.setattr(live, "TOO_FAR", 3)

    found, read = changes_after(workspace.pk, 0)

    assert [one.kind for one in found] == ["reset"]
    assert read == end(workspace)


@pytest.mark.django_db(transaction=True)
def test_one_desk_hears_nothing_of_another(claim, other_workspace):
    assert changes_after(other_workspace.pk, 0)[0] == []


def test_positions_are_read_as_they_are_written():
    assert read_positions(written({3: 120, 7: 44})) == {3: 120, 7: 44}


@pytest.mark.parametrize(
    "words", ["", "x", "3", "3-", "-5", "3--5", "٣-٤", "9" * 40 + "-1", "\x00-1", "." * 3000]
)
def test_what_is_no_position_is_left_out(words):
    assert read_positions(words) == {}


@pytest.mark.django_db
def test_whoever_signed_out_or_left_listens_no_more(workspace, reviewer, client):
    client.force_login(reviewer, backend="django.contrib.auth.backends.ModelBackend")
    key = client.session.session_key
    signed_in = desks_of_session(reviewer.pk, key)
    another = desks_of_session(reviewer.pk + 1, key)
    client.logout()

    assert signed_in == frozenset({workspace.pk})
    assert another == desks_of_session(reviewer.pk, key) == frozenset()
    reviewer.memberships.update(is_active=False)
    assert desks_of(reviewer.pk) == frozenset()
