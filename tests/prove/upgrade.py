"""An upgrade while visitors browse, sign up, apply and propose, and an organizer saves: nobody sees a 5xx.

The release before serves; the new one migrates its database; then both serve it at once, and the old one ends. Every
form that was answered is stored and has its mail, sent once; what one began the other goes on with. PROVE_RELEASE names
another release to start from, PROVE_SECONDS how long each part lasts.
"""

import json
import os
import random
import re
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import lxml.html
import requests
from aiosmtpd.controller import Controller

from tests.browser import site as demo
from tests.page_types import LANGUAGES, PAGE_TYPES, path_of
from tests.prove.chaos import SET_UP, Storm, signed_in
from tests.prove.failures import Letters, eventually
from tests.prove.machines import shared
from tests.releases import ROOT, Release, code_of, release_before

SECONDS = int(os.environ.get("PROVE_SECONDS", 60))
NOBODY_IS_FASTER = 3.2
MOST = 30
NO_LONG_LOCKS = {"PGOPTIONS": "-c lock_timeout=5s"}
CONFERENCE = "conferences/sample-conference"
FORMS = {
    "seats": ("meetups/chaos/register/", {}),
    "volunteers": (f"{CONFERENCE}/volunteer/all-hands/apply/", {"city": "Chengdu", "availability": "Both days"}),
    "proposals": (f"{CONFERENCE}/proposals/new/", {"title_en": "Forks", "abstract_en": "Why.", "agree_publish": "on"}),
}
TOLD = {
    "SITE_URL": "http://127.0.0.1",
    "ALLOWED_HOSTS": "127.0.0.1",
    "PORTAL_ADMIN_PASSWORD": demo.PASSWORD,
    "BEHIND_PROXY": "1",
}
COLUMNS = """
from django.apps import apps
models = apps.get_models(include_auto_created=True)
print(json.dumps({model._meta.db_table: [field.column for field in model._meta.local_concrete_fields]
                  for model in models if model._meta.managed and not model._meta.proxy}))
"""
UNFIT = """
from django.db import connection
known, unfit = json.loads('''{known}'''), []
with connection.cursor() as cursor:
    for table, columns in known.items():
        there = {{one.name: one for one in connection.introspection.get_table_description(cursor, table)}}
        unfit += [f"{{table}}.{{column}} is gone" for column in set(columns) - there.keys()]
        unfit += [f"{{table}}.{{name}} wants a value" for name, one in there.items()
                  if name not in columns and not one.null_ok and one.default is None]
print(json.dumps(unfit))
"""
TALLY = """
from events.models import Application, Proposal
from portal.models import Registration
from post_office.models import Email
kinds = (Registration, Application, Proposal)
print(json.dumps({
    "stored": [email for kind in kinds for email in kind._base_manager.values_list("email", flat=True)],
    "mails": [(to, mail.message) for mail in Email.objects.all() for to in mail.to],
}))
"""


def steps():
    yield "on SQLite, one machine", on_sqlite
    yield "on PostgreSQL, two machines", on_postgresql


class Visits(Storm):
    """People at one release, until told to stop; besides what a storm notes, how long the slowest had to wait."""

    def __init__(self, site):
        super().__init__(site, album=None)
        self.slowest = 0

    def note(self, what, response):
        super().note(what, response)
        self.slowest = max(self.slowest, response.elapsed.total_seconds())

    def threads(self):
        do = {"web": self.browse, "admin": self.save}
        do |= {kind: partial(self.sign_up, kind=kind) for kind in FORMS}
        return [threading.Thread(target=self.repeat, args=[place, visit]) for place, visit in do.items()]

    def browse(self, session):
        address = self.site.url + path_of(random.choice(list(PAGE_TYPES)), random.choice(LANGUAGES))
        self.note("browse", session.get(address, timeout=60))
        time.sleep(0.2)

    def sign_up(self, session, kind):
        self.send(session, kind, self.opened(session, kind), self.site)

    def opened(self, session, kind):
        """Return the fields of a form as a visitor fills them in, and not faster; a visitor opens it once."""
        if not hasattr(session, "form"):
            page = session.get(self.site.address("en", FORMS[kind][0]), timeout=60)
            self.note("form", page)
            [form] = [form for form in lxml.html.fromstring(page.text).forms if "agree_run" in form.fields]
            for select in form.xpath(".//select[@required]"):
                select.value = select.value or next(filter(None, select.value_options))
            session.form = dict(form.form_values())
            time.sleep(NOBODY_IS_FASTER)
        return session.form

    def send(self, session, kind, form, site):
        """Send a form, opened here, to a site; an answer that does not take it is a failure."""
        path, answers = FORMS[kind]
        email = f"upgrade-{random.randrange(10**12)}@example.org"
        told = {**form, **answers, "name": "Ming", "email": email, "agree_run": "on"}
        # Each from a network of its own, or the limits would end the visits.
        session.headers["X-Forwarded-For"] = f"10.{random.randrange(256)}.{random.randrange(256)}.7"
        answer = session.post(site.address("en", path), data=told, allow_redirects=False, timeout=60)
        self.note(kind, answer)
        if answer.status_code == 302:
            self.signed_up.append(email)
        else:
            self.failed.append((kind, answer.status_code, re.findall(r'(?s)class="errorlist.*?</ul>', answer.text)))
        time.sleep(0.3)


def on_sqlite():
    """One machine: both releases have the same folder, with database, files and kept pages."""
    letters = Letters()
    mails = Controller(letters, hostname="127.0.0.1", port=demo.free_port())
    with tempfile.TemporaryDirectory() as folder:
        mails.start()
        try:
            return upgrade(Path(folder), "data", "data", {"EMAIL_URL": f"smtp://127.0.0.1:{mails.port}"}, letters)
        finally:
            mails.stop()


def on_postgresql():
    """Two machines, on one PostgreSQL, bucket and Redis."""
    letters = Letters()
    with tempfile.TemporaryDirectory() as folder, shared(letters) as environment:
        return upgrade(Path(folder), "here", "there", environment, letters)


def upgrade(folder, here, there, environment, letters):
    """Go from the release before to this one, with data in folder/here and folder/there; return figures."""
    commit = release_before()
    for needed in {here, there}:
        (folder / needed).mkdir()
    environment = {**TOLD, **environment}
    old, new = Release(folder / "old", folder / here, environment), Release(ROOT, folder / there, environment)
    code_of(commit, old.code)
    old.manage("prepare")
    old.ask(SET_UP.format(seats=10))
    visits, figures = move(old, new, letters)
    tally = new.ask(TALLY)
    return {"from": commit, **figures, **judged(visits, tally, letters)}


def move(old, new, letters):
    """Go from one release to the other as docs/run.md says; return the visits and the figures of the parts."""
    with ExitStack() as serving:
        here = serving.enter_context(old.served())
        before = Visits(here)
        with before.raging():
            time.sleep(SECONDS)
            began = time.monotonic()
            replace(new, environment={**new.environment, **NO_LONG_LOCKS}).manage("migrate", "--no-input")
            took = time.monotonic() - began
            time.sleep(SECONDS)
        known = json.dumps(old.ask(COLUMNS))
        unfit = new.ask(UNFIT.format(known=known))
        assert not unfit, unfit
        new.manage("collectstatic", "--no-input")
        with new.served() as there:
            beside, after = Visits(here), Visits(there)
            with after.raging():
                with beside.raging():
                    time.sleep(SECONDS)
                figures = together(beside, after, new)
                serving.close()
                time.sleep(SECONDS)
            eventually(lambda: len(letters.to) >= len(new.ask(TALLY)["mails"]))
    slowest = max(visits.slowest for visits in (before, beside, after))
    figures = {"migrated in": f"{took:.1f} s", "slowest answer": f"{slowest:.1f} s", **figures}
    return (before, beside, after), figures


def together(old, new, release):
    """What one release began is gone on with by the other, and both answer every page; returns figures."""
    for one, other in ((old, new), (new, old)):
        assert requests.get(f"{one.site.url}/readyz", timeout=60).status_code == 200
        organizer = requests.Session()
        assert signed_in(organizer, one.site)
        assert organizer.get(f"{other.site.url}/admin/", timeout=60).url.endswith("/admin/"), "the session is lost"
        for kind in FORMS:
            session = requests.Session()
            one.send(session, kind, one.opened(session, kind), other.site)
    statuses, assets = Counter(), {}
    for one in (old, new):
        for page_type in PAGE_TYPES:
            for language in LANGUAGES:
                answer = requests.get(one.site.url + path_of(page_type, language), timeout=60)
                expected = 404 if page_type == "not found" else 200
                assert answer.status_code == expected, (answer.status_code, answer.url)
                statuses[answer.status_code] += 1
                assets.setdefault(one, set()).update(re.findall(r'"(/static/[^"]+)"', answer.text))
    return {
        "pages": statuses.total(),
        "confirmed at the other": confirmed_at_the_other(old, new, release),
        "files of the old one at the new one": found(assets[old], new.site),
        "files of the new one at the old one": found(assets[new], old.site),
    }


def found(paths, site):
    """Return how many files a release has of those that pages of another load."""
    statuses = [requests.get(site.url + path, timeout=60).status_code for path in sorted(paths)]
    assert max(statuses) < 500, statuses
    return f"{statuses.count(200)} of {len(statuses)}"


def confirmed_at_the_other(old, new, release):
    """Follow the links in mails of sign-ups at one release to the other; return how many were confirmed."""
    ways = [(email, new.site) for email in old.signed_up[-MOST:]]
    ways += [(email, old.site) for email in new.signed_up[-MOST:]]
    mails = dict(release.ask(TALLY)["mails"])
    for email, site in ways:
        link = re.search(r"/(?:en|zh-hans)/my/[^/\s\"]+/", mails[email])[0]
        answer = requests.post(f"{site.url}{link}do/confirm/", timeout=60)
        assert answer.status_code == 200, (answer.status_code, answer.url)
    return len(ways)


def judged(visits, tally, letters):
    signed_up = [email for one in visits for email in one.signed_up]
    statuses = sum((one.statuses for one in visits), Counter())
    figures = {"answers": dict(sorted(statuses.items())), "signed up": len(signed_up), "mails": len(letters.to)}
    failed = [failure for one in visits for failure in one.failed]
    assert not failed, (figures, failed[:3])
    assert sum(one.cut_off for one in visits) == 0, (figures, "answers were cut off")
    assert not set(signed_up) - set(tally["stored"]), (figures, "sign-ups that were answered are lost")
    assert Counter(letters.to) == Counter(email for email, _text in tally["mails"]), (figures, "sent twice, or never")
    assert not set(signed_up) - set(letters.to), (figures, "sign-ups without their mail")
    assert all(one.signed_up for one in visits), figures
    return figures
