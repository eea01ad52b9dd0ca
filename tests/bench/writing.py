"""The places of the figures in the pages that show them: the README, docs/bench.md and docs/scale.md."""

import os
import platform
import re
from datetime import date
from pathlib import Path

from tests.bench.tables import ratio, table, whole
from tests.browser.site import ROOT

# In the README stands what a reader asks first; the whole of it in docs/bench.md.
TOLD_FIRST = ("home", "conference", "schedule, 300 sessions", "meetups", "chapter", "album", "form of a seat")


def write(results, options, missed):
    """Put the figures between the markers of the README, docs/bench.md and docs/scale.md."""
    runs = f"the middle of {options.runs} runs (least–most)" if options.runs > 1 else "one run"
    head = f"{date.today().isoformat()}, {machine()}, the archive at scale {options.scale:g}; {runs}."
    put(ROOT / "docs" / "bench.md", "bench", "\n\n".join([head, *whole(results), verdict(missed)]))
    put(ROOT / "README.md", "bench", "\n\n".join([head, short(results)]))
    put(ROOT / "docs" / "scale.md", "bench", "\n\n".join([head, arithmetic(results)]))


def put(path, name, text):
    """Put a text between `<!-- name -->` and `<!-- /name -->` of a file."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    page = path.read_text()
    if begin not in page:
        raise ValueError(f"{path.name} has no place {begin}")
    before, _begin, rest = page.partition(begin)
    path.write_text(f"{before}{begin}\n{text}\n{end}{rest.partition(end)[2]}")


def machine():
    """Return the processor, how many of it, and what runs on it."""
    facts = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    named = re.search(r"model name\s*: (.*)", facts)
    kind = named[1].strip() if named else platform.processor() or platform.machine()
    return f"{os.cpu_count()} × {kind}, {platform.system()}, Python {platform.python_version()}, SQLite"


def short(results):
    """Return the table of the README."""
    lines = []
    if "pages" in results:
        lines.append(told_first(results["pages"]["pages"]))
    if "signups" in results:
        found = results["signups"]
        lines.append(
            f"Sign-ups, a hundred at once: {found['rate']:,.0f} a second, {ratio(found['of bare'])} of a bare insert, "
            f"p99 {found['p99']:.0f} ms."
        )
    if "process" in results:
        found = results["process"]
        lines.append(f"Start in {found['start']:.1f} s; a worker takes {found['PSS']:.0f} MB.")
    return "\n\n".join(lines)


def told_first(pages):
    rows = [
        [
            name,
            f"{pages[name]['kept rate']:,.0f}" if pages[name]["is kept"] else "never kept",
            ratio(pages[name]["kept of bare"]) if pages[name]["is kept"] else "",
            f"{pages[name]['plain cpu']:.0f}",
            ratio(pages[name]["plain of table"], 1),
            f"{pages[name]['sql']:.0f}",
        ]
        for name in TOLD_FIRST
    ]
    return table(["page", "kept: a second", "of bare WSGI", "not kept: CPU ms", "of a bare template", "SQL"], rows)


def arithmetic(results):
    """Return what one machine carries, from the figures of these runs."""
    if "pages" not in results or "signups" not in results:
        return "Not measured yet."
    pages = results["pages"]["pages"]
    rates = {
        "kept pages, by gunicorn": pages["home"]["kept rate"],
        "the home page, not kept": pages["home"]["plain rate"],
        "the form of a seat": pages["form of a seat"]["plain rate"],
        "the status of a guest": pages["status of a guest"]["plain rate"],
        "sign-ups": results["signups"]["rate"],
    }
    rows = [[name, f"{rate:,.0f}", f"{60 * rate:,.0f}"] for name, rate in rates.items()]
    return table(["one machine", "a second", "a minute"], rows)


def verdict(missed):
    """Return what was missed, in words: the figures stand as they came."""
    if not missed:
        return "## Floors\n\nEvery floor is held."
    return "## Floors\n\nMissed in the middle of the runs:\n\n" + "\n".join(f"- {sentence}" for sentence in missed)
