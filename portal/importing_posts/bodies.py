"""The text of a post into our Markdown: Liquid, the tags of Hexo, raw HTML, pictures, links. Code stays as it is.

What has no place in it is kept in words, and noted with its line. What is
hostile does not run in any case: raw HTML is shown as text when it is rendered.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from markdown_it import MarkdownIt

from portal import markdown
from portal.html_to_markdown import html_to_markdown
from portal.images import BadImage
from portal.importing_posts.pictures import address_of

LONGEST_SUMMARY = 400
MORE = re.compile(r"^[ \t]*<!--\s*(?:more|truncate)\s*-->[ \t]*$", re.IGNORECASE | re.MULTILINE)
LANGUAGE = re.compile(r"[\w+#.-]{1,30}")
COMMENT = re.compile(r"<!--(.{0,4000}?)-->", re.DOTALL)
RUNS = re.compile(r"<(script|style|object|svg|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
LIQUID = re.compile(r"\{%-?\s*(\w+)(.{0,1000}?)-?%\}", re.DOTALL)
SITE = re.compile(r"\{\{\s*(?:site|page)\.(?:baseurl|url|root)\s*\}\}/?|\{\{\s*(['\"])([^'\"{}]*)\1\s*\|[^{}]*\}\}")
KRAMDOWN = re.compile(r"\{:[^{}\n]*\}")
PICTURE = re.compile(r"!\[([^\[\]]*)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'][^\n]*?[\"'])?\s*\)")
LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s*<?([^\s()<>]*)>?(?:\s+[\"'][^\n]*?[\"'])?\s*\)")
KEPT = re.compile(r"(`+)(?!`).{0,2000}?(?<!`)\1(?!`)|<(?:https?://|mailto:)[^<>\s]*>", re.DOTALL)
SHOWN = "\ue000%d\ue001"  # stands for what is kept as it is, while tags are read
OURS = re.compile("\ue000(\\d+)\ue001")
_blocks = MarkdownIt("commonmark", {"html": True}).enable("table")


@dataclass
class Body:
    """Our Markdown, the part before `<!-- more -->` as plain words, and the pictures that it shows."""

    text: str
    summary: str = ""
    names: list = field(default_factory=list)


def body_of(post, pictures):
    """Return the `Body` of a post; what could not be said is added to `post.notes`."""
    text = post.body
    if len(text) > markdown.LONGEST:
        post.notes.append((1, f"it is longer than {markdown.LONGEST} characters, and is shown as it was typed"))
        return Body(text.strip())
    if post.file.suffix.lower().startswith(".htm"):
        text = _without_what_runs(post, text)
        text = html_to_markdown(COMMENT.sub(lambda found: found[0] if MORE.fullmatch(found[0]) else "", text))
    before, after = _split(text)
    body = Body("")
    text = _converted(post, f"{before}\n\n{after}")
    text = _outside_code(text, lambda part: PICTURE.sub(lambda found: _picture(post, found, pictures, body), part))
    text = _outside_code(text, lambda part: LINK.sub(lambda found: _link(post, found), part))
    body.text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if after:
        words = _outside_code(_converted(None, before), lambda part: PICTURE.sub("", part))
        body.summary = markdown.plain(words, LONGEST_SUMMARY)
    return body


def _split(text):
    """Return what stands before `<!-- more -->` and what stands after it; within code it is no mark."""
    code = _code_lines(text) if MORE.search(text) else ()
    for found in MORE.finditer(text):
        if text.count("\n", 0, found.start()) not in code:
            return text[: found.start()].rstrip("\n"), text[found.end() :].lstrip("\n")
    return text, ""


@lru_cache(maxsize=8)
def _code_lines(text):
    """Return the set of numbers of the lines, from 0, that are code."""
    code = set()
    for token in _blocks.parse(text):
        if token.type in ("fence", "code_block"):
            code.update(range(*token.map))
    return code


def _outside_code(text, change):
    """Apply a change to each run of lines that are no code; code within a line and bare addresses stay as well."""
    code, out = _code_lines(text), []
    numbered = enumerate(text.split("\n"))
    for is_code, run in groupby(numbered, lambda one: one[0] in code):
        part = "\n".join(line for _number, line in run)
        if not is_code:
            kept = []
            part = KEPT.sub(lambda found, kept=kept: _keep(kept, found[0]), part)
            part = _given_back(change(part), kept)
        out.append(part)
    return "\n".join(out)


def _keep(kept, text):
    kept.append(text)
    return SHOWN % (len(kept) - 1)


def _given_back(text, kept):
    return OURS.sub(lambda found: kept[int(found[1])] if int(found[1]) < len(kept) else "", text)


def _converted(post, text):
    """Return the text without Liquid, tags and HTML, as far as Markdown can say it."""
    text = text.replace("\ue000", "").replace("\ue001", "")
    text = _outside_code(text, lambda part: _tags(post, part))
    return _outside_code(text, lambda part: _html(post, part))


def _tags(post, part):
    part = KRAMDOWN.sub("", SITE.sub(lambda found: found[2] or "/", part))
    return LIQUID.sub(lambda found: _tag(post, found), part)


def _tag(post, found):
    name, said = found[1], found[2]
    words = re.findall(r'"([^"]*)"|\'([^\']*)\'|(\S+)', said)
    words = ["".join(word) for word in words]
    if name in ("raw", "endraw", "comment", "endcomment", "more"):
        return ""
    if name in ("asset_img", "img", "image") and words:
        source = next((word for word in words if re.search(r"\.\w{2,5}$", word)), words[0])
        return f"![{words[-1] if words[-1] != source else ''}]({source.replace(' ', '%20')})"
    if name in ("link", "linkgrid") and len(words) > 1:
        return f"[{words[0]}]({words[1]})"
    if name in ("highlight", "codeblock", "code"):
        language = words[0] if words and LANGUAGE.fullmatch(words[0]) else ""
        return f"\n```{language}\n"
    if name in ("endhighlight", "endcodeblock", "endcode"):
        return "\n```\n"
    _note(post, "a tag of the former site", found[0])
    return f"`{' '.join(found[0].split())}`".replace("``", "`")


def _html(post, part):
    if "<" not in part:
        return part
    part = _without_what_runs(post, part)
    for found in COMMENT.finditer(part if "-->" in part else ""):
        _note(post, "a comment, which nobody saw", found[1])
    part = COMMENT.sub("", part) if "-->" in part else part
    lines, out, at = part.split("\n"), [], 0
    for begins, ends, where in _with_html(part):
        written = html_to_markdown("\n".join(lines[begins:ends]))
        if where == "inline":
            written = re.match(r"\s*", lines[begins])[0] + written
        out += [*lines[at:begins], *(["", written, ""] if where == "block" else [written])]
        if where == "cell":
            out[-1] = " ".join(written.split())
        at = ends
    return "\n".join([*out, *lines[at:]])


def _without_what_runs(post, text):
    for found in RUNS.finditer(text):
        _note(post, f"<{found[1].lower()}> is left out", found[0])
    return RUNS.sub("", text)


def _with_html(part):
    """Return (first line, line after the last, "block", "inline" or "cell") of what holds HTML."""
    ranges, is_cell = [], False
    for token in _blocks.parse(part):
        is_cell = token.type in ("td_open", "th_open") or (is_cell and token.type == "inline")
        is_html = token.type == "html_block"
        is_html |= token.type == "inline" and any(child.type == "html_inline" for child in token.children)
        if is_html and token.map and (not ranges or token.map[0] >= ranges[-1][1]):
            where = "block" if token.type == "html_block" else "cell" if is_cell else "inline"
            ranges.append((*token.map, where))
    return ranges


def _picture(post, found, pictures, body):
    """Return the Markdown of a picture: kept here, a link to where it is elsewhere, or words where it is nowhere."""
    alt, address = found[1].strip(), found[2]
    if address.startswith("//"):
        address = f"https:{address}"
    if re.match(r"https?://", address, re.IGNORECASE):
        return f"![{alt}]({address})"
    if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
        _note(post, "a picture within the text itself, which is left out", address)
        return f"*{alt}*" if alt else ""
    file = pictures.find(post, address)
    if not isinstance(file, str):
        try:
            name = pictures.name(file)
        except BadImage as reason:
            file = str(reason)
        else:
            body.names.append(name)
            return f"![{alt}]({address_of(name)})"
    _note(post, file, address)
    return f"*{alt or address.rpartition('/')[2]}*".replace("**", "")


def _link(post, found):
    address = found[2]
    if address.startswith("//"):
        return f"[{found[1]}](https:{address})"
    if re.match(r"https?://|mailto:|#", address, re.IGNORECASE):
        return found[0]
    _note(post, "a link within the former site", address)
    return found[1]


def _note(post, why, said):
    """Note what was left out of a post, with the line of the file where that stands first."""
    if post is not None:
        code = _code_lines(post.body)
        places = (post.body.count("\n", 0, found.start()) for found in re.finditer(re.escape(said), post.body))
        line = post.first_line + next((place for place in places if place not in code), 0)
        post.notes.append((line, f"{why}: {' '.join(said.split())[:160]}"))
