"""Every dependency is there for a reason, under a licence that may be used, and its holes would be told."""

import re
import sys

import pytest
from packaging.utils import canonicalize_name

from tests import audit

DOCUMENT = (audit.ROOT / "CONTRIBUTING.md").read_text().partition("## Dependencies")[2].partition("\n## ")[0]


def lines_of_dependencies():
    """Return the names in the first columns of the tables: "Pillow, pillow-heif" are two."""
    cells = [line.strip("| ").split(" | ")[0] for line in DOCUMENT.splitlines() if line.startswith("| ")]
    names = [
        re.sub(r"\[.*?\]|\(.*?\)", "", name).split()
        for cell in cells
        for name in re.sub(r"\[.*?\]", "", cell).split(",")
    ]
    return {canonicalize_name(words[0]) for words in names if words}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_its_line_of_what_for_and_why(file):
    named = lines_of_dependencies()

    assert [one.name for one in audit.direct(file) if canonicalize_name(one.name) not in named] == []


def test_every_requirement_has_a_ceiling():
    """A new major version comes when somebody has looked at it."""
    for file in ("requirements.txt", "requirements-dev.txt"):
        assert [str(one) for one in audit.direct(file) if "<" not in str(one.specifier)] == []


def test_the_list_of_licences_is_in_step():
    found, written = audit.licences(), audit.written()

    if sys.version_info[:2] != (3, 11) or sys.platform != "linux":
        # Elsewhere a few more or fewer packages are needed.
        found = {name: licence for name, licence in found.items() if name in written}
        written = {name: written[name] for name in found}
    assert found == written, "run bin/audit licences"


def test_no_licence_binds_the_portal_or_is_unknown():
    assert {name: licence for name, licence in audit.licences().items() if audit.is_forbidden(licence)} == {}


@pytest.mark.parametrize(
    ("licence", "forbidden"),
    [
        *(("MIT", False), ("Apache-2.0 OR GPL-2.0", False), ("LGPL-3.0-only", False), ("BSD-3-Clause", False)),
        *(("GPL-3.0-or-later", True), ("GNU AGPLv3", True), ("UNKNOWN", True), ("BUSL-1.1", True)),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
    ],
)
def test_which_licences_may_be_used(licence, forbidden):
    assert audit.is_forbidden(licence) == forbidden


def test_a_known_hole_is_told_and_fails():
    findings = [
        {"name": "fine", "version": "1", "vulns": []},
        {"name": "leaky", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]},
        {"name": "local", "skip_reason": "not found"},
    ]

    sentences, code = audit.told(findings, "pypi")

    assert code == audit.HOLES
    assert sentences == [
        "2 packages asked of pypi, 1 known holes.",
        "leaky 2: PYSEC-1, mended in 2.1",
        "NOT ASKED about, since pypi does not know them: local",
    ]


@pytest.mark.parametrize("findings", [[], [{"name": "a", "skip_reason": "not found"}]])
def test_an_answer_about_nothing_is_no_answer(findings, monkeypatch, capsys):
    monkeypatch.setattr(audit, "audit", lambda service: findings)

    assert audit.main([]) == audit.NOT_ASKED
    assert capsys.readouterr().err == "NOT AUDITED: neither pypi nor osv could be asked for advisories from here.\n"


def test_silence_of_one_service_is_made_good_by_the_other(monkeypatch, capsys):
    fine = [{"name": "fine", "version": "1", "vulns": []}]
    monkeypatch.setattr(audit, "audit", lambda service: fine if service == "osv" else [])

    assert audit.main([]) == 0
    assert capsys.readouterr().out == "1 packages asked of osv, 0 known holes.\n"
