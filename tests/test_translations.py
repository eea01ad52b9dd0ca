"""Every text of ours has its Chinese, and what is compiled is what was written."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.utils.translation import gettext, override

from tests.browser.site import ROOT

SOURCES = ("manage.py", "portal", "events", "meetups", "templates")
LOCALE = ROOT / "portal/locale/zh_Hans/LC_MESSAGES"
ENGLISH = ROOT / "portal/locale/en/LC_MESSAGES"  # where a package's English is not in our words


@pytest.fixture
def catalogue():
    return polib.pofile(str(LOCALE / "django.po"))


def test_every_message_has_its_chinese(catalogue):
    live = [entry for entry in catalogue if not entry.obsolete]
    assert len(live) > 200
    assert [entry.msgid for entry in live if not entry.translated() or entry.fuzzy] == []


def test_every_message_in_the_code_is_in_the_catalogue(catalogue, tmp_path):
    """`makemessages`, run on a copy, adds nothing. It needs GNU gettext, which users of the portal do not."""
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    found = {(entry.msgctxt, entry.msgid) for entry in extracted(tmp_path)}
    assert found - known == set()


@pytest.mark.parametrize("folder", [LOCALE, ENGLISH], ids=["zh-hans", "en"])
def test_the_compiled_file_is_in_step(folder):
    catalogue = polib.pofile(str(folder / "django.po"))
    compiled = {(entry.msgctxt, entry.msgid): texts(entry) for entry in polib.mofile(str(folder / "django.mo"))}
    written = {(entry.msgctxt, entry.msgid): texts(entry) for entry in catalogue.translated_entries()}
    assert compiled == written and written


def test_readers_are_called_as_among_friends(catalogue):
    assert [entry.msgid for entry in catalogue if "您" in entry.msgstr] == []


def test_what_follows_a_salutation_begins_as_a_sentence_does(catalogue):
    of_mails = re.compile("templates/(emails/|account/email/.*_message)")
    of_mails = [entry for entry in catalogue if any(of_mails.match(place) for place, _line in entry.occurrences)]
    assert len(of_mails) > 50
    assert [entry.msgid for entry in of_mails if entry.msgid[0].islower() and entry.msgid != "j F Y"] == []


def test_an_address_for_mail_has_one_name_whoever_asks_for_it():
    with override("zh-hans"):
        assert {gettext(name) for name in ("e-mail", "E-mail", "Email", "Email address", "email address")} == {
            "电子邮箱"
        }
        assert "电子邮箱" in gettext("Enter a valid email address.")


def test_no_space_follows_a_colon_in_chinese(catalogue):
    """The wide colon brings its own: what a label names belongs into its message, or the label does without a colon."""
    ends_wide = {(entry.msgctxt, entry.msgid) for entry in catalogue if entry.msgstr.endswith("：")}
    label = re.compile(r'{% translate "([^"]+)"(?: context "([^"]+)")? %} +\S')
    spaced = [
        (template.name, text)
        for template in (ROOT / "templates").rglob("*.html")
        for text, context in label.findall(template.read_text())
        if (context or None, text) in ends_wide
    ]
    assert spaced == []


def extracted(folder):
    """Return the messages that the sources hold now, read from a copy of them in `folder`."""
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_VAR": str(folder / "var")}
    command = [sys.executable, "manage.py", "makemessages", "--locale", "zh_Hans", "--no-obsolete"]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return polib.pofile(str(folder / LOCALE.relative_to(ROOT) / "django.po"))


def texts(entry):
    """What a reader gets: the one text, or a dict of the plural forms."""
    return entry.msgstr_plural or entry.msgstr
