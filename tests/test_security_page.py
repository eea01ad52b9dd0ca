"""docs/security.md answers for all chapters; that the tests it names are there, `test_docs` looks after."""

import re

from tests.browser.site import ROOT

PAGE = (ROOT / "docs/security.md").read_text()
CHAPTERS = range(1, 18)  # of ASVS 5.0


def test_every_chapter_has_its_row():
    assert [int(number) for number in re.findall(r"^\| V(\d+) ", PAGE, re.MULTILINE)] == list(CHAPTERS)


def test_every_chapter_that_applies_names_a_proof():
    rows = re.findall(r"^\| (V\d+)[^|]*\| ([^|]*) \|", PAGE, re.MULTILINE)

    proofless = {chapter for chapter, holds in rows if "`" not in holds}
    assert proofless <= {"V11", "V17"}, "cryptography is Django's own, WebRTC is not used"
