"""The one way by which the portal asks another server for something.

Organizers type addresses, and nobody may use them to reach what only this machine can: every host is
resolved here, once, every address it has must be public, and the connection goes to those very addresses, so
that a name which resolves differently the second time leads nowhere else. Each redirect is judged anew. What
the environment says of proxies is not heeded, since a proxy would resolve the name again. An exchange ends
after `SECONDS`, however slowly the other side drips, and no more than `MOST_BYTES` of an answer are read.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

SECONDS = 10
MOST_REDIRECTS = 5
MOST_BYTES = 64 * 1024
PORTS = {"http": 80, "https": 443}
AGENT = "community-portal/1.0"
REDIRECTS = {301, 302, 303, 307, 308}
# Servers that do not know HEAD, or answer it otherwise than what a reader would get.
ASK_AGAIN = {400, 403, 404, 405, 406, 501, 503}

GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# NAT64 hides an IPv4 address in its last four bytes.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Inside what the registries call global, and yet of nobody: protocols, documentation, the relays of 6to4.
OF_NOBODY = [
    ipaddress.ip_network(name) for name in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "3fff::/20")
]


class Forbidden(ValueError):
    """The address leads where the portal does not go; `str()` of it says why, for the log."""


class Unreachable(OSError):
    """Nobody answered in time, or not in HTTP."""


@dataclass(frozen=True)
class Answer:
    """What a server said: the status, the address that said it after redirects, and, where asked for, the body."""

    status: int
    url: str
    body: bytes = b""


def ask(url):
    """Return the `Answer` to a request for a page, without its body. Raises `Forbidden` or `Unreachable`."""
    for _hop in range(MOST_REDIRECTS + 1):
        status, location, _body = _exchange("HEAD", url)
        if status in ASK_AGAIN:
            status, location, _body = _exchange("GET", url)
        if status not in REDIRECTS or not location:
            return Answer(status, url)
        url = _next(url, location)
    raise Unreachable("it redirects without end")


def post(url, body, headers):
    """Send `body` (bytes) and return the `Answer` with the first `MOST_BYTES` of its body.

    A redirect is not followed, since what was sent was meant for this address: it is an
    answer like any other. Raises `Forbidden` or `Unreachable`.
    """
    status, _location, said = _exchange("POST", url, body, headers, most=MOST_BYTES)
    return Answer(status, url, said)


def _next(url, location):
    try:
        return urljoin(url, location)
    except ValueError as problem:
        raise Forbidden("it redirects to a malformed address") from problem


def _exchange(method, url, body=None, headers=None, most=0):
    """Return the status, the Location and the first `most` bytes of one answer."""
    connection, path = _connection(url)
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close", **(headers or {})}
    try:
        with _at_most(SECONDS, connection):
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            return response.status, response.getheader("Location"), response.read(most) if most else b""
    except (OSError, http.client.HTTPException, UnicodeError) as problem:
        raise Unreachable(str(problem) or type(problem).__name__) from problem
    finally:
        connection.close()


@contextmanager
def _at_most(seconds, connection):
    """End the connection when the block takes longer: a timeout of the socket begins anew with every byte."""
    clock = threading.Timer(seconds, connection.hang_up)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
    if connection.was_hung_up:
        # What was read until then looks like a whole answer to http.client.
        raise TimeoutError("no answer in time")


def _connection(url):
    try:
        parts = urlsplit(url)
        port = PORTS.get(parts.scheme) if parts.port is None else parts.port
    except ValueError as problem:
        raise Forbidden("the address is malformed") from problem
    if parts.scheme not in PORTS or not parts.hostname:
        raise Forbidden("only http and https are asked")
    if parts.username is not None or parts.password is not None:
        raise Forbidden("the address holds a password")
    if not is_public_port(port):
        raise Forbidden(f"port {port} is not that of a web server")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kind = _SecurePinned if parts.scheme == "https" else _Pinned
    return kind(parts.hostname, port, public_addresses(parts.hostname, port)), _ascii(path)


def public_addresses(host, port):
    """Return the IP addresses of the host. Raises `Forbidden` if any of them is not public, `Unreachable` for none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Unreachable("the name is not known") from problem
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    for address in addresses:
        if not is_public(address):
            raise Forbidden(f"{host} is {address}, which is not public")
    return addresses


def is_public(address):
    """Return whether everybody in the world means the same machine by an IP address."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    if parsed in NAT64:
        inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(str(inner))
    if parsed.version == 6 and parsed not in GLOBAL_UNICAST:
        return False
    return parsed.is_global and not parsed.is_multicast and not any(parsed in network for network in OF_NOBODY)


def is_public_port(port):
    return port in PORTS.values()


def _ascii(path):
    """Return the path with what is not ASCII as percent codes; http.client refuses control characters itself."""
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in path)


class _Pinned(http.client.HTTPConnection):
    """Connects to an address that was judged, whatever the name resolves to by now."""

    def __init__(self, host, port, addresses):
        super().__init__(host, port, timeout=SECONDS)
        self.addresses = addresses
        self.ends_at = time.monotonic() + SECONDS
        self.was_hung_up = False

    def connect(self):
        problem = None
        for address in self.addresses:
            try:
                self.sock = socket.create_connection((address, self.port), self._seconds_left())
                return
            except OSError as refused:
                problem = refused
        raise problem

    def _seconds_left(self):
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("no answer in time")
        return left

    def hang_up(self):
        """Make whoever waits for a byte of this connection wait no longer; called from another thread."""
        self.was_hung_up = True
        if self.sock is not None:
            with suppress(OSError):
                # The plain socket's own: that of TLS would change what the waiting thread is using.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _SecurePinned(_Pinned):
    default_port = PORTS["https"]

    def connect(self):
        super().connect()
        context = ssl.create_default_context()
        # The handshake comes after, so that it, too, can be hung up on.
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()
