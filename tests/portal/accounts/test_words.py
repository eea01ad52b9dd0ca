"""A second factor, a passkey and a recovery code have one name each, on the pages of ours and of django-allauth."""

import re
from pathlib import Path

import allauth
import polib
import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

OTHER_NAMES = {
    "zh-hans": re.compile("双因素|第二重|多因素|安全密钥|认证器|身份验证|恢复代码|passkey", re.IGNORECASE),
    "en": re.compile("two-factor|security key", re.IGNORECASE),
}
OURS = {"zh-hans": ("两步验证", "通行密钥"), "en": ("Second factor", "Passkeys")}
STIFF = re.compile("您|账户|帐户|帐号")
# But for what templates of ours stand in for, and codes by mail, which nobody is sent here.
OF_SIGNING_IN = re.compile(
    "account/(email/)?password_(?!reset_(done|key|code))|reauthenticate|email/account_(dis)?connected"
)
THEIRS = Path(allauth.__file__).parent / "locale/zh_Hans/LC_MESSAGES/django.po"


def about_second_factors():
    """Return the messages of django-allauth that its pages of second factors show."""
    live = [entry for entry in polib.pofile(str(THEIRS)) if not entry.obsolete]
    return [entry for entry in live if any("mfa/" in place for place, _line in entry.occurrences)]


@pytest.mark.parametrize("language", OTHER_NAMES)
def test_each_has_one_name(language):
    found = about_second_factors()
    with override(language):
        shown = {
            entry.msgid: ngettext(entry.msgid, entry.msgid_plural, 2) if entry.msgid_plural else gettext(entry.msgid)
            for entry in found
        }

    assert (shown["Two-Factor Authentication"], shown["Security Keys"]) == OURS[language]
    assert {text: said for text, said in shown.items() if OTHER_NAMES[language].search(said)} == {}


@pytest.mark.django_db
def test_pages_and_mails_of_signing_in_speak_as_the_rest_does(client):
    live = [entry for entry in polib.pofile(str(THEIRS)) if not entry.obsolete and not entry.msgid_plural]
    shown = [entry.msgid for entry in live if any(OF_SIGNING_IN.search(place) for place, _line in entry.occurrences)]
    with override("zh-hans"):
        assert {text: said for text in shown if STIFF.search(said := gettext(text))} == {}

    assert f'href="{reverse("account_login")}"' in client.get(reverse("account_reset_password")).content.decode()
