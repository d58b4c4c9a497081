"""The API describes itself, and the description opens in a browser under the strict policy, from our own files."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from playwright.sync_api import expect


def test_the_description_holds_together(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))

    assert (tmp_path / "schema.yaml").stat().st_size > 10_000


def test_every_address_is_described():
    described = {path.removeprefix("/api/v1/") for path in _schema()["paths"]}
    resolver = next(item for item in get_resolver().url_patterns if str(item.pattern) == "api/v1/")
    routed = {str(item.pattern).replace("<int:pk>", "{id}") for item in resolver.url_patterns}
    routed = {path.replace("<int:", "{").replace(">", "}") for path in routed}

    assert described == routed - {"<path:rest}"}


def test_every_write_says_what_it_refuses():
    for path, methods in _schema()["paths"].items():
        for method, described in methods.items():
            problems = {code for code, answer in described["responses"].items() if int(code) >= 400}
            assert problems, (method, path)
            writes = method == "post" and not path.endswith(("/amendments", "/check"))
            if "/claims/{id}/" in path and writes:
                assert {"403", "404"} <= problems, (method, path)


def test_the_browsable_description_works_without_breaking_the_policy(page, transactional_db):
    broken: list[str] = []
    strangers: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: strangers.append(asked.url) if "localhost" not in asked.url else None)

    page.goto("/api/docs/")
    # The page draws what is in sight; that all is described, the schema says.
    expect(page.locator(".opblock").nth(4)).to_be_visible()

    assert [said for said in broken if "Content Security Policy" in said] == []
    assert [url for url in strangers if url.startswith("http")] == []


def _schema() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)
