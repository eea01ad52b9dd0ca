"""The one way by which the portal asks another server for something.

Organizers type addresses, and nobody may use them to reach what only this machine can: every host is
resolved here, every address it has must be public, and the connection goes to that very address, so that a
name which resolves differently the second time leads nowhere else. Each redirect is judged anew.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

SECONDS = 10
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
AGENT = "community-portal-link-check/1.0"
REDIRECTS = {301, 302, 303, 307, 308}
# Servers that do not know HEAD, or answer it otherwise than what a reader would get.
ASK_AGAIN = {400, 403, 404, 405, 406, 501, 503}


class Forbidden(ValueError):
    """The address leads where the portal does not go; `str()` of it says why, for the log."""


class Unreachable(OSError):
    """Nobody answered, or not in HTTP."""


@dataclass(frozen=True)
class Answer:
    """What a server said: the status, and the address that said it, after redirects."""

    status: int
    url: str


def ask(url):
    """Return the `Answer` to a request for a page, without its body. Raises `Forbidden` or `Unreachable`."""
    for _hop in range(MOST_REDIRECTS + 1):
        status, location = _request("HEAD", url)
        if status in ASK_AGAIN:
            status, location = _request("GET", url)
        if status not in REDIRECTS or not location:
            return Answer(status, url)
        url = urljoin(url, location)
    raise Unreachable("it redirects without end")


def _request(method, url):
    """Return the status and the Location of one answer; its body is left unread."""
    connection, path = _connection(url)
    try:
        connection.request(method, path, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    except (OSError, http.client.HTTPException, UnicodeError) as problem:
        raise Unreachable(str(problem) or type(problem).__name__) from problem
    finally:
        connection.close()


def _connection(url):
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError as problem:
        raise Forbidden("the address is malformed") from problem
    if parts.scheme not in PORTS or not parts.hostname:
        raise Forbidden("only http and https are asked")
    if parts.username or parts.password:
        raise Forbidden("the address holds a password")
    if not is_public_port(port):
        raise Forbidden(f"port {port} is not that of a web server")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kind = _SecurePinned if parts.scheme == "https" else _Pinned
    return kind(parts.hostname, port, public_address(parts.hostname, port)), _ascii(path)


def public_address(host, port):
    """Return an IP address of the host. Raises `Forbidden` if any that it has is not public, `Unreachable` for none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Unreachable("the name is not known") from problem
    addresses = [entry[4][0] for entry in found]
    for address in addresses:
        if not is_public(address):
            raise Forbidden(f"{host} is {address}, which is not public")
    return addresses[0]


def is_public(address):
    """Return whether everybody in the world means the same machine by an IP address."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    if inner is not None:
        return is_public(str(inner))
    # NAT64 hides an IPv4 address in its last four bytes.
    if parsed.version == 6 and parsed in ipaddress.ip_network("64:ff9b::/96"):
        return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    return parsed.is_global and not parsed.is_multicast


def is_public_port(port):
    return port in PORTS.values()


def _ascii(path):
    """Return the path with what is not ASCII as percent codes; http.client refuses control characters itself."""
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in path)


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was judged, whatever the name resolves to by now."""

    def __init__(self, host, port, address):
        super().__init__(host, port, timeout=SECONDS)
        self.address = address

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _SecurePinned(_Pinned):
    default_port = PORTS["https"]

    def connect(self):
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
