"""Whatever is sent to whichever write endpoint, the answer is a refusal in words, never a crash."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from annotations.arrivals.services.feeding import add_feed
from annotations.arrivals.services.fetching import fetch_article
from tests import factories

DEEP = "[" * 100_000 + "]" * 100_000
BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "a word": b'"words"',
    "null": b"null",
    "nan": b'{"version": NaN}',
    "deep": DEEP.encode(),
    "deep inside": b'{"version": ' + DEEP.encode() + b"}",
    "not UTF-8": b'{"version": "\xff\xfe"}',
    "a long number": b'{"version": ' + b"9" * 10_000 + b"}",
    "unknown field": b'{"no_such_field\\ud800": 1}',
    "ten megabytes": b'{"note": "' + b"x" * 10_485_760 + b'"}',
}
VALUES: list[Any] = [
    None,
    True,
    -1,
    0,
    2**31,
    2**63,
    10**400,
    1.5,
    1e308,
    "",
    " ",
    "words",
    "\x00",
    "\ud800",
    "\u202e\u200b",
    "9999-99-99",
    "0001-01-01",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "x" * 30_000,
    [],
    [[]],
    [None],
    ["\ud800"],
    {},
    {"\x00": 1},
    [{"id": 2**63, "version": -1}],
]


@pytest.fixture
def writes(article, reviewer, colleague, editor):
    """Every write of the description: method, address on a real thing, names of its fields."""
    claim = factories.published(article, reviewer, colleague, editor, "12,000")
    in_review = factories.accepted(article, reviewer)
    evidence = factories.cited(in_review, reviewer)
    schema = SchemaGenerator().get_schema(request=None, public=True)
    keys = {"articles": article.pk, "claims": in_review.pk, "evidence": evidence.pk}
    keys |= {"sources": evidence.source_id, "reports": 1}
    url = "https://paper.example/1"
    keys["arrivals"] = fetch_article(workspace=article.workspace, url=url, by=reviewer).arrival.pk
    keys["feeds"] = add_feed(workspace=article.workspace, url=url, by=editor).pk
    found = []
    for path, methods in schema["paths"].items():
        for method, described in methods.items():
            if method == "get" or "tokens" in path:
                continue
            room = path.split("/")[3]
            where = path.removeprefix("/api/v1/").replace("{id}", str(keys.get(room, 1)))
            where = re.sub(r"\{[a-z_]+\}", "1", where)
            fields = _fields(schema, described)
            found.append((method, where, fields))
    assert len(found) > 30
    assert claim.status == "PUBLISHED"
    return found


def _fields(schema: Any, described: Any) -> list[str]:
    content = described.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    shape = schema["components"]["schemas"].get(reference.rsplit("/", 1)[-1], {})
    return list(shape.get("properties", {}))


@pytest.mark.parametrize("body", BODIES)
def test_no_body_breaks_a_write(api, editor, writes, body):
    caller = api(editor)

    for method, where, _ in writes:
        answer = _send(caller, method, where, BODIES[body])

        assert answer.status_code < 500, (method, where)
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
            assert json.loads(answer.content)["detail"]


def test_no_value_breaks_a_field(api, reviewer, writes):
    caller = api(reviewer)
    # Six thousand requests: looking the token up each time would take as long as everything else.
    caller.client.force_authenticate(reviewer)

    for method, where, fields in writes:
        for name in fields:
            for value in VALUES:
                body = {"version": 1, "seen": 0, name: value}
                answer = _send(caller, method, where, json.dumps(body).encode())

                assert answer.status_code < 500, (method, where, name, str(value)[:40])


QUERIES = [
    "cursor=x",
    "cursor=cD1hYmM=",
    "cursor=cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
    "limit=0",
    "limit=x",
    "x=1",
    "workspace=99999999999999999999",
    "q=%00",
    "q=%ED%A0%80",
    "since=never",
    "min_score=nan",
    "article=1e9",
]


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_breaks_a_list(api, reviewer, article, query):
    caller = api(reviewer)

    for where in (
        "articles",
        "claims",
        "sources",
        "reports",
        "publications",
        "outside-checks",
        "arrivals",
        "feeds",
    ):
        answer = caller.get(f"{where}?{query}")

        assert answer.status_code < 500, where


def test_no_header_breaks_a_write(api, reviewer, article):
    caller = api(reviewer)

    for header in ('"x"', "*", '"99999999999999999999"', "W/", '"-1"', "\u00b2"):
        answer = caller.patch(f"articles/{article.pk}", {"title": "x"}, headers={"If-Match": header})

        assert answer.status_code == 400, header


def test_other_media_types_are_refused(api, reviewer, article):
    caller = api(reviewer)

    answer = caller.post("articles", "text=x", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 415
    assert answer["Content-Type"] == "application/problem+json"


def _send(caller: Any, method: str, where: str, body: bytes) -> Any:
    return caller.client.generic(method.upper(), f"/api/v1/{where}", body, content_type="application/json")
