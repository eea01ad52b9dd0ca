"""Dead links are found weekly and politely, and nobody reaches by them what only this machine can."""

import http.server
import socket
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from portal import link_checks, outbound
from portal.link_checks import check, dead_links, due, forget_unused, note
from portal.models import LinkCheck, OccasionLink
from portal.outbound import Answer, Forbidden, Unreachable, ask, is_public
from tests.make import a_chapter, a_link, a_meetup
from tests.organizers import a_lead

PRIVATE = [
    *("127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
]


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.command, self.path))
        status, location = self.server.pages.get(self.path, (404, None))
        if self.command == "HEAD" and self.path == "/no-head":
            status = 405
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    """A web server on the loopback."""
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    served.pages, served.asked = {"/": (200, None), "/no-head": (200, None)}, []
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


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "https:///nothing", "http://[::1"),
        *("https://ming:secret@example.org/", "http://example.org:22/", "http://example.org:6379/"),
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://0/"),
    ],
)
def test_what_is_no_public_web_page_is_never_asked(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *target: pytest.fail(f"connected to {target}"))

    with pytest.raises((Forbidden, Unreachable)):
        ask(url)


def test_a_name_with_one_private_address_among_public_ones_is_not_asked(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: found)

    with pytest.raises(Forbidden, match=r"10\.0\.0\.1, which is not public"):
        ask("http://rebind.example/")


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    """A name that resolves to another address the second time leads nowhere else."""
    answers = iter(["8.8.8.8", "127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: [(2, 1, 6, "", (next(answers), 80))])
    reached = []

    def connect(target, *rest):
        reached.append(target)
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unreachable):
        ask("http://rebind.example/")

    assert reached == [("8.8.8.8", 80)]


def test_a_redirect_to_a_private_address_is_not_followed(server, the_loopback_is_public):
    server.pages["/out"] = (302, "http://169.254.169.254/latest/meta-data/")

    with pytest.raises(Forbidden):
        ask(f"{server.address}/out")


def test_redirects_are_followed_and_end(server, the_loopback_is_public):
    server.pages |= {"/old": (301, "/new"), "/new": (200, None), "/loop": (302, "/loop")}

    assert ask(f"{server.address}/old") == Answer(200, f"{server.address}/new")
    with pytest.raises(Unreachable, match="without end"):
        ask(f"{server.address}/loop")


def test_a_server_that_does_not_know_head_is_asked_again(server, the_loopback_is_public):
    assert ask(f"{server.address}/no-head").status == 200
    assert server.asked == [("HEAD", "/no-head"), ("GET", "/no-head")]


@pytest.mark.django_db
def test_a_link_is_first_looked_at_a_week_after_it_came_and_then_weekly():
    a_link(a_meetup(), url="https://shown.example/")
    a_link(a_meetup(published_at=None), url="https://draft.example/")
    now = timezone.now()

    assert due(now) == []
    assert due(now + timedelta(days=8)) == ["https://shown.example/"]

    note("https://shown.example/", 200, "")
    assert due(now + timedelta(days=6)) == []
    assert due(now + timedelta(days=8)) == ["https://shown.example/"]


@pytest.mark.django_db
def test_one_host_is_not_asked_twice_without_a_rest(monkeypatch):
    monkeypatch.setattr(link_checks, "ask", lambda url: Answer(200, url))
    rests = []

    list(check(["https://a.example/1", "https://b.example/", "https://a.example/2"], rest=rests.append))

    assert len(rests) == 1 and 0 < rests[0] <= link_checks.SECONDS_BETWEEN


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "finding"), [(200, ""), (404, "answers 404"), (403, ""), (500, "answers 500")])
def test_what_an_answer_means(monkeypatch, status, finding):
    monkeypatch.setattr(link_checks, "ask", lambda url: Answer(status, url))

    [row] = check(["https://a.example/"])

    assert (row.status, row.finding, bool(row.failing_since)) == (status, finding, bool(finding))


@pytest.mark.django_db
def test_a_link_is_dead_when_it_still_fails_days_later_and_is_told_to_whoever_may_mend_it():
    chapter = a_chapter()
    link = a_link(a_meetup(chapters=[chapter]), url="https://gone.example/")
    lead, stranger = a_lead(chapter), a_lead(a_chapter())
    row = note(link.url, None, "the name is not known")
    assert dead_links(lead) == []

    LinkCheck.objects.update(failing_since=timezone.now() - timedelta(days=7))
    row = note(link.url, None, "the name is not known")

    assert dead_links(lead) == [(link, row)]
    assert dead_links(stranger) == []

    note(link.url, 200, "")
    assert dead_links(lead) == []


@pytest.mark.django_db
def test_what_nobody_links_to_any_more_is_forgotten():
    link = a_link(a_meetup(), url="https://gone.example/")
    note(link.url, 404, "answers 404")

    OccasionLink.objects.all().delete()
    forget_unused()

    assert not LinkCheck.objects.exists()
