"""Markdown as organizers write it, to HTML that is safe to show.

CommonMark with tables, ~~strikethrough~~, footnotes and bare addresses; a line
break is kept, as people who type into a form expect. Raw HTML is shown as the
text it is. What the parser makes passes through an allowlist once more (nh3),
so that a flaw in the one is caught by the other. Nothing in the result loads
from another host: a picture from elsewhere becomes a link.
"""

import re
from hashlib import sha256

import nh3
from django.utils.html import linebreaks
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from portal.markdown_rules import (
    BareAddresses,
    ChineseInline,
    align_cells,
    place_headings,
    settle_links,
    valid_link,
)

# Characters. Beyond it a text is shown as typed: hostile input costs time that grows faster than its length.
LONGEST = 60_000

TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "img", "ul", "ol", "li", "sup", "section"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title", "id", "class", "rel"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start", "class"},
    "li": {"id", "class"},
    **{tag: {"class"} for tag in ("code", "sup", "section", "hr", "th", "td")},
}
SAFE_CLASS = re.compile(
    r"language-[\w+#.-]{1,30}|align-(?:right|center)|footnote(?:s|-ref|-item|-backref|s-list|s-sep)"
)
SAFE_ID = re.compile(r"fn(?:ref)?-[0-9a-f]{8}-[\d:]+")


def _safe_attribute(tag, name, value):
    if name == "class":
        return value if SAFE_CLASS.fullmatch(value) else None
    if name == "id":
        return value if SAFE_ID.fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_safe_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def _make_parser():
    parser = MarkdownIt("commonmark")
    parser.inline = ChineseInline()
    parser.configure("commonmark", {"html": False, "linkify": True, "breaks": True, "xhtmlOut": False})
    parser.enable(["table", "strikethrough"])
    parser.core.ruler.enable("linkify")
    parser.use(footnote_plugin)
    parser.linkify = BareAddresses()
    parser.validateLink = valid_link
    for rule in (place_headings, align_cells, settle_links):
        parser.core.ruler.push(rule.__name__, rule)
    # Otherwise the first text compiles the rules, and another thread's finds some of them, or none.
    for ruler in (parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        ruler.getRules()
    return parser


_parser = _make_parser()


def render(text, *, top=2):
    """Return safe HTML for a Markdown text.

    `top` is the level of its highest heading, whichever that is in the source;
    the levels below follow without gaps.
    """
    if len(text) > LONGEST:
        return linebreaks(text, autoescape=True)
    # Footnotes are numbered from one in each text; the digest keeps two texts on a page apart.
    env = {"top": top, "docId": sha256(text.encode()).hexdigest()[:8]}
    return _cleaner.clean(_parser.render(text, env))


def plain(text, length=None):
    """Return the words of a Markdown text on one line, without marks, cut to `length` characters with an ellipsis.

    Footnotes are left out. For descriptions, feeds and the search index.
    """
    words = " ".join(" ".join(_pieces(_parser.parse(text[:LONGEST]))).split())
    if length is None or len(words) <= length:
        return words
    cut = words[:length]
    if re.match("[A-Za-z0-9]", words[length]):
        cut = re.sub("[A-Za-z0-9]+$", "", cut) or cut
    return cut.rstrip(" ，。；：、,.;:") + "…"


def _pieces(tokens):
    for token in tokens:
        if token.type == "footnote_block_open":
            return
        if token.type == "inline":
            yield "".join(_inline_text(child) for child in token.children)
        elif token.type in ("fence", "code_block"):
            yield token.content


def _inline_text(token):
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "text_special", "code_inline", "image") else ""
