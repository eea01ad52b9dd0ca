"""Nobody reaches through the portal what only this machine can: not by a name, a number, a redirect or patience."""

import http.server
import socket
import threading
import time

import pytest

from portal import outbound
from portal.outbound import Answer, Forbidden, Unreachable, ask, is_public, post

PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("0.0.0.0", "0.1.2.3", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "192.88.99.1"),
    *("::", "::1", "::7f00:1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00::1", "ff02::1", "2001:db8::1", "3fff::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:7f00:1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1"),
    *("2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::1", "100::1"),
]
# Every way to write 127.0.0.1, 0.0.0.0 or a machine of the neighbourhood that a resolver understands.
DISGUISED = [
    *("http://127.0.0.1/", "http://localhost/", "http://localhost./", "http://[::1]/", "http://2130706433/"),
    *("http://0x7f.1/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0/", "http://0.0.0.0/"),
    *("http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    *("http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25lo]/", "http://169.254.169.254/"),
]
NO_WEB_PAGE = [
    *("ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "data:text/plain,x", "//example.org/"),
    *("https:///nothing", "http://[::1", "http://example.org:0/", "http://example.org:99999/"),
    *("https://ming:secret@example.org/", "http://@example.org/", "http://example.org\\@127.0.0.1/"),
    *("http://example.org:22/", "http://example.org:6379/", "http://example.org:8000/"),
]


class Pages(http.server.BaseHTTPRequestHandler):
    """Answers `server.pages[path]`: a status and a Location; /slow drips, /long does not end."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        status, location = self.server.pages.get(self.path, (404, None))
        if self.command == "HEAD" and self.path == "/no-head":
            status = 405
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        if self.path == "/slow":
            self.drip()
        if self.command == "POST":
            self.server.sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            body = b"x" * 200_000 if self.path == "/long" else b"thanks"
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_POST = do_GET

    def drip(self):
        self.flush_headers()
        for _second in range(200):
            self.wfile.write(b"X-More: x\r\n")
            self.wfile.flush()
            time.sleep(0.05)

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError):  # hung up on, as it should be
            self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    """A web server on the loopback."""
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    served.pages, served.asked, served.sent = {"/": (200, None), "/no-head": (200, None), "/long": (200, None)}, [], []
    served.address = f"http://127.0.0.1:{served.server_port}"
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.fixture
def the_loopback_is_public(server, monkeypatch):
    """This server stands for one on the internet, and all else on this machine stays private."""
    monkeypatch.setattr(outbound, "is_public_port", lambda port: port == server.server_port)
    monkeypatch.setattr(outbound, "is_public", lambda address: address == "127.0.0.1" or is_public(address))


@pytest.fixture
def nobody_connects(monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *target: pytest.fail(f"connected to {target}"))


def resolves_to(monkeypatch, *addresses):
    """Every name resolves to these; return the list of names that were asked for."""
    asked = []

    def getaddrinfo(host, port, **how):
        asked.append(host)
        return [(2, 1, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_addresses_are(address):
    assert is_public(address)


@pytest.mark.parametrize("url", DISGUISED)
def test_a_machine_of_the_neighbourhood_is_never_asked(url, nobody_connects):
    with pytest.raises((Forbidden, Unreachable)):
        ask(url)
    with pytest.raises((Forbidden, Unreachable)):
        post(url, b"{}", {})


@pytest.mark.parametrize("url", NO_WEB_PAGE)
def test_what_is_no_web_page_is_never_asked_wherever_its_name_leads(url, monkeypatch, nobody_connects):
    resolves_to(monkeypatch, "8.8.8.8")

    with pytest.raises(Forbidden):
        ask(url)
    with pytest.raises(Forbidden):
        post(url, b"{}", {})


def test_a_name_with_one_private_address_among_public_ones_is_not_asked(monkeypatch, nobody_connects):
    resolves_to(monkeypatch, "8.8.8.8", "10.0.0.1")

    with pytest.raises(Forbidden, match=r"10\.0\.0\.1, which is not public"):
        ask("http://rebind.example/")


def test_the_connection_goes_to_the_address_that_was_judged_and_the_name_is_asked_for_once(monkeypatch):
    """A name that resolves to another address the second time leads nowhere else."""
    asked, reached = resolves_to(monkeypatch, "8.8.8.8", "1.1.1.1"), []

    def connect(target, *rest):
        reached.append(target)
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unreachable):
        ask("http://rebind.example/")

    assert reached == [("8.8.8.8", 80), ("1.1.1.1", 80)]
    assert asked == ["rebind.example"]


@pytest.mark.parametrize(
    "location",
    [
        *("http://169.254.169.254/latest/meta-data/", "http://[::1]/", "//localhost/", "file:///etc/passwd"),
        *("gopher://127.0.0.1:6379/_FLUSHALL", "http://[::1", "javascript:alert(1)"),
    ],
)
def test_a_redirect_to_what_is_not_public_is_not_followed(server, the_loopback_is_public, location):
    server.pages["/out"] = (302, location)

    with pytest.raises(Forbidden):
        ask(f"{server.address}/out")


def test_a_name_that_turns_private_on_the_way_is_judged_anew(server, the_loopback_is_public, monkeypatch):
    """The first hop's address was public; the second hop resolves the same name again, and is judged again."""
    server.pages["/out"] = (302, "/inside")
    answers = iter(["127.0.0.1", "10.0.0.1"])
    resolve = socket.getaddrinfo

    def getaddrinfo(host, port, *rest, **how):
        if host == "rebind.example":
            return [(2, 1, 6, "", (next(answers), port))]
        return resolve(host, port, *rest, **how)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    with pytest.raises(Forbidden, match=r"10\.0\.0\.1"):
        ask(f"http://rebind.example:{server.server_port}/out")


def test_redirects_are_followed_and_end(server, the_loopback_is_public):
    server.pages |= {"/old": (301, "/new"), "/new": (200, None), "/loop": (302, "/loop")}

    assert ask(f"{server.address}/old") == Answer(200, f"{server.address}/new")
    with pytest.raises(Unreachable, match="without end"):
        ask(f"{server.address}/loop")


def test_a_server_that_does_not_know_head_is_asked_again(server, the_loopback_is_public):
    assert ask(f"{server.address}/no-head").status == 200
    assert [(method, path) for method, path, _headers in server.asked] == [("HEAD", "/no-head"), ("GET", "/no-head")]


def test_a_proxy_named_in_the_environment_is_not_used(server, the_loopback_is_public, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    assert ask(f"{server.address}/").status == 200


def test_a_server_that_drips_is_hung_up_on(server, the_loopback_is_public, monkeypatch):
    """Every byte comes in time, and the whole never would."""
    monkeypatch.setattr(outbound, "SECONDS", 0.4)
    began = time.monotonic()

    with pytest.raises(Unreachable):
        ask(f"{server.address}/slow")

    assert time.monotonic() - began < 3


def test_what_is_posted_arrives_and_no_more_of_the_answer_is_read_than_is_allowed(server, the_loopback_is_public):
    server.pages["/hook"] = (200, None)

    assert post(f"{server.address}/hook", b'{"a": 1}', {"X-Signature": "s"}).body == b"thanks"
    assert len(post(f"{server.address}/long", b"{}", {}).body) == outbound.MOST_BYTES

    assert server.sent == [b'{"a": 1}', b"{}"]
    assert server.asked[0][2]["X-Signature"] == "s"


def test_what_is_posted_does_not_follow_a_redirect(server, the_loopback_is_public):
    server.pages["/hook"] = (307, "http://169.254.169.254/")

    assert post(f"{server.address}/hook", b"{}", {}).status == 307
    assert len(server.asked) == 1


def test_a_header_cannot_be_smuggled_in(server, the_loopback_is_public):
    with pytest.raises((Forbidden, Unreachable, ValueError)):
        post(f"{server.address}/hook", b"{}", {"X-Name": "a\r\nHost: inside"})
    assert server.asked == []
