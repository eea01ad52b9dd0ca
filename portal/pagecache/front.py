"""The application's front: answers kept pages, and keeps those that may be kept.

What is asked of Django on behalf of the store is not the visitor's request but
one made anew from its address: no cookie, no language, no condition, no
forwarded header. So a kept page cannot hold anything of whoever came first.
"""

import gzip
import hashlib
import json
import re
import threading
import time
from collections import OrderedDict
from io import BytesIO
from urllib.parse import parse_qsl, urlencode

import brotli
from redis.exceptions import RedisError

from portal.pagecache.marking import FRESH_UNTIL, known_parameters

# A visitor with one of these is somebody: an organizer, or someone with a message waiting.
COOKIES_OF_SOMEBODY = ("sessionid", "messages")
LONGEST_QUERY = 200
PAGES_IN_MEMORY = 400
REFUSALS_IN_MEMORY = 2000
# Addresses that no view ever marks: asking for them on nobody's behalf first would be work done twice.
NEVER_KEPT = re.compile(r"^/(?:admin|media|static)/|^/[a-z-]+/(?:my|preview)/")

# What the remade request takes over from the visitor's.
TAKEN_OVER = ("PATH_INFO", "SCRIPT_NAME", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST")
# WeChat's browser blocks downloads and gets a page of its own for them.
WECHAT = "MicroMessenger"


class Page:
    """A kept answer: its headers, its validator, its bytes in each coding, and how long it holds."""

    def __init__(self, headers, bodies, etag, fresh_until):
        self.headers, self.bodies, self.etag, self.fresh_until = headers, bodies, etag, fresh_until

    @classmethod
    def of(cls, headers, body, fresh_until):
        bodies = {"identity": body}
        if len(body) > 500:
            bodies["gzip"] = gzip.compress(body, 6, mtime=0)
            bodies["br"] = brotli.compress(body, quality=5)
        return cls(headers, bodies, hashlib.sha256(body).hexdigest()[:20], fresh_until)

    def to_bytes(self):
        """One line of JSON with the lengths of the bodies, then the bodies."""
        head = {
            "headers": self.headers,
            "etag": self.etag,
            "fresh_until": self.fresh_until,
            "bodies": [(coding, len(body)) for coding, body in self.bodies.items()],
        }
        return json.dumps(head).encode() + b"\n" + b"".join(self.bodies.values())

    @classmethod
    def from_bytes(cls, kept):
        line, _newline, rest = kept.partition(b"\n")
        head = json.loads(line)
        bodies = {}
        for coding, length in head["bodies"]:
            bodies[coding], rest = rest[:length], rest[length:]
        return cls([tuple(pair) for pair in head["headers"]], bodies, head["etag"], head["fresh_until"])

    def answer(self, environ, start_response):
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        coding = next((name for name in ("br", "gzip") if name in self.bodies and name in accepted), "identity")
        etag = f'W/"{self.etag}"'
        headers = [*self.headers, ("ETag", etag), ("Vary", "Accept-Encoding")]
        if self._is_known(etag, environ):
            start_response("304 Not Modified", headers)
            return [b""]
        body = self.bodies[coding]
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        headers.append(("Content-Length", str(len(body))))
        start_response("200 OK", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _is_known(self, etag, environ):
        """Whether the visitor has this very answer: by its validator, or, without one, by the day it last changed."""
        if "HTTP_IF_NONE_MATCH" in environ:
            return etag in environ["HTTP_IF_NONE_MATCH"]
        changed = dict(self.headers).get("Last-Modified")
        return changed is not None and environ.get("HTTP_IF_MODIFIED_SINCE") == changed


class PageCache:
    """WSGI application in front of `app`, keeping the public pages of its release in `store`."""

    def __init__(self, app, store, release=""):
        self.app, self.store, self.release = app, store, release
        self.memory = OrderedDict()
        self.refused = OrderedDict()
        self.memory_lock = threading.Lock()

    def __call__(self, environ, start_response):
        key = key_of(environ)
        if key is None:
            return self.app(environ, without_mark(start_response))
        key = f"{self.release}\n{key}"
        try:
            page = self._find(key) or self._render_in_turn(key, environ)
        except (RedisError, OSError):
            # The store is down or its disk is full: the site goes on without it.
            page = None
        if isinstance(page, Page):
            return page.answer(environ, start_response)
        return self.app(environ, without_mark(start_response))

    def _find(self, key):
        """Return the page kept under the key if it is of this generation and still fresh."""
        generation, now = self.store.generation(), time.time()
        known = self.memory.get(key)
        if known and known[0] == generation and now < known[1].fresh_until:
            return known[1]
        kept = self.store.get(generation, key)
        if kept is None:
            return None
        page = Page.from_bytes(kept)
        if now >= page.fresh_until:
            return None
        self._remember(generation, key, page)
        return page

    def _remember(self, generation, key, page):
        with self.memory_lock:
            self.memory[key] = (generation, page)
            self.memory.move_to_end(key)
            while len(self.memory) > PAGES_IN_MEMORY:
                self.memory.popitem(last=False)

    def _render_in_turn(self, key, environ):
        """Render and keep the page, unless another worker did while we waited. None where it cannot be kept."""
        if self.refused.get(key) == self.store.generation():
            return None
        with self.store.turn(key):
            page = self._find(key)
            if page is not None:
                return page
            generation = self.store.generation()  # before rendering: what is saved meanwhile makes this page old
            page = render(self.app, environ)
            if page is not None:
                self.store.put(generation, key, page.to_bytes(), page.fresh_until - time.time())
                self._remember(generation, key, page)
            else:
                self._refuse(generation, key)
            return page

    def _refuse(self, generation, key):
        """Note that a page cannot be kept in this generation, so that Django is not asked twice for it again."""
        with self.memory_lock:
            self.refused[key] = generation
            while len(self.refused) > REFUSALS_IN_MEMORY:
                self.refused.popitem(last=False)


def key_of(environ):
    """Return the name under which the answer to a request may be kept, or None where it never may."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or NEVER_KEPT.match(environ["PATH_INFO"]):
        return None
    cookies = environ.get("HTTP_COOKIE", "")
    if any(f"{name}=" in cookies for name in COOKIES_OF_SOMEBODY):
        return None
    query = environ.get("QUERY_STRING", "")
    if query:
        if len(query) > LONGEST_QUERY:
            return None
        asked = sorted(parse_qsl(query, keep_blank_values=True))
        if not known_parameters.issuperset(name for name, _value in asked):
            return None
        query = urlencode(asked)
    in_wechat = "wechat" if WECHAT in environ.get("HTTP_USER_AGENT", "") else ""
    host = environ.get("HTTP_HOST", "")
    return "\n".join((scheme_of(environ), host, environ["PATH_INFO"], query, in_wechat))


def without_mark(start_response):
    """Return a `start_response` that drops the view's mark, which means nothing to a visitor."""

    def start(status, headers, exc_info=None):
        kept = [(name, value) for name, value in headers if name != FRESH_UNTIL]
        return start_response(status, kept, exc_info)

    return start


def scheme_of(environ):
    """Return http or https: what the server saw, or what the proxy says, which Django believes only where told to."""
    return "https" if environ.get("HTTP_X_FORWARDED_PROTO") == "https" else environ["wsgi.url_scheme"]


def render(app, environ):
    """Ask the application for a page on nobody's behalf; return it, or None where it may not be kept."""
    remade = {name: environ[name] for name in TAKEN_OVER if name in environ}
    remade |= {name: value for name, value in environ.items() if name.startswith("wsgi.") and name != "wsgi.input"}
    remade |= {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": environ.get("QUERY_STRING", ""),
        "HTTP_USER_AGENT": WECHAT if WECHAT in environ.get("HTTP_USER_AGENT", "") else "",
        "HTTP_X_FORWARDED_PROTO": scheme_of(environ),
        "wsgi.input": BytesIO(),
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

    Whatever sets a cookie or varies by one is refused, marked or not.
    """
    names = {name.lower(): value for name, value in headers}
    if not status.startswith("200") or FRESH_UNTIL.lower() not in names or "set-cookie" in names:
        return None
    if "cookie" in names.get("vary", "").lower() or names.get("content-encoding"):
        return None
    dropped = {FRESH_UNTIL.lower(), "vary", "content-length", "etag"}
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    return Page.of(kept, body, float(names[FRESH_UNTIL.lower()]))
