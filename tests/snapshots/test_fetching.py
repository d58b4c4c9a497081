"""The one client: whom it talks to, how long, how much, and what it says when it does not."""

from __future__ import annotations

import socket
import time
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.snapshots import fetching
from annotations.snapshots.addresses import is_public
from annotations.snapshots.fetching import USER_AGENT, Forbidden, Limits, NotFetched, request
from tests.loopback import loopback, send

BRIEF = Limits(connect=2, read=2, total=2, size=1000)


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.8.9.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 192.0.0.1 192.88.99.1 "
    "168.63.129.16 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 203.0.113.7 ::1 :: ::ffff:127.0.0.1 "
    "::ffff:10.0.0.1 ::127.0.0.1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 fec0::1 ff02::1 2001:db8::1 2001::1 "
    "2002:7f00:1::1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::1 3fff::1 5f00::1 100::1 localhost 1 0x7f.1 x".split(),
)
def test_what_belongs_to_somebody_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_what_belongs_to_strangers_is(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_no_address_is_public_that_python_calls_private(address: IPv4Address | IPv6Address) -> None:
    if is_public(str(address)) and not str(address).startswith(("64:ff9b::", "::ffff:")):
        assert address.is_global and not (
            address.is_multicast or address.is_loopback or address.is_link_local
        )


@pytest.mark.parametrize(
    "address",
    [
        "http://{}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/", "http://0:{port}/", "HTTP://LOCALHOST.:{port}/",
        "http://user:word@{}/", "ftp://{}/", "file:///etc/passwd", "gopher://{}/", "//{}/", "{}", "", "http://",
        "http://:80/", "http://[", "http://a b/", "javascript:alert(1)", "http://\x00/", "http://x:99999/", "http://🙂\n/",
    ],
)  # fmt: skip
def test_nothing_of_ours_is_reached_and_one_sentence_is_all_it_says(address: str) -> None:
    with loopback(lambda handler, asked: send(handler, b"secret")) as server:
        host = server.url.removeprefix("http://")

        with pytest.raises(NotFetched) as refused:
            request(address.format(host, port=host.split(":")[1]), limits=BRIEF)

    assert refused.value.reason in {
        "this address cannot be fetched", "no connection, or it broke", "the request could not be written down",
        "there is no site of that name",
    }  # fmt: skip
    assert server.asked == []


def test_a_name_with_one_private_answer_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(*names: Any, **more: Any) -> list[Any]:
        return [(socket.AF_INET, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", answers)

    with pytest.raises(Forbidden):
        request("http://mixed.example/", limits=BRIEF)


def test_the_address_that_was_looked_at_is_the_one_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name changes its mind after the first look: it is never asked again."""
    looked: list[str] = []
    with loopback(lambda handler, asked: send(handler, b"here")) as server:
        port = int(server.url.rsplit(":", 1)[1])

        def answers(host: str, *names: Any, **more: Any) -> list[Any]:
            if host == "127.0.0.1":
                return [(socket.AF_INET, 1, 6, "", (host, port))]
            looked.append(host)
            return [(socket.AF_INET, 1, 6, "", ("127.0.0.1" if len(looked) == 1 else "203.0.113.9", port))]

        monkeypatch.setattr(fetching.socket, "getaddrinfo", answers)
        address = f"http://rebinding.example:{port}/"

        answer = request(address, limits=BRIEF, trusted=address)

    assert (answer.body, looked) == (b"here", ["rebinding.example"])
    assert server.asked[0].headers["host"] == f"rebinding.example:{port}"


@pytest.mark.parametrize("port", [22, 25, 6379, 5432, 11434])
def test_other_ports_of_public_hosts_are_refused(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setattr(
        fetching.socket, "getaddrinfo", lambda *a, **k: [(socket.AF_INET, 1, 6, "", ("93.184.216.34", port))]
    )

    with pytest.raises(Forbidden):
        request(f"http://public.example:{port}/", limits=BRIEF)


def test_an_endpoint_of_the_operator_is_reached_and_learns_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NETRC", "/nowhere")
    with loopback(lambda handler, asked: send(handler, b"ok", Set_Cookie="a=b")) as server:
        answers = [
            request(f"{server.url}/v1/x?y=1", method="POST", body=b"hi", limits=BRIEF, trusted=server.url)
            for _ in range(2)
        ]

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"ok")] * 2
    first, second = server.asked
    assert (first.method, first.path, first.body) == ("POST", "/v1/x?y=1", b"hi")
    assert first.headers["user-agent"] == USER_AGENT
    sent = {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length"}
    assert second.headers.keys() <= sent


@pytest.mark.parametrize(
    "trusted", ["http://127.0.0.1:1/", "https://127.0.0.1:{port}", "http://localhost:{port}", ""]
)
def test_trust_is_for_one_origin_only(trusted: str) -> None:
    with loopback(lambda handler, asked: send(handler, b"secret")) as server:
        port = server.url.rsplit(":", 1)[1]

        with pytest.raises(Forbidden):
            request(server.url, limits=BRIEF, trusted=trusted.format(port=port))

    assert server.asked == []


def test_a_redirect_is_an_answer_unless_the_caller_follows() -> None:
    with loopback(lambda handler, asked: send(handler, b"", status=302, Location="/next")) as server:
        once = request(server.url, limits=BRIEF, trusted=server.url)
        posted = request(server.url, method="POST", limits=BRIEF, trusted=server.url, redirects=5)
        circled = request(server.url, limits=BRIEF, trusted=server.url, redirects=3)

    assert (once.status, posted.status, circled.status) == (302, 302, 302)
    assert [asked.path for asked in server.asked] == ["/", "/", "/", "/next", "/next", "/next"]


def test_each_hop_is_looked_at_and_headers_stay_with_the_first_origin() -> None:
    with loopback(lambda handler, asked: send(handler, b"inner")) as inner:
        with loopback(lambda handler, asked: send(handler, b"", status=307, Location=inner.url)) as outer:
            with pytest.raises(Forbidden):
                request(
                    outer.url, headers={"authorization": "x"}, limits=BRIEF, redirects=5, trusted=outer.url
                )

    assert len(outer.asked) == 1
    assert inner.asked == []


def drip(handler: Any, asked: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def never(handler: Any, asked: Any) -> None:
    time.sleep(10)


def go_on(handler: Any, asked: Any) -> None:
    for _ in range(2000):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        handler.wfile.flush()
        time.sleep(0.01)


@pytest.mark.parametrize("answer", [drip, never, go_on])
def test_a_server_that_takes_its_time_is_left_at_the_deadline(answer: Any) -> None:
    with loopback(answer) as server:
        with pytest.raises(NotFetched, match="no answer in time"):
            request(server.url, limits=Limits(connect=1, read=1, total=1, size=1000), trusted=server.url)


def endless(handler: Any, asked: Any) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (endless, "larger than 1,000 bytes"),
        (lambda handler, asked: send(handler, b"x" * 1001), "larger than 1,000 bytes"),
        (lambda handler, asked: send(handler, b"\x1f\x8b", Content_Encoding="br"), "packed"),
        (lambda handler, asked: handler.wfile.write(b"no http at all\r\n\r\n"), "no connection, or it broke"),
        (
            lambda handler, asked: handler.wfile.write(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 300_000),
            "no connection",
        ),
        (lambda handler, asked: handler.connection.close(), "no connection, or it broke"),
    ],
)
def test_what_is_too_large_or_no_answer_is_refused(answer: Any, reason: str) -> None:
    with loopback(answer) as server:
        with pytest.raises(NotFetched, match=reason):
            request(server.url, limits=BRIEF, trusted=server.url)


def test_a_slow_name_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *names, **more: time.sleep(1) or [])

    with pytest.raises(NotFetched, match="no answer in time"):
        request("http://slow.example/", limits=Limits(connect=0.2, read=1, total=1))


def test_a_header_that_cannot_be_sent_is_not_repeated_in_the_reason() -> None:
    with loopback(lambda handler, asked: send(handler, b"")) as server:
        with pytest.raises(NotFetched) as refused:
            request(server.url, headers={"authorization": "se\ncret"}, limits=BRIEF, trusted=server.url)

    assert "cret" not in refused.value.reason
