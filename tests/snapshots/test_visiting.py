"""Pages of the outside world, from real servers on loopback: what is taken, what is refused, and in which words."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time
import zlib
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings

from annotations.checks import fetching_stays_outside
from annotations.snapshots import visiting
from annotations.snapshots.fetching import Forbidden, Limits, NotFetched, request
from annotations.snapshots.visiting import FEEDS, PAGES, PICTURES, Busy, fetch_article, visit
from tests.loopback import loopback, send

TEXT = (
    "The council spent 5 million euros on roads in 2023. It will meet again on Monday. Nobody objected to it."
)
PAGE = f"""<html lang="en"><head><title>Roads</title><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2025-01-09T08:00:00Z"></head>
<body><article><h1>Roads</h1>{"".join(f"<p>{TEXT} Number {n}.</p>" for n in range(5))}</article></body></html>"""


@pytest.fixture(autouse=True)
def nobody_was_visited() -> None:
    cache.clear()


def html(handler: Any, asked: Any) -> None:
    send(handler, PAGE.encode(), Content_Type="text/html; charset=utf-8")


def test_a_page_is_read_with_what_it_says_of_itself() -> None:
    with loopback(html) as server:
        matter = fetch_article(f"{server.url}/roads")

    assert TEXT in matter.text
    assert (matter.title, matter.outlet, str(matter.published_on)) == ("Roads", "The Paper", "2025-01-09")
    assert matter.url == f"{server.url}/roads"


def test_it_is_asked_for_without_anything_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with loopback(html) as server:
        visit(server.url)

    assert server.asked[0].headers.keys() <= {"host", "user-agent", "accept", "accept-encoding", "connection"}


def redirecting(to: str) -> Any:
    def answer(handler: Any, asked: Any) -> None:
        if asked.path == "/go":
            send(handler, b"", status=302, Location=to)
        else:
            html(handler, asked)

    return answer


def test_a_redirect_is_followed_and_where_it_led_is_known() -> None:
    with loopback(redirecting("/article.html")) as server:
        page = visit(f"{server.url}/go")

    assert (page.asked, page.answer.url) == (f"{server.url}/go", f"{server.url}/article.html")


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2:{port}/", "http://[::1]:{port}/", "http://0x7f.2:{port}/", "http://2130706434:{port}/",
        "http://[::ffff:127.0.0.2]:{port}/", "file:///etc/hostname",
        "http://a@127.0.0.2:{port}/", "//127.0.0.3:{port}/",
        "gopher://127.0.0.2/", "http://127.0.0.2:{port}\\.example.org/", "http://169.254.169.254/latest",
        "http://10.0.0.1/", "http://[fd00::5]/", "http://0.0.0.0:{port}/",
    ],
)  # fmt: skip
def test_no_redirect_leads_inward(to: str) -> None:
    """Everything but the one address that stands for the internet here is as forbidden as in an installation."""
    looked: list[str] = []
    with loopback(lambda handler, asked: send(handler, b"secret")) as inner:
        port = inner.url.rsplit(":", 1)[1]
        with loopback(redirecting(to.format(port=port))) as server:
            with pytest.raises(NotFetched) as refused:
                looked.append(visit(f"{server.url}/go").answer.url)

    assert refused.value.reason in ("this address cannot be fetched", "no connection, or it broke")
    assert (inner.asked, looked) == ([], [])


def test_a_circle_of_redirects_ends() -> None:
    with loopback(lambda handler, asked: send(handler, b"", status=301, Location="/go")) as server:
        with pytest.raises(NotFetched, match="never arrives"):
            visit(f"{server.url}/go")

    assert len(server.asked) == visiting.HOPS + 1


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"x" * 2**20) for _ in range(size)) + packer.flush()


def lying(handler: Any, asked: Any) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<p>Half of")


def many_headers(handler: Any, asked: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(20_000):
        handler.wfile.write(f"X-{n}: {'y' * 50}\r\n".encode())


def packed(body: bytes, encoding: str = "gzip") -> Any:
    return lambda handler, asked: send(handler, body, Content_Type="text/html", Content_Encoding=encoding)


def typed(kind: str, body: bytes = b"<p>words</p>") -> Any:
    return lambda handler, asked: send(handler, body, Content_Type=kind)


BAD = {
    "a bomb of gzip": (packed(bomb(64)), "larger than", True),
    "a broken gzip": (packed(b"\x1f\x8b\x08nothing"), "packed wrongly", True),
    "half a gzip": (packed(gzip.compress(PAGE.encode())[:-20]), "breaks off", False),
    "gzip in gzip": (packed(gzip.compress(gzip.compress(b"x")), "gzip, gzip"), "not asked for", True),
    "brotli": (packed(b"x", "br"), "not asked for", True),
    "a lie about the length": (lying, "it broke", False),
    "endless headers": (many_headers, "it broke", False),
    "a program": (typed("application/x-msdownload"), "not read here", True),
    "a script": (typed("text/javascript"), "not read here", True),
    "a PDF that calls itself a page": (typed("text/html", b"%PDF-1.4 x"), "something else", True),
    "nothing": (typed("text/html", b"  \n"), "empty page", False),
    "no such page": (lambda h, a: send(h, b"", status=404), "there is no such page", True),
    "not let in": (lambda h, a: send(h, b"", status=403), "does not let us in", True),
    "too often": (lambda h, a: send(h, b"", status=429), "too often", False),
    "broken there": (lambda h, a: send(h, b"", status=503), "wrong there", False),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_is_refused_in_words(name: str) -> None:
    answer, words, is_final = BAD[name]
    with loopback(answer) as server:
        with pytest.raises(NotFetched) as refused:
            visit(server.url)

    assert words in refused.value.reason
    assert refused.value.is_final is is_final


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_was_packed_once_is_unpacked(encoding: str) -> None:
    body = gzip.compress(PAGE.encode()) if encoding == "gzip" else zlib.compress(PAGE.encode())
    with loopback(packed(body, encoding)) as server:
        assert visit(server.url).answer.body == PAGE.encode()


def test_a_charset_that_is_named_wrongly_does_not_spoil_the_words() -> None:
    page = PAGE.replace("roads", "Straßen").encode()
    with loopback(lambda h, a: send(h, page, Content_Type="text/html; charset=iso-8859-1")) as server:
        assert "Straßen" in fetch_article(server.url).text


def test_pictures_are_taken_for_sources_and_not_for_articles() -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
    with loopback(lambda h, a: send(h, png, Content_Type="image/png")) as server:
        with pytest.raises(NotFetched, match="not read here"):
            visit(server.url)
        cache.clear()
        copy = visit(server.url, kinds=(*PAGES, *PICTURES)).copy()

    assert (copy.content_type, copy.data, copy.how) == ("image/png", png, "FETCHED")


def test_a_feed_that_did_not_change_is_an_answer() -> None:
    with loopback(lambda h, a: send(h, b"", status=304)) as server:
        page = visit(server.url, kinds=FEEDS, headers={"if-none-match": '"7"'})

    assert (page.answer.status, server.asked[0].headers["if-none-match"]) == (304, '"7"')


def test_the_same_host_is_left_alone_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "PATIENCE", 0)
    with loopback(html) as server:
        visit(f"{server.url}/1")
        with pytest.raises(Busy):
            visit(f"{server.url}/2")

    assert [asked.path for asked in server.asked] == ["/1"]


def test_a_certificate_that_nobody_vouches_for_ends_it() -> None:
    """A real handshake with a certificate of its own making; the server sees no request."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*own_certificate())
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with contextlib.suppress(OSError):
                got.append(context.wrap_socket(connection, server_side=True).recv(100))

        threading.Thread(target=serve, daemon=True).start()
        with pytest.raises(NotFetched) as refused:
            visit(f"https://127.0.0.1:{listening.getsockname()[1]}/")

    assert "certificate" in refused.value.reason
    assert refused.value.is_final
    assert got in ([], [b""])


def own_certificate() -> tuple[str, str]:
    """Made once by openssl for 127.0.0.1; it protects nothing."""
    import subprocess
    import tempfile

    folder = tempfile.mkdtemp()
    made = [f"{folder}/cert.pem", f"{folder}/key.pem"]
    subprocess.run(
        [
            *"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=here".split(),
            *f"-out {made[0]} -keyout {made[1]}".split(),
        ],
        check=True,
        capture_output=True,
    )
    return made[0], made[1]


def test_a_server_that_stalls_is_left_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "LIMITS", Limits(connect=1, read=1, total=1))
    started = time.monotonic()
    with loopback(lambda handler, asked: time.sleep(3)) as server:
        with pytest.raises(NotFetched, match="no answer in time") as refused:
            visit(server.url)

    assert not refused.value.is_final
    assert time.monotonic() - started < 3


def test_a_name_that_nobody_has_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*names: Any, **more: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "nobody")

    monkeypatch.setattr("annotations.snapshots.fetching.socket.getaddrinfo", nobody)

    with pytest.raises(NotFetched, match="no site of that name") as refused:
        visit("http://nobody.example/")

    assert refused.value.is_final


class TestTheAllowanceOfTheTests:
    def test_it_is_one_address_and_not_the_machine(self) -> None:
        with loopback(html) as server:
            port = server.url.rsplit(":", 1)[1]
            for host in ("127.0.0.2", "[::1]", "127.1.1.1"):
                with pytest.raises(NotFetched):
                    visit(f"http://{host}:{port}/")

        assert server.asked == []

    def test_it_is_nothing_where_the_settings_are_an_installations(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "factcheck.settings")
        with loopback(html) as server:
            with pytest.raises(Forbidden):
                visit(server.url)

        assert server.asked == []
        assert [problem.id for problem in fetching_stays_outside(None)] == ["factcheck.E001"]

    def test_nothing_is_said_where_it_is_not_set(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with override_settings():
            del settings.FETCH_FROM_IN_TESTS
            monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "factcheck.settings")

            assert fetching_stays_outside(None) == []

    def test_the_client_itself_allows_nothing(self) -> None:
        with loopback(html) as server:
            with pytest.raises(Forbidden):
                request(server.url)
