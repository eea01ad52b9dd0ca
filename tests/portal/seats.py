"""What the tests of seats share: the form as it is sent, its address, and whoever has a seat."""

import re
from datetime import timedelta

from django.core import signing
from django.utils import timezone

from portal import dates, registering, signup_forms
from tests.make import SHANGHAI, a_conference, a_registration


def filled_in(**changes):
    """What a browser sends from the form, opened a minute ago."""
    opened = signing.TimestampSigner(salt=signup_forms.SALT)
    opened.timestamp = lambda: signing.b62_encode(int((timezone.now() - timedelta(minutes=1)).timestamp()))
    return {"name": "Ming", "email": "ming@example.org", "agree_run": "on", "opened": opened.sign("opened"), **changes}


def address_of(desk, language="en"):
    kind = "meetups" if desk.occasion.wing == "meetups" else "conferences"
    return f"/{language}/{kind}/{desk.occasion.slug}/register/"


def link_in(mail):
    return re.search(r"http://testserver(/\S+)", mail.message)[1]


def on_the_clock(moment):
    return dates.written_with_clock(dates.Span(moment, None, SHANGHAI.key), "en")


def seated(desk, name="Ming", **fields):
    return registering.confirm(a_registration(desk, name, **fields))


def a_conference_ahead():
    begins = timezone.now() + timedelta(days=30)
    return a_conference(starts_at=begins, ends_at=begins + timedelta(days=2))
