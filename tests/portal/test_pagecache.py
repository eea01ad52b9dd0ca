"""Kept pages: the same for everybody, gone with the next save, and never anybody's own."""

import threading
import time
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from portal import registering
from portal.models import Article
from portal.pagecache import forgetting, known, page, stores
from portal.pagecache.front import PageCache, key_of
from portal.pagecache.marking import FRESH_UNTIL, NOBODYS, is_public, public_page
from portal.pagecache.memory import Memory
from portal.pagecache.moments import next_change
from portal.pagecache.page import CACHE_CONTROL, Page
from portal.pagecache.stores import FileStore
from tests.conftest import really_current
from tests.make import a_conference, a_desk, a_registration, an_article


def visit(front, path="/en/", query="", method="GET", **headers):
    """Ask the front like a server would; return status, headers by lower-case name, and body."""
    environ = RequestFactory().generic(method, path, QUERY_STRING=query).environ | headers
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer.update(status=status, headers={name.lower(): value for name, value in headers})

    body = b"".join(front(environ, start_response))
    return answer["status"], answer["headers"], body


class App:
    """A WSGI application that counts how often it is asked and remembers what it was told."""

    def __init__(self, *headers, status="200 OK", slow=0):
        self.headers, self.status, self.slow, self.asked = list(headers), status, slow, []

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        time.sleep(self.slow)
        start_response(self.status, [("Content-Type", "text/html"), *self.headers])
        return [b"page %d " % len(self.asked) * 100]


CACHING = ("Cache-Control", CACHE_CONTROL)


def fresh(seconds=60):
    return (FRESH_UNTIL, str(time.time() + seconds))


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path)


def test_a_marked_page_is_rendered_once_and_answered_without_the_application(store):
    app = App(fresh())
    front = PageCache(app, store)

    bodies = [visit(front)[2] for _visit in range(3)]

    assert len(app.asked) == 1
    assert set(bodies) == {b"page 1 " * 100}


def test_another_worker_finds_the_page_in_the_store(store):
    visit(PageCache(App(fresh()), store))
    other = App(fresh())

    visit(PageCache(other, store))

    assert other.asked == []


def test_a_worker_of_another_release_finds_no_page_of_this_one(store):
    visit(PageCache(App(fresh()), store, release="old"))
    upgraded = App(fresh())

    visit(PageCache(upgraded, store, release="new"))

    assert len(upgraded.asked) == 1


def test_a_page_that_no_view_marked_is_never_kept(store):
    app = App()
    front = PageCache(app, store)

    assert visit(front)[2] != visit(front)[2]


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=b"),
        ("Vary", "Cookie"),
        ("Vary", "Accept-Encoding, Accept-Language"),
        ("Cache-Control", "private, max-age=0"),
        ("Cache-Control", "no-store"),
    ],
)
def test_what_is_somebodys_is_refused_even_where_it_is_marked(store, header):
    app = App(fresh(), header)
    front = PageCache(app, store)

    assert visit(front)[2] != visit(front)[2]


def test_a_page_with_a_form_to_send_is_refused_even_where_it_is_marked(store):
    class Form(App):
        def __call__(self, environ, start_response):
            return [*super().__call__(environ, start_response), b"<form class=a\n  method='post'>"]

    front = PageCache(Form(fresh()), store)

    assert visit(front)[2] != visit(front)[2]


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "302 Found"])
def test_only_successes_are_kept(store, status):
    front = PageCache(App(fresh(), status=status), store)

    assert visit(front)[2] != visit(front)[2]


def test_somebody_signed_in_is_never_answered_from_the_store(store):
    app = App(fresh())
    front = PageCache(app, store)
    visit(front)

    visit(front, HTTP_COOKIE="sessionid=abc")

    assert app.asked[-1]["HTTP_COOKIE"] == "sessionid=abc"


def test_the_application_learns_nothing_of_the_visitor_whose_page_is_kept(store):
    app = App(fresh())

    visit(
        PageCache(app, store),
        HTTP_COOKIE="csrftoken=secret",
        HTTP_ACCEPT_LANGUAGE="fr",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_FORWARDED_FOR="10.0.0.1",
        HTTP_USER_AGENT="Curious/1.0",
        HTTP_IF_NONE_MATCH="*",
    )

    told = {name: value for name, value in app.asked[0].items() if name.startswith("HTTP_")}
    assert told == {"HTTP_USER_AGENT": "", "HTTP_X_FORWARDED_PROTO": "http"}


def test_hosts_and_schemes_do_not_share_pages(store):
    front = PageCache(App(fresh()), store)

    bodies = {
        visit(front, **headers)[2] for headers in ({}, {"HTTP_HOST": "b.example"}, {"HTTP_X_FORWARDED_PROTO": "https"})
    }

    assert len(bodies) == 3


def test_what_chat_groups_hang_on_a_link_makes_no_other_page(store):
    app = App(fresh())
    front = PageCache(app, store)
    visit(front)

    visit(front, query="from=groupmessage&isappinstalled=0"), visit(front, query="utm_source=chat&scene=1")

    assert [environ["QUERY_STRING"] for environ in app.asked] == [""]


def test_parameters_that_no_public_page_reads_go_past_the_store(store):
    app = App(fresh())
    front = PageCache(app, store)

    visit(front, query="next=/admin/"), visit(front, query="next=/admin/")

    assert len(app.asked) == 2


def test_django_is_not_asked_twice_for_what_no_view_marks(store):
    app = App()
    front = PageCache(app, store, is_public=is_public)

    visit(front, "/en/search/"), visit(front, "/en/no-such-page/"), visit(front, "/en/", query="year=2023")

    assert len(app.asked) == 3


def test_the_order_of_known_parameters_does_not_matter():
    public_page("year", "city")(lambda request: None)
    one = RequestFactory().get("/en/?year=2023&city=chengdu").environ
    other = RequestFactory().get("/en/?city=chengdu&year=2023").environ

    assert key_of(one) == key_of(other) is not None


def test_a_page_told_to_lie_below_another_address_is_not_kept():
    environ = RequestFactory().get("/en/").environ | {"SCRIPT_NAME": "/evil"}

    assert key_of(environ) is None


def test_forms_and_personal_pages_are_not_even_looked_up():
    for path in ("/admin/", "/en/my/r.1.1.abc/", "/zh-hans/preview/abc/"):
        assert key_of(RequestFactory().get(path).environ) is None
    assert key_of(RequestFactory().post("/en/").environ) is None


def test_a_page_is_compressed_once_and_a_known_one_is_not_sent_again(store):
    front = PageCache(App(fresh()), store)
    status, headers, body = visit(front, HTTP_ACCEPT_ENCODING="gzip, br")
    assert headers["content-encoding"] == "br" and len(body) < 100
    assert headers["vary"] == "Accept-Encoding"

    status, _headers, body = visit(front, HTTP_IF_NONE_MATCH=headers["etag"])

    assert status == "304 Not Modified" and body == b""


def test_a_coding_that_is_refused_is_not_sent_and_plain_text_is_always_there(store):
    front = PageCache(App(fresh()), store)

    codings = {
        accepted: visit(front, HTTP_ACCEPT_ENCODING=accepted)[1].get("content-encoding")
        for accepted in ("br", "gzip", "br;q=0, gzip", "br;q=0,gzip;q=0.0", "br;q=0.5", "deflate", "")
    }

    assert list(codings.values()) == ["br", "gzip", "gzip", None, "br", None, None]
    assert visit(front)[2] == b"page 1 " * 100


def test_a_cdn_keeps_a_page_no_longer_than_it_holds(store):
    lasting, short = (
        PageCache(App(fresh(s), CACHING), FileStore(store.folder / str(s)), shared_seconds=60) for s in (600, 9)
    )

    assert visit(lasting)[1]["cache-control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert visit(short)[1]["cache-control"] in {f"public, max-age=0, s-maxage={s}, must-revalidate" for s in (8, 9)}


def test_a_page_that_is_another_in_wechat_says_so_to_caches_further_out(store):
    front = PageCache(App(fresh(), ("Vary", "User-Agent")), store)

    assert visit(front)[1]["vary"] == "Accept-Encoding, User-Agent"
    assert visit(front)[2] != visit(front, HTTP_USER_AGENT="MicroMessenger/8")[2]


def test_head_says_how_long_the_page_is_and_sends_none(store):
    _status, headers, body = visit(PageCache(App(fresh()), store), method="HEAD")

    assert headers["content-length"] == "700" and body == b""


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_mark_itself_never_leaves(store, method):
    front = PageCache(App(fresh()), store)

    assert FRESH_UNTIL.lower() not in visit(front, method=method)[1]


def test_a_page_whose_time_is_up_is_rendered_anew(store):
    front = PageCache(App(fresh(seconds=-1)), store)

    assert visit(front)[2] != visit(front)[2]


def test_a_page_made_while_the_clock_had_gone_ahead_is_rendered_anew(store, monkeypatch):
    app, now = App(fresh(seconds=4000)), time.time()
    front = PageCache(app, store)
    monkeypatch.setattr(page.time, "time", lambda: now + 3600)
    visit(front)

    monkeypatch.setattr(page.time, "time", lambda: now)
    visit(front), visit(front)
    visit(PageCache(app, store))

    assert len(app.asked) == 2


def test_a_stampede_is_rendered_once(store):
    app = App(fresh(), slow=0.2)
    front = PageCache(app, store)
    visitors = [threading.Thread(target=visit, args=(front,)) for _visitor in range(20)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()

    assert len(app.asked) == 1


def test_what_is_saved_while_a_page_is_rendered_makes_that_page_old(store):
    class Saving(App):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            if len(self.asked) == 1:
                store.begin_generation()
            return answer

    front = PageCache(Saving(fresh()), store)
    visit(front)

    assert b"page 2" in visit(front)[2]


def test_without_room_on_the_disk_the_site_goes_on(store, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "put", full)
    app = App(fresh())

    assert visit(PageCache(app, store))[0] == "200 OK"


def asked_by_the_front(address, nobodys=False, **cookies):
    request = RequestFactory().get(address, **({NOBODYS: True} if nobodys else {}))
    request.COOKIES |= cookies
    return request


def test_a_view_marks_only_pages_that_its_parameters_explain_and_only_for_nobody(db):
    view = public_page("page")(lambda request: HttpResponse("text"))

    assert FRESH_UNTIL in view(asked_by_the_front("/en/?page=2", nobodys=True))
    assert FRESH_UNTIL not in view(asked_by_the_front("/en/?q=wish", nobodys=True))
    assert FRESH_UNTIL not in view(asked_by_the_front("/en/?page=2"))


def test_a_page_that_was_begun_before_a_change_by_the_clock_is_not_kept_beyond_it(db):
    soon = an_article(published_at=timezone.now() + timedelta(seconds=0.2)).published_at

    @public_page()
    def slow(request):
        time.sleep(0.3)
        return HttpResponse("text")

    assert float(slow(asked_by_the_front("/en/", nobodys=True))[FRESH_UNTIL]) == soon.timestamp()


@pytest.mark.parametrize("cookie", ["sessionid", "__Host-sessionid", "messages"])
def test_what_an_organizer_sees_is_told_to_be_private(db, cookie):
    view = public_page()(lambda request: HttpResponse("text"))

    assert view(asked_by_the_front("/en/"))["Cache-Control"] == CACHE_CONTROL
    assert "private" in view(asked_by_the_front("/en/", **{cookie: "a"}))["Cache-Control"]


def a_page(size=100):
    return Page([], {"identity": b"x" * size}, "name", time.time() + 60)


def test_a_worker_remembers_as_many_pages_as_its_bytes_allow():
    memory = Memory(most_bytes=250)
    for name in "abc":
        memory.keep("today", name, a_page())

    assert [bool(memory.find("today", name)) for name in "abc"] == [False, True, True]
    assert memory.find("yesterday", "c") is None


def test_a_full_shelf_is_cleared_and_the_others_stay(store, monkeypatch):
    monkeypatch.setattr(stores, "PAGES_ON_A_SHELF", 3)
    generation = store.generation()
    for number in range(1000):
        store.put(generation, f"page {number}", b"page", 60)

    there = sum(store.get(generation, f"page {number}") is not None for number in range(1000))
    assert 256 < there <= 3 * 256
    assert store.generation() == generation


@pytest.fixture
def kept(settings, tmp_path):
    """Settings that keep pages in a folder; returns its store."""
    settings.PAGE_CACHE = str(tmp_path)
    stores.store.cache_clear()
    yield stores.store()
    stores.store.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_public_content_begins_a_new_generation_and_a_registration_does_not(kept):
    article, desk = an_article(), a_desk()

    def changes(do):
        before = kept.generation()
        do()
        return kept.generation() != before

    assert changes(article.save)
    assert changes(lambda: type(article).objects.update(kind="news"))
    assert changes(lambda: Article.objects.bulk_create([Article(slug="many", title_en="Many", dated=article.dated)]))
    assert changes(article.delete)
    assert not changes(lambda: a_registration(desk))
    assert not changes(lambda: desk.registrations.update(name="Hong"))
    assert forgetting.store() is kept


@pytest.mark.django_db(transaction=True)
def test_what_a_desk_asks_is_known_until_it_changes_and_its_free_seats_are_read_each_time(kept, client, monkeypatch):
    monkeypatch.setattr(known, "current", really_current)
    desk = a_desk(2)
    address = f"/en/meetups/{desk.occasion.slug}/register/"
    assert "2 seats left" in client.get(address).content.decode()
    before = kept.generation()

    registering.confirm(a_registration(desk))
    assert kept.generation() == before
    assert "1 seat left" in client.get(address).content.decode()

    desk.refresh_from_db()
    desk.asks_phone = "required"
    desk.save()
    assert "Phone" in client.get(address).content.decode()


def test_the_next_change_is_the_nearest_moment_at_which_a_page_changes_by_itself(db):
    now = timezone.now().replace(hour=4, minute=0)
    assert next_change(now) == now + timedelta(hours=1)

    a_conference(starts_at=now + timedelta(minutes=50), ends_at=now + timedelta(days=2))
    assert next_change(now) == now + timedelta(minutes=50)

    an_article(published_at=now + timedelta(minutes=20))
    assert next_change(now) == now + timedelta(minutes=20)
