"""How our Markdown differs from CommonMark: emphasis and bare addresses in Chinese text, headings, tables, pictures.

The parts that `portal.markdown` builds its parser from. Core rules read what
the caller wants from `state.env`.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

# `rel` of links that leave the site. What is published may come from a proposal or a sign-up: no gain for spammers.
AWAY = "nofollow ugc noopener"


def _is_wide(char):
    return unicodedata.east_asian_width(char) in "WF"


def _is_punctuation(char):
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


class ChineseState(StateInline):
    """Emphasis that Chinese punctuation does not break.

    CommonMark leaves `**开源。**社区` alone, since a closing run must not follow
    punctuation and precede a letter. Here full-width punctuation does not bar a
    run, and any full-width character beside a run lifts the bar on its other side.
    Source: https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md
    """

    def scanDelims(self, start, canSplitWord):
        length = super().scanDelims(start, canSplitWord).length
        end = start + length
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        opens = self._flanks(before, after)
        closes = self._flanks(after, before)
        if not canSplitWord:
            opens, closes = (
                opens and (not closes or _is_punctuation(before)),
                closes and (not opens or _is_punctuation(after)),
            )
        return Scanned(opens, closes, length)

    @staticmethod
    def _flanks(outside, inside):
        """Return whether a run between these two characters may begin an emphasis on the side of `inside`."""
        if isWhiteSpace(ord(inside)):
            return False
        barred = _is_punctuation(inside) and not _is_wide(inside)
        return not barred or isWhiteSpace(ord(outside)) or _is_punctuation(outside) or _is_wide(outside)


class ChineseInline(ParserInline):
    """The inline parser, over `ChineseState`."""

    def parse(self, src, md, env, tokens):
        state = ChineseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@dataclass(frozen=True)
class Address:
    """A bare address found in running text, in the shape that markdown-it's linkify rule reads."""

    schema: str
    url: str
    text: str
    index: int
    last_index: int


class BareAddresses:
    """Finds `https://…` and mail addresses in running text; stands in for linkify-it.

    linkify-it takes "，" and "。" for parts of an address, and does not see an
    address that follows a Chinese character without a space. A bare address is
    ASCII here, so it ends at the first Chinese character; one with Chinese in
    its path is written `<https://…>` or copied from the browser, which encodes it.
    Lengths are bounded, so that the search takes linear time.
    """

    PATTERN = re.compile(
        r"""(?<![A-Za-z0-9@._/+-])(?:
              (?P<web>(?:https?|HTTPS?)://[A-Za-z0-9\[][!#-;=?-\[\]_a-z~]{1,2000})
            | (?P<mail>[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9@])
        )""",
        re.VERBOSE,
    )

    def pretest(self, text):
        return "://" in text or "@" in text

    test = pretest

    def match(self, text):
        """Return the list of `Address` in the text, in order."""
        return [self._address(found) for found in self.PATTERN.finditer(text)]

    def _address(self, found):
        if found["mail"]:
            return Address("mailto:", f"mailto:{found['mail']}", found["mail"], found.start(), found.end())
        url = self._without_sentence_end(found["web"])
        return Address("https:", url, url, found.start(), found.start() + len(url))

    @staticmethod
    def _without_sentence_end(url):
        url = url.rstrip(".,;:!?'*_~")
        surplus = url.count(")") - url.count("(")
        while surplus > 0 and url.endswith(")"):
            url = url[:-1].rstrip(".,;:!?'*_~")
            surplus -= 1
        return url


def valid_link(url):
    """Return whether a link may lead there: the web, mail, or a place on this site."""
    scheme = re.match(r"\s*([^/?#]*):", url)
    return not scheme or scheme[1].lower() in {"http", "https", "mailto"}


def is_external(url):
    """Return whether the address is on another host than `settings.SITE_URL`."""
    if re.match(r"[/\\]{2}", url):
        return True
    host = urlsplit(url).netloc if url.lower().startswith(("http:", "https:")) else ""
    return bool(host) and host != urlsplit(settings.SITE_URL).netloc


def place_headings(state):
    """Number the heading levels that are used from `env["top"]` on, without gaps."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    rank = {tag: place for place, tag in enumerate(sorted({token.tag for token in headings}))}
    for token in headings:
        token.tag = f"h{min(state.env.get('top', 2) + rank[token.tag], 6)}"


def align_cells(state):
    """Say the alignment of table cells by a class: `align-right`, `align-center`; inline style is forbidden."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            side = token.attrs.pop("style").removeprefix("text-align:")
            if side != "left":
                token.attrSet("class", f"align-{side}")


def settle_links(state):
    """Mark links that leave the site; turn pictures that are not on it into links."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_settled(token.children))


def _settled(tokens):
    depth = 0
    for token in tokens:
        if token.type == "link_open":
            depth += 1
            if is_external(token.attrs["href"]):
                token.attrSet("rel", AWAY)
        elif token.type == "link_close":
            depth -= 1
        elif token.type == "image":
            path = token.attrs["src"].removeprefix(settings.SITE_URL)
            if not re.match(r"/[^/\\]", path):
                yield from _link_instead(token, inside_link=depth > 0)
                continue
            token.attrs |= {"src": path, "loading": "lazy"}
        yield token


def _link_instead(image, inside_link):
    address = image.attrs["src"]
    text = Token("text", "", 0, content=image.content or address)
    if inside_link:
        return [text]
    opening = Token("link_open", "a", 1, attrs={"href": address, "rel": AWAY})
    return [opening, text, Token("link_close", "a", -1)]
