"""Measures the portal beside its floors: `python -m tests.bench`, by way of bin/bench.

Sections that were measured for this very code are not measured again, unless --fresh says so. The figures are
written down as they came, also where they miss a floor; then the bench ends with 1.
"""

import argparse
import json
import sys

from tests.bench.floors_held import missed
from tests.bench.places import BENCH, archive_of
from tests.bench.sections import SECTIONS, tell
from tests.bench.tables import write
from tests.prove.__main__ import code_version


def main():
    parser = argparse.ArgumentParser(prog="bin/bench", description="What the portal costs, beside its floors.")
    parser.add_argument("--scale", type=float, default=1, help="of the archive: 1 is twenty conferences, 0.1 a tenth")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), metavar="SECTION")
    parser.add_argument("--rounds", type=int, default=3, help="the middle of so many is told")
    parser.add_argument("--seconds", type=int, default=1, help="how long each is asked for in a round")
    parser.add_argument("--fresh", action="store_true", help="measure again what was measured for this code")
    parser.add_argument("--write", action="store_true", help="into the README and docs/")
    options = parser.parse_args()
    for scale in (options.scale, options.scale / 10):
        archive_of(scale)
    results = measured(options)
    sentences = missed(results)
    if options.write:
        write(results, options.scale, sentences)
    print(json.dumps(results, indent=1, ensure_ascii=False))
    for sentence in sentences:
        print(f"MISSED  {sentence}")
    print(f"{len(sentences)} floors missed" if sentences else "Every floor is held.")
    return 1 if sentences else 0


def measured(options):
    """Return the figures of each section, from the ledger where this code has been measured already."""
    ledger = BENCH / f"{code_version()}-{options.scale:g}.json"
    results = json.loads(ledger.read_text()) if ledger.exists() and not options.fresh else {}
    for name in options.only:
        if name not in results:
            tell(f"Measuring: {name}")
            results[name] = SECTIONS[name](options)
            ledger.write_text(json.dumps(results))
    return results


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Stopped; the next run goes on from here.")
