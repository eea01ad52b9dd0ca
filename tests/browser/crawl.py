"""A walk over every page of the demo that a visitor can reach, in both languages, over plain HTTP."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from zlib import crc32

import lxml.html
import requests

from tests.page_types import LANGUAGES, PAGE_TYPES, path_of

AT_ONCE = 4
STARTS = [
    *("/", "/sitemap.xml", "/robots.txt"),
    *(path_of(page_type, language) for page_type in PAGE_TYPES for language in LANGUAGES),
]
# What a page loads by itself, as against what it links to.
RESOURCES = (
    "//img/@src | //script/@src | //source/@src | //video/@src | //audio/@src | //iframe/@src | //object/@data"
    " | //link[contains('stylesheet icon preload modulepreload manifest apple-touch-icon', @rel)]/@href"
)
RESOURCE_SETS = "//img/@srcset | //source/@srcset"
LINKS = "//a/@href | //area/@href | //link[@rel='canonical' or @rel='alternate']/@href | //form[@method='get']/@action"


@dataclass
class Fetched:
    """One answer. `hops` holds the addresses it was redirected from; `found_on` is the first page that named it."""

    path: str
    status: int
    content_type: str
    found_on: str
    hops: list = field(default_factory=list)
    html: str = ""
    links: list = field(default_factory=list)
    resources: list = field(default_factory=list)

    @property
    def is_page(self):
        return self.content_type == "text/html"

    @property
    def language(self):
        """The language that the address promises, or None."""
        first = self.path.split("/")[1]
        return first if first in LANGUAGES else None

    def document(self):
        return lxml.html.document_fromstring(self.html)


@dataclass
class Crawl:
    url: str
    fetched: list

    @property
    def pages(self):
        """The pages in a language that answered 200, once each."""
        return [one for one in self.fetched if one.is_page and one.status == 200 and one.language and not one.hops]

    def save(self, path):
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def load(cls, path):
        kept = json.loads(path.read_text())
        return cls(kept["url"], [Fetched(**one) for one in kept["fetched"]])


def crawl_site(url):
    """Fetch everything within reach of `url`; return a Crawl.

    Filters are links that combine without end: what is behind a page with a
    query is followed only where the link has no query itself. Of the posters,
    which take longer to draw than all pages together, an eighth is asked for.
    """
    seen, fetched = set(STARTS), []
    with requests.Session() as session, ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [(path, "the start") for path in STARTS]
        while waiting:
            answers = list(pool.map(lambda one: fetch(session, url, *one), waiting))
            fetched += answers
            waiting = []
            for answer in answers:
                for path in [*answer.links, *answer.resources]:
                    if path.startswith("/") and path not in seen and not ("?" in answer.path and "?" in path):
                        seen.add(path)
                        if not is_left_out(path, answer.path):
                            waiting.append((path, answer.path))
    return Crawl(url, fetched)


def is_left_out(path, found_on):
    """Return whether a poster is on one of seven of eight pages; which ones, is the same in every run."""
    return path.startswith("/posters/") and path.endswith(".png") and crc32(found_on.encode()) % 8 > 0


def fetch(session, url, path, found_on):
    response = session.get(url + path, timeout=60)
    hops = [urlsplit(hop.url).path for hop in response.history]
    content_type = response.headers.get("Content-Type", "").split(";")[0]
    answer = Fetched(path, response.status_code, content_type, found_on, hops)
    if answer.is_page:
        answer.html = response.text
        read(answer, url, response.url)
    return answer


def read(answer, url, base):
    """Fill in what a page links to and loads: a path for what is ours, a full address for what is not."""
    document = answer.document()
    resources = document.xpath(RESOURCES)
    for candidates in document.xpath(RESOURCE_SETS):
        resources += [candidate.split()[0] for candidate in candidates.split(",") if candidate.strip()]
    answer.links = sorted({ours(link, url, base) for link in document.xpath(LINKS)} - {None})
    answer.resources = sorted({ours(resource, url, base) for resource in resources} - {None})


def ours(link, url, base):
    """Return the path of a link into the site, the whole address of one that leaves it, None for mailto: and data:."""
    target, _ = urldefrag(urljoin(base, link.strip()))
    if urlsplit(target).scheme not in {"http", "https"}:
        return None
    return unquote(target.removeprefix(url)) if target.startswith(url + "/") else target
