"""A post into what an article says: title, texts in one language, day, kind, and the facts that have no field."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.images import BadImage
from portal.importing_posts.bodies import body_of
from portal.importing_posts.occasions import NAMED
from portal.importing_posts.pictures import address_of
from portal.importing_posts.reading import day_of_name, moment
from portal.models import Article

HAN = re.compile(r"[㐀-鿿]")
LETTERS = re.compile(r"[A-Za-z]")
HEADING = re.compile(r"^#{1,3}\s+(.+?)\s*#*\s*$", re.MULTILINE)
NO = {"false", "no", "off", "0"}
COVERS = ("cover", "feature_image", "image", "banner", "thumbnail")
# What the front matter says that is taken over, or that says nothing to a reader.
TAKEN = {
    *("title", "subtitle", "date", "start", "end", "address", "location", "city", "photos", "links", "lang"),
    *("tags", "tag", "categories", "category", "authors", "author", "published_by", "description", "excerpt"),
    *("published", "draft", "slug", "link", "original_url", *COVERS),
    *("summary", "abstract", "language", *NAMED),
}
SAYS_NOTHING = {
    *("layout", "updated", "modified", "lastmod", "last_modified_at", "permalink", "comments", "toc", "mathjax", "top"),
    *("sticky", "weight", "id", "key", "aliases", "redirect_from", "type", "blog_post", "share", "license", "header"),
}
KINDS = (
    (Article.Kind.INTERVIEW, re.compile(r"interview|采访|专访|访谈", re.IGNORECASE)),
    (Article.Kind.ANNOUNCEMENT, re.compile(r"announc|notice|预告|公告|通知|报名|征集|招募|议程", re.IGNORECASE)),
    (Article.Kind.RECAP, re.compile(r"recap|review|summary|回顾|总结|收官|纪实|圆满|conclu|successful", re.IGNORECASE)),
)


@dataclass
class Told:
    """What a post says, in the shape of an article. `names` are the pictures its texts and its cover show."""

    title: str
    language: str
    dated: date
    kind: str
    texts: dict
    start: date | None = None
    names: list = field(default_factory=list)
    cover: str = ""
    source_url: str = ""
    is_draft: bool = False
    is_naive: bool = False  # a time of day without a zone
    labels: list = field(default_factory=list)

    def join(self, other):
        """Take over what the same post says in another language besides its texts."""
        self.names += [name for name in other.names if name not in self.names]
        self.labels += [label for label in other.labels if label not in self.labels]


class Undated(ValueError):
    """A post that says no day, and whose name says none."""


def told_by(post, pictures):
    """Return the `Told` of a post; what could not be taken over is in `post.notes`. Raises Undated."""
    body = body_of(post, pictures)
    title, body.text = _title(post, body.text)
    language = _language(post, f"{title}{body.text}")
    labels = post.list("tags", "tag") + post.list("categories", "category")
    dated, start = _dated(post), _day(post, "start")
    cover = _cover(post, pictures)
    summary = post.text("description", "excerpt", "summary", "abstract", "subtitle") or body.summary
    with translation.override(language):
        body.text = "\n\n".join(filter(None, [body.text, _facts(post, pictures, body.names)]))
    _note_the_rest(post)
    return Told(
        title=title[:200],
        language=language,
        dated=dated,
        kind=_kind(" ".join([title, *labels])),
        texts={"title": title[:200], "summary": summary, "body": body.text},
        start=start,
        names=list(dict.fromkeys(body.names)),
        cover=cover,
        source_url=_web(post.text("original_url", "link")),
        is_draft=post.text("published").casefold() in NO or post.text("draft").casefold() == "true",
        labels=labels,
        is_naive=post.is_naive,
    )


def _title(post, text):
    """Return the title, and the text without a heading that only repeats it."""
    title = post.text("title")
    heading = HEADING.search(text)
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]", r"\1", heading[1]).strip() if heading else ""
    if not title:
        strange = [name for name, value in post.said.items() if not value and (HAN.search(name) or " " in name)]
        title = strange[0] if len(strange) == 1 else words or Path(post.path).stem.replace("-", " ")
        post.said.pop(title, None)
        post.notes.append((1, f"no title is told; it is called “{title[:80]}”"))
    if len(title) > 200:
        post.notes.append((1, f"its title is longer than 200 characters: {title}"))
    if heading and words == title and not text[: heading.start()].strip():
        text = text[heading.end() :].lstrip()
    return title, text


def _language(post, text):
    said = post.text("lang", "language").casefold()
    if said:
        return "zh-hans" if said.startswith(("zh", "cn")) else "en"
    return "zh-hans" if 4 * len(HAN.findall(text)) > len(LETTERS.findall(text)) else "en"


def _dated(post):
    """Return the day of a post by our clock: of its front matter, else of its name."""
    found = _day(post, "date")
    by_name, _rest = day_of_name(post.path)
    if found or by_name:
        return found or by_name
    raise Undated


def _day(post, name):
    text = post.text(name)
    if not text:
        return None
    found, has_time = moment(text)
    if found is None:
        post.note(name, f"no such day: {text[:60]}")
        return None
    if found.tzinfo is None and has_time:
        post.is_naive = True
    return (timezone.localtime(found) if found.tzinfo else found).date()


def _kind(words):
    return next((kind for kind, pattern in KINDS if pattern.search(words)), Article.Kind.NEWS)


def _cover(post, pictures):
    """Return the name in the store of the cover, or ""; one that is elsewhere or nowhere is noted."""
    address = post.text(*COVERS)
    if not address:
        return ""
    file = pictures.find(post, address) if "//" not in address else "a cover on another site is not fetched"
    if not isinstance(file, str):
        try:
            return pictures.name(file)
        except BadImage as reason:
            file = str(reason)
    post.note(next(name for name in COVERS if post.text(name)), f"{file}: {address[:120]}")
    return ""


def _facts(post, pictures, names):
    """Return, as a list in Markdown, when and where it was, photos and links: there is no field for these."""
    when = " – ".join(filter(None, [post.text("start"), post.text("end")]))
    where = post.text("address", "location")
    lines = [f"- {_('When')}: {when}" if when else "", f"- {_('Where')}: {where}" if where else ""]
    links = [f"- {one}" for one in _links(post)]
    photos = [_photo(post, one, pictures, names) for one in post.list("photos")]
    return "\n\n".join(filter(None, ["\n".join(filter(None, lines)), *photos, "\n".join(links)]))


def _links(post):
    """Return the links as Markdown: of {name, url}, of addresses, of words."""
    said = post.said.get("links")
    for one in said if isinstance(said, list) else post.list("links"):
        if isinstance(one, dict):
            words = [str(one.get(name) or "") for name in ("name", "title", "url", "link", "href")]
            address = next(filter(_web, words[2:]), "")
            name = (words[0] or words[1] or address).replace("[", "(").replace("]", ")")
            yield f"[{name}](<{address}>)" if address else ", ".join(f"{key}: {value}" for key, value in one.items())
        else:
            yield f"<{one}>" if _web(str(one)) else str(one)


def _photo(post, address, pictures, names):
    if re.match(r"(?:https?:)?//", address):
        return f"![](https:{address})" if address.startswith("//") else f"![]({address})"
    file = pictures.find(post, address)
    if not isinstance(file, str):
        try:
            names.append(pictures.name(file))
        except BadImage as reason:
            file = str(reason)
        else:
            return f"![]({address_of(names[-1])})"
    post.note("photos", f"{file}: {address[:120]}")
    return ""


def _web(text):
    return text if re.fullmatch(r"https?://[^\s<>\"]{3,480}", text) else ""


def _note_the_rest(post):
    for name, value in post.said.items():
        if name.casefold() in TAKEN | SAYS_NOTHING or value in ("", [], {}, "null"):
            continue
        post.note(name, f"kept beside the article: {' '.join(str(value).split())[:160]}")
