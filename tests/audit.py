"""What the portal stands on: which packages, under which licences, with which known holes.

`bin/audit` asks the advisories of PyPI, then those of OSV; `bin/audit licences` writes docs/licences.md.
"""

import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs/licences.md"
SERVICES = ("pypi", "osv")
HOLES, NOT_ASKED = 1, 3  # what bin/audit exits with
# Would bind the portal itself, or say nothing: GPL and AGPL proper, and what forbids a use.
FORBIDDEN = ("AGPL", "GPL", "SSPL", "BUSL", "COMMONS", "NON-COMMERCIAL", "PROPRIETARY", "UNKNOWN")
HEAD = """# Licences of what the portal runs on

Made by `bin/audit licences` from what the packages themselves say; a test compares. The portal is under the Apache
License 2.0. Weak copyleft (LGPL, MPL) is used unchanged, as installed packages; GPL and AGPL are not used.

| package | licence |
|---|---|
"""


def direct(file="requirements.txt"):
    """Return the requirements that a file lists by itself."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / file).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def standing_on(requirements):
    """Return {canonical name: distribution} of requirements and of all that they need here, extras included."""
    found, waiting = {}, [(one, extra) for one in requirements for extra in ("", *one.extras)]
    seen = set()
    while waiting:
        wanted, extra = waiting.pop()
        name = canonicalize_name(wanted.name)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        found[name] = metadata.distribution(name)
        needs = map(Requirement, found[name].requires or [])
        needs = [need for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})]
        waiting += [(need, more) for need in needs for more in ("", *need.extras)]
    return found


def licences():
    """Return {canonical name: licence} of what runs the portal, as pip-licenses reads it."""
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    named = {canonicalize_name(one["Name"]): in_one_line(one["License"]) for one in said}
    return {name: named[name] for name in sorted(standing_on(direct()))}


def in_one_line(licence):
    """Some packages put the whole text where the name belongs: its first line names it."""
    return next(line.strip() for line in licence.splitlines() if line.strip()).replace("|", "/")


def is_forbidden(licence):
    """Return whether none of the licences that a package offers may be used here; LGPL is not GPL."""
    choices = licence.upper().replace("LGPL", "LESSER").split(" OR ")
    return all(any(word in choice and "LESSER" not in choice for word in FORBIDDEN) for choice in choices)


def written():
    """Return {canonical name: licence} as docs/licences.md has it."""
    rows = [line.strip("| ").split(" | ") for line in LIST.read_text().splitlines() if line.startswith("| ")]
    return dict(rows[1:])


def write_licences():
    LIST.write_text(HEAD + "".join(f"| {name} | {licence} |\n" for name, licence in licences().items()))


def audit(service):
    """Return pip-audit's findings: a list of {name, version, vulns} or {name, skip_reason}; none where it failed."""
    command = [sys.executable, "-m", "pip_audit", "--local", "--format=json", "--progress-spinner=off"]
    run = subprocess.run([*command, f"--vulnerability-service={service}"], capture_output=True, text=True, check=False)
    try:
        return json.loads(run.stdout)["dependencies"]
    except ValueError:
        return []


def told(findings, service):
    """Return (sentences, exit code) of what a service answered; (None, NOT_ASKED) where it answered nothing."""
    answered = [one for one in findings if "vulns" in one]
    silent = [one["name"] for one in findings if "vulns" not in one]
    if not answered:
        return None, NOT_ASKED
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for one in answered
        for hole in one["vulns"]
    ]
    sentences = [f"{len(answered)} packages asked of {service}, {len(holes)} known holes.", *holes]
    if silent:
        sentences.append(f"NOT ASKED about, since {service} does not know them: {', '.join(silent)}")
    return sentences, HOLES if holes else 0


def main(arguments):
    if arguments == ["licences"]:
        write_licences()
        return 0
    for service in SERVICES:
        sentences, code = told(audit(service), service)
        if sentences:
            print("\n".join(sentences))
            return code
    print(f"NOT AUDITED: neither {' nor '.join(SERVICES)} could be asked for advisories from here.", file=sys.stderr)
    return NOT_ASKED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
