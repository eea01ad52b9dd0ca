"""Which floors were asked for, and whether what was measured holds them."""

KEPT_OF_BARE, PLAIN_OF_TABLE = 0.7, 4
SIGNUPS_OF_BARE, SIGNUPS_P99 = 0.5, 1_000
START_SECONDS, WORKER_MEGABYTES = 2, 130
GROWTH, ORGANIZERS_MS = 1.5, 300


def missed(results):
    """Return a sentence for each floor that the results miss: section -> figures across runs, see `runs.across()`."""
    return [sentence for name, check in CHECKS.items() if name in results for sentence in check(results[name])]


def pages(found):
    for name, page in found["pages"].items():
        failures = page["plain failures"].most + (page["kept failures"].most if page["is kept"] else 0)
        if failures:
            yield f"{name}: {failures:.0f} answers were no success"
        if page["is kept"] and page["kept of bare"] < KEPT_OF_BARE:
            yield f"{name}, kept: {page['kept of bare']:.2f} of bare WSGI (least: {KEPT_OF_BARE})"
        if page["is page"] and page["plain of table"] > PLAIN_OF_TABLE:
            yield f"{name}, not kept: {page['plain of table']:.1f} times a bare template (most: {PLAIN_OF_TABLE})"


def signups(found):
    if found["failures"].most:
        yield f"sign-ups: {found['failures'].most:.0f} were refused or lost"
    if found["of bare"] < SIGNUPS_OF_BARE:
        yield f"sign-ups: {found['of bare']:.2f} of a bare insert (least: {SIGNUPS_OF_BARE})"
    if found["p99"] > SIGNUPS_P99:
        yield f"sign-ups: one of a hundred takes {found['p99']:.0f} ms (most: {SIGNUPS_P99})"


def growth(found):
    for name, page in found["public"].items():
        if page["is page"] and page["of a tenth"] > GROWTH:
            yield f"{name}: {page['of a tenth']:.2f} times what it takes in a tenth of the archive (most: {GROWTH})"
        if page["sql"] != page["sql of a tenth"]:
            yield f"{name}: {page['sql']:.0f} queries, {page['sql of a tenth']:.0f} in a tenth of the archive"
    for name, page in found["admin"].items():
        if page["wall"] > ORGANIZERS_MS:
            yield f"admin, {name}: {page['wall']:.0f} ms (most: {ORGANIZERS_MS})"
    for name, page in found["public"].items():
        if name.startswith("search") and page["wall"] > ORGANIZERS_MS:
            yield f"{name}: {page['wall']:.0f} ms (most: {ORGANIZERS_MS})"


def process(found):
    if found["start"] > START_SECONDS:
        yield f"start: {found['start']:.1f} s (most: {START_SECONDS})"
    if found["PSS"] > WORKER_MEGABYTES:
        yield f"a worker: {found['PSS']:.0f} MB (most: {WORKER_MEGABYTES})"


CHECKS = {"pages": pages, "signups": signups, "growth": growth, "process": process}
