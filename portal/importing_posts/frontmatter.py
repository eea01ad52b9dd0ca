"""What a file says of itself before its text, for Jekyll, Hexo and Hugo: YAML, TOML or JSON between two fences.

Everything is read as text, lists and mappings of text: "2023-02-30" and "no"
stay what was written, and anchors, which can blow up, are not followed.
"""

import json
import re
import tomllib
from dataclasses import dataclass, field

import yaml

LARGEST = 64 * 1024  # characters of front matter
ENCODINGS = ("utf-8-sig", "utf-16", "gb18030")
FENCE = re.compile(r"(---|\+\+\+|;;;)[ \t]*\n(.*?\n)?\1[ \t]*(?:\n|\Z)", re.DOTALL)
# Hexo also takes front matter without a first fence.
HEXO = re.compile(r"((?:[A-Za-z_]+:.*\n(?:[ \t-].*\n)*)+)---[ \t]*(?:\n|\Z)")
PAIR = re.compile(r"([^\s:#][^:]*?)\s*:(?:\s+(.*))?$")
NAME = re.compile(r"[\"']?([^\s:=#\"'-][^:=\"']*?)[\"']?\s*[:=]")
ITEM = re.compile(r"\s*-\s+(.*)$")


class NotAPost(ValueError):
    """A file that is none; `line` is where that shows."""

    def __init__(self, reason, line=1):
        super().__init__(reason)
        self.line = line


@dataclass
class Read:
    """`said` is a dict of what the front matter says; `first_line` is the line of the file where the text begins."""

    said: dict
    body: str
    first_line: int
    remarks: list = field(default_factory=list)  # pairs of line and words
    lines: dict = field(default_factory=dict)  # name -> its line


def decoded(data):
    """Return the text of a file in UTF-8, UTF-16 (with its mark) or GB18030, with plain line ends; raises NotAPost."""
    for encoding in ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise NotAPost("it holds zero bytes, so it is no text")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise NotAPost("its bytes are text in neither UTF-8 nor GB18030")


def read(text):
    """Return the `Read` of a text; raises NotAPost where front matter begins and never ends."""
    start = len(text) - len(text.lstrip())
    if text.startswith("{", start) and (hugo := _whole_json(text, start)):
        return hugo
    found = FENCE.match(text, start) or HEXO.match(text, start)
    if found is None:
        if text.startswith(("---\n", "+++\n"), start):
            raise NotAPost("its front matter begins and never ends", text.count("\n", 0, start) + 1)
        return Read({}, text, 1, [(1, "there is no front matter")])
    fence, inside = (found[1], found[2] or "") if found.re is FENCE else ("---", found[1])
    first = text.count("\n", 0, start) + (2 if found.re is FENCE else 1)
    if len(inside) > LARGEST:
        raise NotAPost(f"its front matter is longer than {LARGEST} characters", first)
    said, remarks = _parsed(fence, inside, first)
    named = [(one[1], number) for number, line in enumerate(inside.split("\n"), first) if (one := NAME.match(line))]
    lines = dict(named)
    for name, number in named:
        if fence == "---" and lines[name] != number and name in said:
            remarks.append((number, f"{name}: is told twice, and the last one counts"))
    return Read(said, text[found.end() :], text.count("\n", 0, found.end()) + 1, remarks, lines)


def _whole_json(text, start):
    """Return the `Read` of a text that begins with an object in JSON, as Hugo has it; None where it is none."""
    try:
        said, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return Read(_as_text(said), text[end:], text.count("\n", 0, end) + 1) if said else None


def _parsed(fence, inside, first):
    reader = {"---": _yaml, "+++": _toml, ";;;": _json}[fence]
    try:
        said = reader(inside)
    except (ValueError, RecursionError, yaml.YAMLError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = first + (mark.line if mark else 0)
        said, left = _by_lines(inside, first)
        return said, [(line, "the front matter is broken here, and was read line by line"), *left]
    if not isinstance(said, dict):
        return {}, [(first, "the front matter is no list of names and values")] if inside.strip() else []
    return {str(name).strip(): value for name, value in said.items()}, []


class _Plain(yaml.BaseLoader):
    """Everything is text. No anchors: a few lines of them make a billion words."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(None, None, "an alias", event.start_mark)
        return super().compose_node(parent, index)


def _yaml(inside):
    return yaml.load(inside.replace("\t", "    "), Loader=_Plain)


def _toml(inside):
    return _as_text(tomllib.loads(inside))


def _json(inside):
    return _as_text(json.loads("{" + inside.strip().removeprefix("{").removesuffix("}").rstrip(", \n") + "}"))


def _as_text(value):
    if isinstance(value, dict):
        return {str(name): _as_text(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_text(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _by_lines(inside, first):
    """Return what can be read of broken front matter, line by line, and remarks on lines that say nothing."""
    said, left, name = {}, [], None
    for number, line in enumerate(inside.split("\n"), first):
        pair, item = PAIR.match(line), ITEM.match(line)
        if pair:
            name = pair[1].strip("\"' ")
            said[name] = (pair[2] or "").strip().strip("\"'")
        elif item and name is not None:
            said[name] = [*(said[name] if isinstance(said[name], list) else []), item[1].strip().strip("\"'")]
        elif line.strip() and not line.lstrip().startswith("#"):
            left.append((number, f"not understood: {line.strip()[:80]}"))
    return said, left
