"""The pages on earlier checks: searched, imported with a trial first, repeats and contradictions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.jobs.models import Job
from annotations.people.models import User, Workspace
from annotations.precedents.models import Match, OutsideCheck
from annotations.precedents.services.importing import import_checks
from tests import factories

LogIn = Callable[[User], Any]
TABLE = "claim,publisher,rating,url\nThe moon is <b>hollow</b>,Moon Watch,False,https://house.example/1\n"


def upload(client: Any, text: str, **data: Any) -> Any:
    file = SimpleUploadedFile("checks.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("precedents-import"), {"file": file, **data})


def take(workspace: Workspace, editor: User, claims: list[str]) -> None:
    data = "\n".join(["claim", *claims]).encode()
    import_checks(workspace=workspace, data=data, filename="checks.csv", by=editor)


def test_a_file_is_tried_without_keeping_and_then_imported(
    editor: User, log_in: LogIn, broker: str, django_capture_on_commit_callbacks: Any
) -> None:
    client = log_in(editor)

    tried = upload(client, TABLE + ",x,,\n")
    assert not OutsideCheck.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        kept = upload(client, TABLE, keep="1")

    page = tried.content.decode()
    assert "Nothing was kept yet." in page
    assert "1 new, 0 changed, 0 as before, 1 refused" in page
    assert '<th scope="row">3</th>' in page
    assert (kept.status_code, kept.url) == (302, reverse("precedents"))
    assert OutsideCheck.objects.get().publisher == "Moon Watch"
    assert Job.objects.filter(kind="MATCH_CLAIMS", state="WAITING").exists()


def test_the_list_shows_and_searches_what_was_imported(
    workspace: Workspace, editor: User, reader: User, log_in: LogIn
) -> None:
    upload(log_in(editor), TABLE, keep="1")
    client = log_in(reader)

    page = client.get(reverse("precedents")).content.decode()
    found = client.get(reverse("precedents"), {"q": "moon watch"})
    missed = client.get(reverse("precedents"), {"q": "volcano\x00"})

    assert "The moon is &lt;b&gt;hollow&lt;/b&gt;" in page
    assert 'href="https://house.example/1"' in page
    assert len(found.context["checks"]) == 1
    assert "No outside check holds these words" in missed.content.decode()


def test_pages_go_by_key_and_cost_the_same(
    workspace: Workspace, editor: User, reader: User, log_in: LogIn
) -> None:
    take(workspace, editor, ["One claim here"])
    client, address = log_in(reader), reverse("precedents")
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)
    take(workspace, editor, [f"Claim number {n}" for n in range(40)])

    with CaptureQueriesContext(connection) as for_many:
        first = client.get(address)
    second = client.get(address, {"before": first.context["next"]})

    assert len(for_many) == len(for_one) <= 12
    assert (len(first.context["checks"]), len(second.context["checks"])) == (30, 11)
    assert second.context["next"] is None


@pytest.mark.parametrize("text", ["", "title\nNo claim\n", "<html></html>"])
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    editor: User, log_in: LogIn, text: str
) -> None:
    page = upload(log_in(editor), text, keep="1", publisher="Moon <Watch>")

    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert "Moon &lt;Watch&gt;" in page.content.decode()


def test_no_file_and_no_right_to_import_are_refused(editor: User, reviewer: User, log_in: LogIn) -> None:
    assert log_in(editor).post(reverse("precedents-import"), {"keep": "1"}).status_code == 422
    client = log_in(reviewer)

    assert upload(client, TABLE, keep="1").status_code == 403
    assert "Only an editor" in client.get(reverse("precedents-import")).content.decode()
    assert not OutsideCheck.objects.exists()


def test_another_desk_sees_nothing(
    workspace: Workspace, editor: User, outsider: User, log_in: LogIn, client: Any
) -> None:
    assert client.get(reverse("precedents")).status_code == 302
    upload(log_in(editor), TABLE, keep="1")

    page = log_in(outsider).get(reverse("precedents"), {"workspace": workspace.slug})

    assert page.context["checks"] == []


@pytest.fixture
def pair(workspace: Workspace, reviewer: User) -> Callable[..., Match]:
    def make(**fields: Any) -> Match:
        claims = []
        for _ in range(2):
            claims.append(
                factories.marked(factories.article(workspace, reviewer), "5 million euros", reviewer)
            )
        given = {"score": 0.9, "strength": "LIKELY"} | fields
        return Match.objects.create(workspace=workspace, claim=claims[1], earlier=claims[0], **given)

    return make


def test_repeats_lists_the_same_claim_in_other_articles(pair: Any, reader: User, log_in: LogIn) -> None:
    same, _ = pair(), pair(differs=True)
    client, address = log_in(reader), reverse("precedents-repeats")

    with CaptureQueriesContext(connection) as for_one:
        page = client.get(address)
    for _ in range(31):
        pair()
    with CaptureQueriesContext(connection) as for_many:
        first = client.get(address)
    second = client.get(address, {"before": first.context["next"]})

    assert [row.match for row in page.context["pairs"]] == [same]
    assert f"?claim={same.earlier_id}" in page.content.decode()
    assert len(for_many) == len(for_one) <= 12
    assert (len(first.context["pairs"]), len(second.context["pairs"])) == (30, 2)


def test_contradictions_mark_the_values_that_exclude_each_other(
    pair: Any, reader: User, log_in: LogIn
) -> None:
    found = {"kind": "NUMBER", "a_text": "5 million", "a_start": 0, "a_end": 9}
    found |= {"b_text": "5 million", "b_start": 0, "b_end": 9}
    one = pair(differs=True, contradiction=found)
    pair()

    page = log_in(reader).get(reverse("precedents-contradictions"))

    assert [row.match for row in page.context["pairs"]] == [one]
    assert '<mark data-kind="number">5 million</mark>' in page.content.decode()


def test_empty_lists_say_so(reader: User, log_in: LogIn) -> None:
    client = log_in(reader)

    assert "No outside checks yet" in client.get(reverse("precedents")).content.decode()
    assert "No repeats found" in client.get(reverse("precedents-repeats")).content.decode()
    assert "No contradictions found" in client.get(reverse("precedents-contradictions")).content.decode()
