"""The figures as tables in Markdown, and their places in the pages that show them."""

import os
import platform
import re
from datetime import date
from pathlib import Path

from tests.browser.site import ROOT

# In the README stands what a reader asks first; the whole of it in docs/bench.md.
TOLD_FIRST = ("home", "conference", "schedule, 300 sessions", "meetups", "chapter", "album", "person")


def write(results, scale, missed):
    """Put the figures between the markers of the README, docs/bench.md and docs/scale.md."""
    head = f"{date.today().isoformat()}, {machine()}, the archive at scale {scale:g}."
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


def whole(results):
    """Return every table there are figures for."""
    made = {
        "pages": pages_table,
        "signups": signups_table,
        "growth": growth_tables,
        "photos": photos_table,
        "process": process_table,
    }
    return [make(results[name]) for name, make in made.items() if name in results]


def table(head, rows):
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def pages_table(found):
    rows = [
        [name, f"{floor_of['rate']:,.0f}", *[""] * 8]
        for name, floor_of in (
            ("*bare WSGI*", found["floors"]["bare"]),
            *((f"*{n}*", f) for n, f in found["floors"].items() if n != "bare"),
        )
    ]
    rows += [
        [
            name,
            *kept_cells(page),
            f"{page['plain rate']:,.0f}",
            f"{page['plain p99']:.0f}",
            f"{page['plain cpu']:.1f}",
            f"{page['plain of table']:.1f}" if page["is page"] else "",
            page["sql"],
            f"{page['bytes'] / 1000:,.0f}",
        ]
        for name, page in found["pages"].items()
    ]
    head = [
        "page",
        "kept: a second",
        "of bare WSGI",
        "p99 ms",
        "not kept: a second",
        "p99 ms",
        "CPU ms",
        "of a bare template",
        "SQL",
        "kB",
    ]
    return "## Pages\n\n" + table(head, rows)


def kept_cells(page):
    if not page["is kept"]:
        return ["never kept", "", ""]
    return [f"{page['kept rate']:,.0f}", f"{page['kept of bare']:.2f}", f"{page['kept p99']:.0f}"]


def signups_table(found):
    rows = [
        ["one row by `sqlite3` alone", f"{found['raw rate']:,.0f}", "", "", ""],
        ["one bare row by a view", f"{found['bare rate']:,.0f}", "", "", ""],
        [
            "the form of a seat",
            f"{found['rate']:,.0f}",
            f"{found['of bare']:.2f}",
            f"{found['p99']:.0f}",
            f"{found['cpu']:.1f}",
        ],
    ]
    return "## Sign-ups, a hundred at once\n\n" + table(["", "a second", "of the bare row", "p99 ms", "CPU ms"], rows)


def growth_tables(found):
    public = [
        [name, f"{page['cpu']:.1f}", f"{page['of a tenth']:.2f}", page["sql"]] for name, page in found["public"].items()
    ]
    admin = [
        [name, f"{page['wall']:.0f}", f"{page['of a tenth']:.2f}", page["sql"]] for name, page in found["admin"].items()
    ]
    return (
        "## Growth: the archive beside a tenth of it, one process\n\n"
        + table(["page", "CPU ms", "times a tenth", "SQL"], public)
        + "\n\n"
        + table(["admin", "ms", "times a tenth", "SQL"], admin)
    )


def photos_table(found):
    rows = [
        ["put up", f"{found['cpu']:.0f}", f"{found['of bare']:.2f}"],
        ["bare Pillow", f"{found['bare cpu']:.0f}", ""],
    ]
    return "## A photo of twelve megapixels\n\n" + table(["", "CPU ms", "of bare Pillow"], rows)


def process_table(found):
    rows = [
        ["start to the first answer, seconds", f"{found['start']:.1f}"],
        ["a worker after every page, MB (PSS)", found["PSS"]],
        ["of these its own (USS)", found["USS"]],
        ["a worker that is fresh, MB (PSS)", found["fresh PSS"]],
    ]
    return "## The process\n\n" + table(["", ""], rows)


def short(results):
    """Return the table of the README."""
    rows = []
    if "pages" in results:
        found = results["pages"]["pages"]
        rows += [
            [
                name,
                f"{found[name]['kept rate']:,.0f}",
                f"{found[name]['kept of bare']:.2f}",
                f"{found[name]['plain cpu']:.0f}",
                found[name]["sql"],
            ]
            for name in TOLD_FIRST
        ]
    lines = [table(["page", "kept: a second", "of bare WSGI", "not kept: CPU ms", "SQL"], rows)]
    if "signups" in results:
        found = results["signups"]
        lines.append(f"Sign-ups, a hundred at once: {found['rate']:,.0f} a second, p99 {found['p99']:.0f} ms.")
    if "process" in results:
        found = results["process"]
        lines.append(f"Start in {found['start']:.1f} s; a worker takes {found['PSS']} MB.")
    return "\n\n".join(lines)


def arithmetic(results):
    """Return what one machine carries, from the figures of this run."""
    if "pages" not in results or "signups" not in results:
        return "Not measured yet."
    found = results["pages"]["pages"]
    kept, plain = found["home"]["kept rate"], found["home"]["plain rate"]
    sent = results["signups"]["rate"]
    rows = [
        ["kept pages, by gunicorn", f"{kept:,.0f}", f"{60 * kept:,.0f}"],
        ["the home page, never kept", f"{plain:,.0f}", f"{60 * plain:,.0f}"],
        ["sign-ups", f"{sent:,.0f}", f"{60 * sent:,.0f}"],
    ]
    return table(["one machine", "a second", "a minute"], rows)


def verdict(missed):
    """Return what was missed, in words: the figures stand as they came."""
    if not missed:
        return "## Floors\n\nEvery floor is held."
    return "## Floors\n\nMissed in this run:\n\n" + "\n".join(f"- {sentence}" for sentence in missed)
