"""The only code that opens a connection to the outside. One function, `request`, and everything about it is bounded.

A name is resolved once, every answer has to be a public address, and the checked address is the one that is dialled, so
that no second answer can lead elsewhere. The operator's own endpoints (a model server) are named in the settings and
passed as `trusted`; only they may be private. Variables such as HTTP_PROXY are not read, no cookie is kept, and a
redirect is followed only when the caller asks for it, each hop checked like the first.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import certifi
import httpcore
import httpx

from annotations.snapshots.addresses import PORTS, is_public
from annotations.snapshots.outcomes import Fetched as Fetched
from annotations.snapshots.outcomes import Forbidden as Forbidden
from annotations.snapshots.outcomes import Limits as Limits
from annotations.snapshots.outcomes import NotFetched as NotFetched

USER_AGENT = "factcheck-workbench"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SLICE = 4096
USUAL = Limits()


def request(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    limits: Limits = USUAL,
    redirects: int = 0,
    trusted: str = "",
    for_tests: str = "",
) -> Fetched:
    """Ask once and read the whole answer, whatever its status.

    `redirects` is how many hops a GET may follow; `headers` are then sent to the first origin alone. `trusted` is an
    address that the operator named: its very origin (scheme, host, port) may be private. `for_tests` is the one
    address that stands for the public internet in tests (see visiting.py). Raises `Forbidden` for an address that is
    not public, `NotFetched` for everything else that goes wrong, such as a limit that is reached.
    """
    deadline, own = time.monotonic() + limits.total, _origin(trusted) if trusted else None
    sent, first = dict(headers or {}), _origin(url)
    for hop in range(redirects + 1):
        is_own = own is not None and _origin(url) == own
        backend = _Backend(deadline, is_own, for_tests)
        answer = _once(url, method, sent if _origin(url) == first else {}, body, limits, backend)
        target = answer.headers.get("location", "")
        if answer.status not in _REDIRECTS or not target or method != "GET" or hop == redirects:
            return answer
        try:
            url = str(httpx.URL(url).join(target))
        except httpx.InvalidURL:
            raise Forbidden from None
    raise AssertionError("the last hop returns")


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port. Raises `Forbidden` for what is no plain web address."""
    try:
        parts = httpx.URL(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise Forbidden from None
    if parts.scheme not in ("http", "https") or not parts.host or parts.userinfo or "\\" in url:
        raise Forbidden
    return parts.scheme, parts.host.lower().rstrip("."), port


def _once(
    url: str,
    method: str,
    headers: Mapping[str, str],
    body: bytes,
    limits: Limits,
    backend: _Backend,
) -> Fetched:
    patience = httpx.Timeout(limits.read, connect=limits.connect)
    sent = {"user-agent": USER_AGENT, "accept-encoding": "gzip", **headers}
    with _explained(), httpx.Client(transport=_Transport(backend), trust_env=False) as client:
        asked = client.build_request(method, url, headers=sent, content=body or None, timeout=patience)
        answer = client.send(asked, stream=True, follow_redirects=False)
        with contextlib.closing(answer):
            parts = _unpacked(answer.iter_raw(), answer.headers.get("content-encoding", ""), limits.size)
            content = _all_of(parts, limits.size)
            return Fetched(str(answer.url), answer.status_code, dict(answer.headers), content)


def _all_of(parts: Iterable[bytes], size: int) -> bytes:
    found = bytearray()
    for part in parts:
        found += part
        if len(found) > size:
            raise NotFetched(f"the answer is larger than {size:,} bytes", is_final=True)
    return bytes(found)


_BITS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


def _unpacked(parts: Iterable[bytes], encoding: str, size: int) -> Iterator[bytes]:
    """What was packed once with gzip or deflate, unpacked a little at a time: no more than `size` and one byte."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from parts
        return
    if encoding not in _BITS:
        raise NotFetched("the answer is packed in a way that was not asked for", is_final=True)
    unpacking, left = zlib.decompressobj(_BITS[encoding]), size + 1
    try:
        for part in parts:
            while part and left > 0 and not unpacking.eof:
                found = unpacking.decompress(part, min(left, 1 << 16))
                part, left = unpacking.unconsumed_tail, left - len(found)
                yield found
    except zlib.error:
        raise NotFetched("what was sent is packed wrongly", is_final=True) from None
    if not unpacking.eof and left > 0:
        raise NotFetched("what was sent breaks off in the middle")


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """The library's errors in our words: its own would tell what stands at an address."""
    try:
        yield
    except (httpx.TimeoutException, httpcore.TimeoutException):
        raise NotFetched("no answer in time") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise Forbidden from None
    except (
        httpx.HTTPError,
        httpx.StreamError,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        OSError,
    ) as broken:
        if _is_about_trust(broken):
            raise NotFetched("the site does not prove who it is (its certificate)", is_final=True) from None
        raise NotFetched("no connection, or it broke") from None
    except (ValueError, UnicodeError):
        raise NotFetched("the request could not be written down") from None


def _is_about_trust(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


@cache
def _trust() -> ssl.SSLContext:
    """Read once a process: it takes longer than a request."""
    trust = ssl.create_default_context(cafile=certifi.where())
    trust.load_default_certs()  # an authority of the house, where the operator installed one
    return trust


class _Transport(httpx.HTTPTransport):
    def __init__(self, backend: _Backend) -> None:
        super().__init__(verify=_trust(), trust_env=False)
        # The library has no public way in. The version is pinned, and tests notice when this stops working.
        self._pool._network_backend = backend


class _Backend(httpcore.NetworkBackend):
    """Resolves once, looks at every answer, and dials what it looked at; TLS and Host keep the name."""

    def __init__(self, deadline: float, is_own: bool, for_tests: str) -> None:
        self._inner, self._deadline = httpcore.SyncBackend(), deadline
        self._is_own, self._for_tests = is_own, for_tests

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        wait = min(timeout or 5, _left(self._deadline))
        addresses = _resolve(host, port, wait)
        if not self._is_own and not self._is_open_to_all(addresses, port):
            raise Forbidden
        problem: Exception = httpcore.ConnectError()
        for address in addresses[:4]:
            try:
                wait = min(timeout or 5, _left(self._deadline))
                return _Stream(self._inner.connect_tcp(address, port, timeout=wait), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

    def _is_open_to_all(self, addresses: list[str], port: int) -> bool:
        if self._for_tests and addresses == [self._for_tests]:
            return True
        return port in PORTS and all(map(is_public, addresses))

    def connect_unix_socket(self, *args: Any, **more: Any) -> httpcore.NetworkStream:
        raise Forbidden


class _Stream(httpcore.NetworkStream):
    """A connection that ends at the deadline, also against a server that sends one byte a second for ever."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, timeout=min(timeout or 10, _left(self._deadline)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for at in range(0, len(buffer), _SLICE):
            part = buffer[at : at + _SLICE]
            self._inner.write(part, timeout=min(timeout or 10, _left(self._deadline)))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = min(timeout or 5, _left(self._deadline))
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, wait), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


def _resolve(host: str, port: int, wait: float) -> list[str]:
    """Every address of a name, each once. The system's resolver knows no limit, so it is left behind after `wait`."""
    answers: queue.Queue[list[str] | int] = queue.Queue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except OSError as error:
            answers.put(error.errno or 0)
        except UnicodeError:
            answers.put(socket.EAI_NONAME)

    threading.Thread(target=look_up, name="resolve", daemon=True).start()
    try:
        found = answers.get(timeout=wait)
    except queue.Empty:
        raise httpcore.ConnectTimeout from None
    if found == socket.EAI_NONAME:
        raise NotFetched("there is no site of that name", is_final=True)
    if not found or isinstance(found, int):
        raise httpcore.ConnectError
    return found
