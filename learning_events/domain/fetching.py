"""Fetching what somebody else's address gives, without ever reaching into the house.

A name is resolved once, every address it has is checked, and the connection goes to that very address: a name that
answers otherwise the second time (DNS rebinding) finds nobody asking. Redirects are checked like the first address.
"""

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Refused

MAX_BYTES = 5_000_000
MAX_SECONDS = 10.0
MAX_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
_CHUNK = 64 * 1024
# What is no global address though `is_global` may say so: carriers' translation of IPv6 into IPv4 leads anywhere.
_TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*\.?")
# Web addresses of numbers in the forms that C libraries read: 2130706433, 0x7f.1, 017700000001.
_NUMBERS = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*\.?")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotFetched(Refused):
    """An address that gives nothing or may not be asked; `code` says which."""

    code = "not_fetched"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `content` is None where it has not changed since `etag` or `last_modified`."""

    content: bytes | None
    content_type: str
    etag: str
    last_modified: str


def fetch(
    address: str,
    *,
    etag: str = "",
    last_modified: str = "",
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
    is_open: Callable[[Address, int], bool] | None = None,
) -> Fetched:
    """Return what an http or https address gives, following at most three redirects.

    Only public addresses on ports 80 and 443 are asked; `is_open(ip, port)` replaces that rule, for tests with a server of
    their own. Environment variables for proxies are not looked at. Raises NotFetched in words.
    """
    is_open = is_open or is_public
    deadline = time.monotonic() + max_seconds
    for _redirect in range(MAX_REDIRECTS + 1):
        parts, ip, port = _target(address, is_open)
        answer = _ask(parts, ip, port, etag, last_modified, max_bytes, deadline)
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(address, answer)
    raise NotFetched(_("This address leads on and on to others. Please give the last one."), code="redirects")


def is_public(ip: Address, port: int) -> bool:
    """Say whether everybody in the world means the same machine by this address, on a port of the web."""
    mapped = getattr(ip, "ipv4_mapped", None)
    if mapped is not None:
        ip = mapped
    return (
        port in PORTS.values()
        and ip.is_global
        and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local)
        and not any(ip.version == net.version and ip in net for net in _TRANSLATED)
    )


def check_address(address: str) -> SplitResult:
    """Return the parts of an address that may be asked at all; raises NotFetched. Nothing is looked up."""
    wrong = NotFetched(
        _("Please give a web address that begins with https:// or http://."), code="address", field="address"
    )
    if any(ord(character) <= 32 or ord(character) == 127 for character in address):
        raise wrong
    try:
        parts = urlsplit(address)
        is_named = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise wrong from None
    if not is_named:
        raise wrong
    if parts.username is not None or parts.password is not None:
        raise NotFetched(
            _("Please give an address without a name and password in it."), code="password", field="address"
        )
    return parts


def _target(address: str, is_open: Callable[[Address, int], bool]) -> tuple[SplitResult, Address, int]:
    """Resolve once and return the one checked address to connect to."""
    parts = check_address(address)
    port = parts.port or PORTS[parts.scheme]
    ips = _resolve(parts.hostname or "", port)
    # One inner address among the answers is enough to refuse: nobody's calendar needs it.
    if not ips or not all(is_open(ip, port) for ip in ips):
        raise NotFetched(
            _("This address does not lead to a public place on the web, so we do not ask it."),
            code="not_public",
            field="address",
        )
    return parts, ips[0], port


def _resolve(host: str, port: int) -> list[Address]:
    unknown = NotFetched(
        _("There is no server of this name. Please check the address."), code="unknown_host", field="address"
    )
    try:
        return [ipaddress.ip_address(host.partition("%")[0])]
    except ValueError:
        pass
    if _NUMBERS.fullmatch(host.lower()):
        raise NotFetched(
            _("Please give the name of a server, not a number."), code="not_public", field="address"
        )
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise unknown from None
    if not _NAME.fullmatch(name):
        raise unknown
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise unknown from None
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever the name in the request says."""

    def __init__(self, host: str, ip: Address, port: int, *, deadline: float, is_secure: bool) -> None:
        super().__init__(host, port, timeout=_left(deadline))
        self._ip, self._is_secure = ip, is_secure
        self._line: socket.socket | None = None

    def connect(self) -> None:
        plain = socket.create_connection((str(self._ip), self.port), self.timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = plain
        if self._is_secure:
            context = ssl.create_default_context()
            try:
                self.sock = context.wrap_socket(plain, server_hostname=self.host)
            except BaseException:
                plain.close()
                raise
        self._line = self.sock

    def hang_up(self) -> None:
        # The connection forgets its socket once the answer's body is read from it.
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def _ask(
    parts: SplitResult,
    ip: Address,
    port: int,
    etag: str,
    last_modified: str,
    max_bytes: int,
    deadline: float,
) -> Fetched | str:
    """Return what the server gives, or the address it sends us on to."""
    host = (parts.hostname or "").encode("idna").decode("ascii") if ":" not in (parts.hostname or "") else ""
    connection = _Pinned(
        host or str(parts.hostname), ip, port, deadline=deadline, is_secure=parts.scheme == "https"
    )
    headers = {
        "Accept": "text/calendar, application/ld+json, application/json, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": "learning-city-calendar/1",
    }
    if etag and etag.isascii() and etag.isprintable():
        headers["If-None-Match"] = etag
    if last_modified and last_modified.isascii() and last_modified.isprintable():
        headers["If-Modified-Since"] = last_modified
    target = _quoted(parts.path or "/") + (f"?{_quoted(parts.query)}" if parts.query else "")
    # Timeouts of sockets begin anew with every byte; this ends the whole at its time.
    alarm = threading.Timer(_left(deadline), connection.hang_up)
    alarm.daemon = True
    alarm.start()
    response = None
    try:
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308) and (location := response.headers.get("Location")):
            return location
        told = {
            "content_type": response.headers.get("Content-Type", "")[:100],
            "etag": response.headers.get("ETag", "")[:300],
            "last_modified": response.headers.get("Last-Modified", "")[:100],
        }
        if response.status == 304:
            return Fetched(None, **told)
        if response.status != 200:
            raise NotFetched(
                _("The server answers “%(status)d” instead of a calendar.") % {"status": response.status},
                code="status",
                field="address",
            )
        return Fetched(_body(response, max_bytes, deadline), **told)
    except TimeoutError:
        raise _too_slow() from None
    except ssl.SSLError:
        raise NotFetched(
            _("The server has no valid certificate, so we cannot be sure that it is the right one."),
            code="certificate",
            field="address",
        ) from None
    except (OSError, http.client.HTTPException, ValueError):
        _left(deadline)
        raise NotFetched(
            _("The server does not answer as it should. Please try again later."),
            code="unreachable",
            field="address",
        ) from None
    finally:
        alarm.cancel()
        with contextlib.suppress(OSError):
            if response is not None:
                response.close()
            connection.close()


def _body(response: http.client.HTTPResponse, max_bytes: int, deadline: float) -> bytes:
    found = bytearray()
    while part := response.read1(_CHUNK):
        _left(deadline)
        found += part
        if len(found) > max_bytes:
            raise NotFetched(
                _("The calendar is larger than %(limit)d MB. Please give a shorter time of it.")
                % {"limit": max(1, max_bytes // 1_000_000)},
                code="too_large",
                field="address",
            )
    _left(deadline)
    if response.length:
        raise http.client.IncompleteRead(bytes(found), response.length)
    return bytes(found)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow()
    return left


def _too_slow() -> NotFetched:
    return NotFetched(
        _("The server takes too long to answer. Please try again later."), code="too_slow", field="address"
    )


def _quoted(text: str) -> str:
    """Return a path or query in ASCII, with what is quoted already left as it is."""
    return "".join(
        character if character.isascii() else "".join(f"%{byte:02X}" for byte in character.encode())
        for character in text
    )
