"""The application's front: answers kept pages, and keeps those that may be kept.

What is asked of Django on behalf of the store is not the visitor's request but
one made anew from its address: no cookie, no language, no condition, no
forwarded header. So a kept page cannot hold anything of whoever came first.
"""

import re
import time
from io import BytesIO
from urllib.parse import parse_qsl, urlencode

from portal.pagecache.marking import COOKIES_OF_SOMEBODY, FRESH_UNTIL, NOBODYS, known_parameters
from portal.pagecache.memory import Memory
from portal.pagecache.page import Page

LONGEST_QUERY = 200
# Addresses that no view ever marks: nothing more needs to be looked at.
NEVER_KEPT = re.compile(r"^/(?:admin|media|static)/|^/[a-z-]+/(?:my|preview)/")
# What chat groups, mailings and search engines hang on a link; no page reads it, and it makes no other page.
HUNG_ON = re.compile(r"^(?:utm_\w+|from|isappinstalled|scene|clicktime|enterid|nsukey|\w*share_\w+|fbclid|gclid|spm)$")

# What the remade request takes over from the visitor's.
TAKEN_OVER = ("PATH_INFO", "SCRIPT_NAME", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST")
# WeChat's browser blocks downloads and gets a page of its own for them.
WECHAT = "MicroMessenger"
# By what an answer may vary: the coding, and whether it is read in WeChat, which the key tells.
MAY_VARY_BY = {"accept-encoding", "user-agent"}
POSTING_FORM = re.compile(rb"<form[^>]*\bmethod=[\"']?post", re.IGNORECASE)


class PageCache:
    """WSGI application in front of `app`, keeping the public pages of its release in `store`.

    `is_public(path, parameters)` says whether it is worth asking for a page on nobody's behalf;
    `shared_seconds` is how long a CDN may keep a page without asking.
    """

    def __init__(self, app, store, release="", is_public=lambda path, parameters: True, shared_seconds=0):
        self.app, self.store, self.release = app, store, release
        self.is_public, self.shared_seconds = is_public, shared_seconds
        self.memory = Memory()

    def __call__(self, environ, start_response):
        key = key_of(environ)
        if key is None:
            return self.app(environ, without_mark(start_response))
        try:
            page = self._find(key) or self._render_in_turn(key, environ)
        except OSError:
            # The store is down or its disk is full: the site goes on without it.
            page = None
        if page is None:
            return self.app(environ, without_mark(start_response))
        return page.answer(environ, start_response, self.shared_seconds)

    def _find(self, key):
        """Return the page kept under the key if it is of this generation and still fresh."""
        generation = self.store.generation()
        page = self.memory.find(generation, key)
        if page is None:
            kept = self.store.get(generation, self._name(key))
            if kept is None:
                return None
            page = Page.from_bytes(kept)
            self.memory.keep(generation, key, page)
        if not page.holds(time.time()):
            return None
        self._offer(generation, key, page)
        return page

    def _offer(self, generation, key, page):
        """Let a server in front answer with the page, where there is one."""
        if self.store.files is not None:
            self.store.files.offer(generation, key, page)

    def _render_in_turn(self, key, environ):
        """Render and keep the page, unless another worker did while we waited. None where it cannot be kept."""
        if self.memory.is_refused(self.store.generation(), key):
            return None
        query = key[3]
        if not self.is_public(environ["PATH_INFO"], [name for name, _value in parse_qsl(query, True)]):
            self.memory.refuse(self.store.generation(), key)
            return None
        with self.store.turn(self._name(key)):
            page = self._find(key)
            if page is not None:
                return page
            generation = self.store.generation()  # before rendering: what is saved meanwhile makes this page old
            page = render(self.app, environ, query)
            if page is None:
                self.memory.refuse(generation, key)
                return None
            self.memory.keep(generation, key, page)
            self.store.put(generation, self._name(key), page.to_bytes(), page.fresh_until - time.time())
            self._offer(generation, key, page)
            return page

    def _name(self, key):
        """Return what the key is called in the store."""
        return "\n".join((self.release, *key))


def key_of(environ):
    """Return the key under which the answer to a request may be kept, or None where it never may.

    A key is a tuple of scheme, host, path, query in order, and "wechat" or "".
    """
    path = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or NEVER_KEPT.match(path) or environ.get("SCRIPT_NAME"):
        return None
    cookies = environ.get("HTTP_COOKIE")
    if cookies and any(f"{name}=" in cookies for name in COOKIES_OF_SOMEBODY):
        return None
    query = environ.get("QUERY_STRING", "")
    if query:
        query = known_query(query)
        if query is None:
            return None
    in_wechat = "wechat" if WECHAT in environ.get("HTTP_USER_AGENT", "") else ""
    return (scheme_of(environ), environ.get("HTTP_HOST", ""), path, query, in_wechat)


def known_query(query):
    """Return a query string in one order and without what is hung on links; None where no public page reads it."""
    if len(query) > LONGEST_QUERY:
        return None
    asked = sorted(parse_qsl(query, keep_blank_values=True))
    asked = [(name, value) for name, value in asked if name in known_parameters or not HUNG_ON.match(name)]
    if not known_parameters.issuperset(name for name, _value in asked):
        return None
    return urlencode(asked)


def without_mark(start_response):
    """Return a `start_response` that drops the view's mark, which means nothing to a visitor."""

    def start(status, headers, exc_info=None):
        kept = [(name, value) for name, value in headers if name != FRESH_UNTIL]
        return start_response(status, kept, exc_info)

    return start


def scheme_of(environ):
    """Return http or https: what the server saw, or what the proxy says, which Django believes only where told to."""
    return "https" if environ.get("HTTP_X_FORWARDED_PROTO") == "https" else environ["wsgi.url_scheme"]


def render(app, environ, query):
    """Ask the application for a page on nobody's behalf; return it, or None where it may not be kept."""
    remade = {name: environ[name] for name in TAKEN_OVER if name in environ}
    remade |= {name: value for name, value in environ.items() if name.startswith("wsgi.") and name != "wsgi.input"}
    remade |= {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
        "HTTP_USER_AGENT": WECHAT if WECHAT in environ.get("HTTP_USER_AGENT", "") else "",
        "HTTP_X_FORWARDED_PROTO": scheme_of(environ),
        "wsgi.input": BytesIO(),
        NOBODYS: True,
    }
    started = {}

    def start_response(status, headers, exc_info=None):
        started.update(status=status, headers=headers)

    chunks = app(remade, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return keepable(started["status"], started["headers"], body)


def keepable(status, headers, body):
    """Return the Page of an answer that a view marked as the same for everybody, else None.

    Whatever sets a cookie, varies by more than the key tells, is private, or holds a form to send is refused,
    marked or not.
    """
    said = {name.lower(): value for name, value in headers}
    if not status.startswith("200") or FRESH_UNTIL.lower() not in said or "set-cookie" in said:
        return None
    varies = {name.strip().lower() for name in said.get("vary", "").split(",") if name.strip()}
    private = any(word in said.get("cache-control", "") for word in ("private", "no-store"))
    if private or varies - MAY_VARY_BY or said.get("content-encoding") or POSTING_FORM.search(body):
        return None
    dropped = {FRESH_UNTIL.lower(), "vary", "content-length", "etag"}
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    vary = ("User-Agent",) if "user-agent" in varies else ()
    return Page.of(kept, body, float(said[FRESH_UNTIL.lower()]), vary)
