"""A browser's long line about itself, in the words in which people know it."""

import re

# The first that is found names it: Edge and Chrome both say Safari, and WeChat says everything.
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrom|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def in_short(agent):
    """Return "Firefox · Android" of a User-Agent; its beginning where neither is known."""
    known = [next((name for mark, name in marks if re.search(mark, agent)), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, known)) or agent[:40]
