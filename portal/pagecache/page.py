"""A kept answer: its headers, its validator, its bytes in each coding, and how long it holds."""

import gzip
import hashlib
import json
import re
import time

import brotli

# Shorter answers fit into one packet anyway.
WORTH_COMPRESSING = 500
REFUSED_CODING = re.compile(r"\b(br|gzip)\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
# What a view says of a page that it leaves to us; a view with words of its own keeps them.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


class Page:
    """`vary` names the headers besides the coding by which the front keeps answers apart (for caches further out).

    What compresses is kept compressed only; the rare visitor who wants it plain has it unpacked.
    """

    def __init__(self, headers, bodies, etag, fresh_until, vary=(), made_at=0):
        self.headers, self.bodies, self.etag, self.fresh_until = headers, bodies, f'W/"{etag}"', fresh_until
        self.vary, self.made_at, self.size = vary, made_at, sum(map(len, bodies.values()))
        self.name = etag
        self.head = [*headers, ("ETag", self.etag), ("Vary", ", ".join(("Accept-Encoding", *vary)))]

    @classmethod
    def of(cls, headers, body, fresh_until, vary=()):
        """Return the Page of an answer, compressed once and for all."""
        bodies = {"identity": body}
        if len(body) > WORTH_COMPRESSING:
            bodies = {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0)}
        return cls(headers, bodies, hashlib.sha256(body).hexdigest()[:20], fresh_until, vary, int(time.time()))

    def holds(self, now):
        """Return whether it may be answered; not what was made later than now, when the clock had gone ahead."""
        return self.made_at <= now < self.fresh_until

    def to_bytes(self):
        """One line of JSON with the lengths of the bodies, then the bodies."""
        head = {
            "headers": self.headers,
            "etag": self.name,
            "fresh_until": self.fresh_until,
            "vary": self.vary,
            "made_at": self.made_at,
            "bodies": [(coding, len(body)) for coding, body in self.bodies.items()],
        }
        return json.dumps(head).encode() + b"\n" + b"".join(self.bodies.values())

    @classmethod
    def from_bytes(cls, kept):
        """Return the Page that `to_bytes()` wrote; raises ValueError for what it did not write whole."""
        line, _newline, rest = kept.partition(b"\n")
        head = json.loads(line)
        bodies = {}
        for coding, length in head["bodies"]:
            bodies[coding], rest = rest[:length], rest[length:]
            if len(bodies[coding]) != length:
                raise ValueError("a kept page is cut off")
        headers = [tuple(pair) for pair in head["headers"]]
        return cls(headers, bodies, head["etag"], head["fresh_until"], tuple(head["vary"]), head["made_at"])

    def body(self, coding):
        """Return the bytes in a coding; "identity" is always there."""
        if coding == "identity" and "gzip" in self.bodies:
            return gzip.decompress(self.bodies["gzip"])
        return self.bodies[coding]

    def answer(self, environ, start_response, shared_seconds=0):
        """Answer a request as a WSGI application does; `shared_seconds` is how long a CDN may do so by itself."""
        headers = [*self.head]
        if shared_seconds:
            headers = [self._shared(pair, shared_seconds) for pair in headers]
        if self._is_known(environ):
            start_response("304 Not Modified", headers)
            return [b""]
        coding = self._coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = self.body(coding)
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        headers.append(("Content-Length", str(len(body))))
        start_response("200 OK", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _coding(self, accepted):
        refused = REFUSED_CODING.findall(accepted) if "q=0" in accepted else ()
        for coding in ("br", "gzip"):
            if coding in accepted and coding in self.bodies and coding not in refused:
                return coding
        return "identity"

    def _is_known(self, environ):
        """Whether the visitor has this very answer, by its validator; when it last changed, no answer of ours says."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        return known is not None and (self.etag in known or known.strip() == "*")

    def _shared(self, pair, seconds):
        """Let a CDN keep the page, but never beyond the moment at which it changes by itself."""
        if pair != ("Cache-Control", CACHE_CONTROL):
            return pair
        shared = max(0, min(seconds, int(self.fresh_until - time.time())))
        return ("Cache-Control", f"public, max-age=0, s-maxage={shared}, must-revalidate")
