"""Runs proofs: `python -m tests.prove`, by way of bin/prove.

A proof is a module beside this one with a docstring that says what it shows,
and a function `steps()`: a generator of (name, callable) pairs. A callable
returns a dict of figures, or raises AssertionError with what it found.
"""

import argparse
import hashlib
import importlib
import json
import pkgutil
import subprocess
import sys
import time

from tests import prove
from tests.browser.site import ROOT

KEPT = ROOT / "var" / "proofs"


def code_version():
    """Return a name for the code as it is now, uncommitted changes included."""
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout
    changes = subprocess.run([*git, "diff", "HEAD"], capture_output=True, check=True).stdout
    return commit.strip() + (f"-{hashlib.sha256(changes).hexdigest()[:8]}" if changes else "")


def proofs():
    """Return the proofs by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(prove.__path__) if module.name != "__main__")
    return {name: importlib.import_module(f"tests.prove.{name}") for name in names}


def run(name, proof, ledger):
    """Do the steps that the ledger does not hold as done; return how many failed."""
    done = {}
    if ledger.exists():
        done = {step["step"]: step["figures"] for step in map(json.loads, ledger.read_text().splitlines())}
    failed = 0
    with ledger.open("a") as out:
        for step, do in proof.steps():
            if step in done:
                report(name, step, "done before", done[step])
                continue
            began = time.monotonic()
            try:
                figures = do() or {}
            except AssertionError as finding:
                failed += 1
                report(name, step, "FAILED", {"": "\n".join([str(finding), *getattr(finding, "__notes__", [])])})
                continue
            out.write(json.dumps({"step": step, "figures": figures}, ensure_ascii=False) + "\n")
            out.flush()
            report(name, step, f"{time.monotonic() - began:.1f} s", figures)
    return failed


def report(name, step, outcome, figures):
    told = "  ".join(f"{label} {value}".strip() for label, value in figures.items())
    print(f"{name}: {step}: {outcome}  {told}".rstrip(), flush=True)


def main():
    known = proofs()
    parser = argparse.ArgumentParser(prog="bin/prove", description="Proofs too long for bin/test.")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(known))
    parser.add_argument("--fresh", action="store_true", help="begin anew, also what was done for this code before")
    options = parser.parse_args()
    if unknown := set(options.names) - set(known):
        parser.error(f"no proof is called {', '.join(sorted(unknown))}")
    if not options.names:
        for name, proof in known.items():
            print(f"{name:12} {proof.__doc__.splitlines()[0]}")
        return 0
    KEPT.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in options.names:
        ledger = KEPT / f"{name}-{code_version()}.jsonl"
        if options.fresh:
            ledger.unlink(missing_ok=True)
        failed += run(name, known[name], ledger)
    print(f"{failed} failed" if failed else "all hold")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Stopped; the next run goes on from here.")
