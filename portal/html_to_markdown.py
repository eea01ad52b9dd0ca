"""HTML that other tools let people write, into the Markdown that ours keep. What cannot be said in it is dropped."""

import re
from html.parser import HTMLParser

# A text with one of these was meant as HTML; "List<String>" and "a < b" were not.
MEANT = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|pre|code|img|table|tr|td|th|script|style|iframe|"
    r"svg|object|font|u|hr)\b[^<>]*/?>",
    re.IGNORECASE,
)
SILENT = {"script", "style", "head", "template", "noscript", "object", "svg", "math"}
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {"p", "div", "section", "article", "table", "ul", "ol", "blockquote", "figure", *HEADINGS}
FRAMES = {"iframe", "embed", "video", "audio", "source"}
DEEPEST = 200


def looks_like_html(text):
    return MEANT.search(text) is not None


def html_to_markdown(text):
    """Return the Markdown of an HTML text: emphasis, links, pictures, lists, headings, quotes, code, tables' cells.

    A frame (a film on another site) becomes a link to it. Never fails, whatever it is given.
    """
    writer = _Writer()
    writer.feed(text)
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(writer.out)).strip()


class _Writer(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.lists, self.links = [], [], []
        self.silent, self.is_pre = 0, False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in SILENT:
            self.silent += 1
        elif self.silent:
            return
        elif tag in FRAMES and attributes.get("src"):
            self.out.append(f"\n\n<{_address(attributes['src'])}>\n\n")
        elif tag == "br":
            self.out.append("\n")
        elif tag == "hr":
            self.out.append("\n\n---\n\n")
        elif tag == "img" and attributes.get("src"):
            self.out.append(f"![{attributes.get('alt') or ''}]({_address(attributes['src'])})")
        elif tag == "a":
            self.links.append(_address(attributes.get("href") or ""))
            self.out.append("[" if self.links[-1] else "")
        else:
            self._open(tag)

    def _open(self, tag):
        if tag in MARKS:
            self.out.append("" if self.is_pre else MARKS[tag])
        elif tag == "pre":
            self.is_pre = True
            self.out.append("\n\n```\n")
        elif tag == "li":
            marker = f"{self.lists[-1]}. " if self.lists and self.lists[-1] else "- "
            if self.lists and self.lists[-1]:
                self.lists[-1] += 1
            self.out.append(f"\n{'   ' * min(max(len(self.lists) - 1, 0), 6)}{marker}")
        elif tag in ("td", "th"):
            self.out.append(" ")
        elif tag == "tr":
            self.out.append("\n")
        elif tag in BLOCKS:
            if tag in ("ul", "ol") and len(self.lists) < DEEPEST:
                self.lists.append(1 if tag == "ol" else 0)
            mark = "#" * int(tag[1]) + " " if tag in HEADINGS else "> " if tag == "blockquote" else ""
            self.out.append(f"\n\n{mark}")

    def handle_endtag(self, tag):
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif self.silent:
            return
        elif tag == "a" and self.links:
            address = self.links.pop()
            self.out.append(f"]({address})" if address else "")
        elif tag in MARKS:
            self.out.append("" if self.is_pre else MARKS[tag])
        elif tag == "pre":
            self.is_pre = False
            self.out.append("\n```\n\n")
        elif tag in ("ul", "ol"):
            if self.lists:
                self.lists.pop()
            self.out.append("\n\n")
        elif tag in BLOCKS:
            self.out.append("\n\n")

    def handle_data(self, data):
        if not self.silent:
            self.out.append(data if self.is_pre else re.sub(r"[ \t]*\n[ \t]*", "\n", data))


def _address(address):
    """Return an address fit for Markdown; empty for one that runs something."""
    address = address.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("\n", "")
    if address.startswith("//"):
        return f"https:{address}"
    return "" if re.match(r"(?i)\s*(?:javascript|data|vbscript):", address) else address
