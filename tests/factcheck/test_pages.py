"""What the project itself answers: health, headers, error pages, the lock on sign-in."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from factcheck.pages import client_address


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    # No database fixture: a query would fail the test.
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_names_each_part(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"database": True, "migrations": True, "broker": True}}


@pytest.mark.django_db
def test_not_ready_when_the_broker_is_away(client: Client, settings: object) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/at.sock"  # type: ignore[attr-defined]

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] is False


@pytest.mark.django_db
def test_every_page_tells_the_browser_to_run_only_our_scripts(client: Client) -> None:
    answer = client.get("/api/docs/")

    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["script-src"].startswith("'self'")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert policy["frame-ancestors"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_api_is_described_without_a_foreign_host(client: Client) -> None:
    page = client.get("/api/docs/")
    schema = client.get("/api/schema/?format=json")

    assert "https://" not in page.content.decode()
    assert schema.json()["openapi"].startswith("3.")


@pytest.mark.django_db
def test_an_unknown_address_gets_our_page(client: Client) -> None:
    answer = client.get("/nothing/is/here")

    assert answer.status_code == 404
    assert "errors/404.html" in [template.name for template in answer.templates]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "9.9.9.9"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (1, "", "9.9.9.9"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: object, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies  # type: ignore[attr-defined]
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", **headers)

    assert client_address(request) == expected


@pytest.mark.django_db
def test_ten_wrong_passwords_lock_the_name_for_that_address_only(
    client: Client, django_user_model: type
) -> None:
    django_user_model.objects.create_user(username="jo", password="the-right-one-1")  # type: ignore[attr-defined]
    wrong = {"username": "jo", "password": "wrong"}
    right = {"username": "jo", "password": "the-right-one-1"}

    statuses = [
        client.post("/sign-in/", wrong, HTTP_X_FORWARDED_FOR=f"1.1.1.{n}").status_code for n in range(11)
    ]
    locked = client.post("/sign-in/", right)
    elsewhere = client.post("/sign-in/", right, REMOTE_ADDR="8.8.8.8")

    assert statuses[0] != 429
    assert statuses[-1] == 429
    assert locked.status_code == 429
    assert "quarter of an hour" in locked.content.decode()
    assert elsewhere.status_code == 302
