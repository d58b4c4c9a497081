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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import certifi
import httpcore
import httpx

from annotations.snapshots.addresses import PORTS, is_public

USER_AGENT = "factcheck-workbench"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SLICE = 4096


@dataclass(frozen=True)
class Limits:
    """Seconds until connected, seconds between two signs of life, seconds in all; and bytes of the body."""

    connect: float = 5
    read: float = 10
    total: float = 30
    size: int = 10 * 1024 * 1024


@dataclass(frozen=True)
class Fetched:
    """What came back. `url` is where it came from after redirects; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class NotFetched(Exception):
    """There is no answer. `reason` is half a sentence for people, and says nothing of what an address hides."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Forbidden(NotFetched):
    """This address is not fetched, whatever it would answer. One sentence for all, so that nothing can be probed."""

    def __init__(self) -> None:
        super().__init__("this address cannot be fetched")


def request(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    limits: Limits = Limits(),
    redirects: int = 0,
    trusted: str = "",
) -> Fetched:
    """Ask once and read the whole answer, whatever its status.

    `redirects` is how many hops a GET may follow; `headers` are then sent to the first origin alone. `trusted` is an
    address that the operator named: its very origin (scheme, host, port) may be private. Raises `Forbidden` for an
    address that is not public, `NotFetched` for everything else that goes wrong, such as a limit that is reached.
    """
    deadline, own = time.monotonic() + limits.total, _origin(trusted) if trusted else None
    sent, first = dict(headers or {}), _origin(url)
    for hop in range(redirects + 1):
        is_own = own is not None and _origin(url) == own
        answer = _once(url, method, sent if _origin(url) == first else {}, body, limits, deadline, is_own)
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
    if parts.scheme not in ("http", "https") or not parts.host or parts.userinfo:
        raise Forbidden
    return parts.scheme, parts.host.lower().rstrip("."), port


def _once(
    url: str,
    method: str,
    headers: Mapping[str, str],
    body: bytes,
    limits: Limits,
    deadline: float,
    is_own: bool,
) -> Fetched:
    patience = httpx.Timeout(limits.read, connect=limits.connect)
    sent = {"user-agent": USER_AGENT, "accept-encoding": "identity", **headers}
    with _explained(), httpx.Client(transport=_Transport(deadline, is_own), trust_env=False) as client:
        asked = client.build_request(method, url, headers=sent, content=body or None, timeout=patience)
        answer = client.send(asked, stream=True, follow_redirects=False)
        with contextlib.closing(answer):
            if answer.headers.get("content-encoding", "identity").lower() != "identity":
                raise NotFetched("the answer is packed, although it was asked for plain")
            content = _all_of(answer.iter_raw(), limits.size)
            return Fetched(str(answer.url), answer.status_code, dict(answer.headers), content)


def _all_of(parts: Iterable[bytes], size: int) -> bytes:
    found = bytearray()
    for part in parts:
        found += part
        if len(found) > size:
            raise NotFetched(f"the answer is larger than {size:,} bytes")
    return bytes(found)


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """The library's errors in our words: its own would tell what stands at an address."""
    try:
        yield
    except (httpx.TimeoutException, httpcore.TimeoutException):
        raise NotFetched("no answer in time") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise Forbidden from None
    except (httpx.HTTPError, httpx.StreamError, httpcore.NetworkError, httpcore.ProtocolError, OSError):
        raise NotFetched("no connection, or it broke") from None
    except (ValueError, UnicodeError):
        raise NotFetched("the request could not be written down") from None


class _Transport(httpx.HTTPTransport):
    def __init__(self, deadline: float, is_own: bool) -> None:
        trust = ssl.create_default_context(cafile=certifi.where())
        trust.load_default_certs()  # an authority of the house, where the operator installed one
        super().__init__(verify=trust, trust_env=False)
        # The library has no public way in. The version is pinned, and tests notice when this stops working.
        self._pool._network_backend = _Backend(deadline, is_own)


class _Backend(httpcore.NetworkBackend):
    """Resolves once, looks at every answer, and dials what it looked at; TLS and Host keep the name."""

    def __init__(self, deadline: float, is_own: bool) -> None:
        self._inner, self._deadline, self._is_own = httpcore.SyncBackend(), deadline, is_own

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
        if not self._is_own and not (port in PORTS and all(map(is_public, addresses))):
            raise Forbidden
        problem: Exception = httpcore.ConnectError()
        for address in addresses[:4]:
            try:
                wait = min(timeout or 5, _left(self._deadline))
                return _Stream(self._inner.connect_tcp(address, port, timeout=wait), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

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
    answers: queue.Queue[list[str] | None] = queue.Queue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError):
            answers.put(None)

    threading.Thread(target=look_up, name="resolve", daemon=True).start()
    try:
        found = answers.get(timeout=wait)
    except queue.Empty:
        raise httpcore.ConnectTimeout from None
    if not found:
        raise httpcore.ConnectError
    return found
