"""The figures across runs as tables in Markdown: of ratios, the middle with the least and the most."""

from tests.bench.floors_held import (
    GROWTH,
    KEPT_OF_BARE,
    ORGANIZERS_MS,
    PLAIN_OF_TABLE,
    SIGNUPS_OF_BARE,
    SIGNUPS_P99,
    START_SECONDS,
    WORKER_MEGABYTES,
)


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


def ratio(figure, digits=2):
    """Return "0.82 (0.79–0.85)"; of runs that agree, or of one, the figure alone."""
    middle, least, most = (f"{number:.{digits}f}" for number in (figure, figure.least, figure.most))
    return middle if least == most else f"{middle} ({least}–{most})"


def pages_table(found):
    bare = [page["kept bare rate"] for page in found["pages"].values() if page["is kept"]]
    rows = [["*bare WSGI*", f"{sum(bare) / len(bare):,.0f}" if bare else "", *[""] * 11]]
    rows += [[f"*{name}*", *beside_cells(floor, ""), *[""] * 8] for name, floor in found["floors"].items()]
    rows += [[name, *kept_cells(page), *plain_cells(page)] for name, page in found["pages"].items()]
    head = [
        "page",
        "kept: a second",
        f"of bare WSGI (≥ {KEPT_OF_BARE})",
        "by CPU",
        "p99 ms",
        "not kept: a second",
        "p99 ms",
        "CPU ms",
        f"of a bare template (≤ {PLAIN_OF_TABLE})",
        "SQL",
        "from nothing: CPU ms",
        "SQL",
        "kB",
    ]
    return "## Pages\n\n" + table(head, rows)


def kept_cells(page):
    if not page["is kept"]:
        return ["never kept", "", "", ""]
    return beside_cells(page, "kept ")


def beside_cells(found, which):
    rate, by_cpu = found[f"{which}rate"], found[f"{which}of bare by cpu"]
    return [f"{rate:,.0f}", ratio(found[f"{which}of bare"]), f"{by_cpu:.2f}", f"{found[f'{which}p99']:.0f}"]


def plain_cells(page):
    return [
        f"{page['plain rate']:,.0f}",
        f"{page['plain p99']:.0f}",
        f"{page['plain cpu']:.1f}",
        ratio(page["plain of table"], 1) if page["is page"] else "",
        f"{page['sql']:.0f}",
        f"{page['nothing cpu']:.1f}",
        f"{page['nothing sql']:.0f}",
        f"{page['bytes'] / 1000:,.0f}",
    ]


def signups_table(found):
    rows = [
        ["one row by `sqlite3` alone", f"{found['raw rate']:,.0f}", "", "", ""],
        ["one bare row by a view", f"{found['bare rate']:,.0f}", "", "", ""],
        [
            "the bare rows of a whole sign-up",
            f"{found['rows rate']:,.0f}",
            ratio(found["rows of bare"]),
            "",
            "",
        ],
        [
            "the form of a seat",
            f"{found['rate']:,.0f}",
            ratio(found["of bare"]),
            ratio(found["p99"], 0),
            f"{found['cpu']:.1f}",
        ],
    ]
    head = ["", "a second", f"of the bare row (≥ {SIGNUPS_OF_BARE})", f"p99 ms (≤ {SIGNUPS_P99:,})", "CPU ms"]
    return "## Sign-ups, a hundred at once\n\n" + table(head, rows)


def growth_tables(found):
    public = [
        [name, f"{page['cpu']:.1f}", ratio(page["of a tenth"]), f"{page['sql']:.0f}"]
        for name, page in found["public"].items()
    ]
    admin = [
        [name, f"{page['wall']:.0f}", ratio(page["of a tenth"]), f"{page['sql']:.0f}"]
        for name, page in found["admin"].items()
    ]
    return (
        "## Growth: the archive beside a tenth of it, one process\n\n"
        + table(["page", "CPU ms", f"times a tenth (≤ {GROWTH})", "SQL"], public)
        + "\n\n"
        + table(["admin", f"ms (≤ {ORGANIZERS_MS})", "times a tenth", "SQL"], admin)
    )


def photos_table(found):
    rows = [
        ["put up", f"{found['cpu']:.0f}", ratio(found["of bare"])],
        ["bare Pillow", f"{found['bare cpu']:.0f}", ""],
    ]
    return "## A photo of twelve megapixels\n\n" + table(["", "CPU ms", "of bare Pillow"], rows)


def process_table(found):
    rows = [
        [f"start to the first answer, seconds (≤ {START_SECONDS})", ratio(found["start"], 1)],
        [f"a worker after every page, MB (PSS, ≤ {WORKER_MEGABYTES})", ratio(found["PSS"], 0)],
        ["of these its own (USS)", ratio(found["USS"], 0)],
        ["a worker that is fresh, MB (PSS)", ratio(found["fresh PSS"], 0)],
    ]
    return "## The process\n\n" + table(["", ""], rows)
