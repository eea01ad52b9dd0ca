"""Measures the portal beside its floors: `python -m tests.bench`, by way of bin/bench.

A run measures every section once, with servers started anew; what is told is the middle of three runs. What a run
has measured for this very code is not measured again, unless --fresh says so. The figures are written down as they
came, also where they miss a floor; then the bench ends with 1.
"""

import argparse
import sys

from tests.bench.floors_held import missed
from tests.bench.page_by_page import tell
from tests.bench.places import BENCH, archive_of
from tests.bench.runs import Ledger
from tests.bench.sections import SECTIONS
from tests.bench.tables import whole
from tests.bench.writing import write
from tests.prove.__main__ import code_version


def main():
    parser = argparse.ArgumentParser(prog="bin/bench", description="What the portal costs, beside its floors.")
    parser.add_argument("--scale", type=float, default=1, help="of the archive: 1 is twenty conferences, 0.1 a tenth")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), metavar="SECTION")
    parser.add_argument("--pages", nargs="+", metavar="NAME", help="try these pages alone; nothing is kept or written")
    parser.add_argument("--runs", type=int, default=3, help="the middle of so many is told")
    parser.add_argument("--seconds", type=float, default=1, help="how long each page is asked for in a run")
    parser.add_argument("--fresh", action="store_true", help="measure again what was measured for this code")
    parser.add_argument("--write", action="store_true", help="into the README and docs/")
    options = parser.parse_args()
    if options.runs < 1 or options.seconds <= 0:
        parser.error("there must be at least one run, and some time for it")
    if options.pages and options.write:
        parser.error("a trial of some pages is not written down")
    for scale in (options.scale, options.scale / 10):
        archive_of(scale)
    results = measured(options)
    sentences = missed(results)
    if options.write:
        write(results, options, sentences)
    print("\n\n".join(whole(results)), end="\n\n")
    for sentence in sentences:
        print(f"MISSED  {sentence}")
    print(f"{len(sentences)} floors missed" if sentences else "Every floor is held.")
    return 1 if sentences else 0


def measured(options):
    """Return the figures of each section across the runs; a trial of some pages begins with an empty ledger."""
    name = "trial" if options.pages else f"{code_version()}-{options.scale:g}"
    ledger = Ledger(BENCH / f"{name}.json", fresh=options.fresh or options.pages)
    for run in range(1, options.runs + 1):
        for section in options.only:
            if not ledger.has(run, section):
                tell(f"Run {run} of {options.runs}: {section}")
                ledger.keep(run, section, SECTIONS[section](options))
    return ledger.results(options.runs)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Stopped; the next run goes on from here.")
