"""Whatever comes up, asked of every address of the admin in the name of who may do everything: no error of ours.

`broken()` asks within transactions that are rolled back, in a database that it fills with a row of each kind.
"""

import random
import sys
import time
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from lxml import html

from tests.nul_bytes import KEY
from tests.portal.test_admin_doors import World

TOO_LONG = "9" * 21
TEXTS = ("", "x", "-1", "0", "1", TOO_LONG, "9223372036854775808", "9" * 18, "Ming\x00", "\u202e\U0001f600", "²", "٣")
TEXTS += ("1_0", "1e400", "NaN", "{}", "[]", '{"a": NaN}', "[" * 3000, "null", '["a"]', "http://[::1", "%", "_", "(")
TEXTS += ("a" * 3000, "0000-00-00", "0001-01-01T00:00", "9999-12-31T23:59", "99999-01-01", "2026-02-31", "24:00", "on")
WORDS = ("q", "o", "p", "e", "all", "page", "_popup", "_to_field", "_changelist_filters", "id", "id__exact", "pk__in")
WORDS += ("id__isnull", "id__lt", "row", "keep", "version", "of", "next", "model", "language", "kind", "nonsense__x")
BODIES = (b"{", b"[]", b"null", b"1e999", b"\xff", b'"\\ud800"', b'{"digests": [1]}', b"[" * 5000)


class Fuzz:
    """One round: a client, the addresses of the admin, and the rows that they lead to."""

    def __init__(self, dice):
        self.dice, self.found, self.asked = dice, {}, 0
        self.client = Client(raise_request_exception=False, SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
        world = World()
        self.client.force_login(User.objects.create_superuser("chief"))
        self.session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        self.keys = {type(row): row.pk for row in world.rows.values()} | {User: User.objects.get(username="chief").pk}
        self.routes = list(_routes())
        self.forms = {}

    def run(self, seconds):
        ends = time.monotonic() + seconds
        kinds = (self.page, self.list, self.action, self.form, self.form, self.form, self.body, self.autocomplete)
        got_request_exception.connect(self._note)
        try:
            while time.monotonic() < ends:
                self.dice.choice(kinds)()
        finally:
            got_request_exception.disconnect(self._note)
        return {"asked": self.asked, "found": list(self.found.values())}

    def text(self):
        return self.dice.choice(TEXTS)

    def ask(self, method, path, data=None, **extra):
        """Ask, and leave no trace of it."""
        self.asked += 1
        self.question = [method, path, str(data)[:300]]
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session  # some addresses sign out
        with transaction.atomic():
            answer = getattr(self.client, method)(path, data, **extra)
            transaction.set_rollback(True)
        return answer

    def _note(self, sender, request, **kwargs):
        error = sys.exc_info()[1]
        where = error.__traceback__
        while where.tb_next:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}"
        self.found.setdefault((type(error), place), [*self.question, f"{error!r:.200} {place}"])

    def address(self):
        """Return an address of the admin, with the keys of rows or with whatever comes up."""
        model, route = self.dice.choice(self.routes)
        key = self.keys.get(model, 1)

        def filled(match):
            if match["kind"] == "key":
                return str(self.dice.choice((key, key, key, 0, 999_999, TOO_LONG)))
            return str(key) if self.dice.random() < 0.7 else quote(self.text()[:300], safe="")

        return KEY.sub(filled, route)

    def words(self, *more):
        return {self.dice.choice((*WORDS, *more)): self.text() for _word in range(self.dice.randint(1, 2))}

    def page(self):
        self.ask("get", self.address(), self._short(self.words()))

    def list(self):
        model = self.dice.choice(list(self.keys))
        fields = [field.name for field in model._meta.get_fields()]
        lookups = [f"{name}{suffix}" for name in fields for suffix in ("", "__id__exact", "__isnull", "__in", "__year")]
        filters = [getattr(one, "parameter_name", one) for one in admin.site._registry[model].list_filter]
        names = [name for name in (*lookups, *filters) if isinstance(name, str)]
        self.ask("get", _list_of(model), self._short(self.words(*names)))

    @staticmethod
    def _short(words):
        return {name: text[:300] for name, text in words.items()}

    def action(self):
        model = self.dice.choice(list(self.keys))
        chosen = self.dice.choice((self.text(), [self.keys[model], self.text()], [self.keys[model]], 999_999))
        action = self.dice.choice((*_actions(model), self.text()))
        sent = {"action": action, "_selected_action": chosen, **self.words("post", "select_across", "index", "at")}
        self.ask("post", _list_of(model), sent)

    def form(self):
        """Send a form of a page with some of its fields changed, dropped or doubled."""
        path = self.address()
        if path not in self.forms:
            self.forms[path] = _forms_of(self.ask("get", path), path)
        if not self.forms[path]:
            return
        action, fields = self.dice.choice(self.forms[path])
        sent = dict(fields)
        for name in self.dice.sample(list(sent), min(len(sent), self.dice.choice((1, 1, 2, 5, 100)))):
            change = self.dice.random()
            if change < 0.1:
                del sent[name]
            else:
                sent[name] = self.text() if change < 0.9 else [self.text(), self.text()]
        self.ask("post", action, sent)

    def body(self):
        self.ask("post", self.address(), self.dice.choice(BODIES), content_type="application/json")

    def autocomplete(self):
        model = self.dice.choice(list(self.keys))
        field = self.dice.choice(model._meta.get_fields())
        where = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field.name}
        self.ask(
            "get", "/admin/autocomplete/", self._short({**where, "term": self.text(), **self.words("page", *where)})
        )


def broken(seconds, number=0):
    """Ask until the time is up; return {"asked": how many, "found": list of what ended in an error of ours}."""
    return Fuzz(random.Random(number)).run(seconds)


def _routes(patterns=None, before="/"):
    """Yield (model or None, route) of every address of the admin that has a name for each of its parts."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            if route.startswith("/admin/") and "account" not in route:
                yield from _routes(one.url_patterns, route)
        elif route.startswith("/admin/") and "(" not in route:
            yield _model_of(route), route


def _model_of(route):
    parts = route.split("/")[2:4]
    return next((one for one in admin.site._registry if [one._meta.app_label, one._meta.model_name] == parts), None)


def _list_of(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def _actions(model):
    known = [one if isinstance(one, str) else one.__name__ for one in admin.site._registry[model].actions]
    return ["delete_selected", *known]


def _forms_of(page, path):
    """Return (address, what a browser would send) of each form of a page."""
    if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
        return []
    forms = html.fromstring(page.content).xpath("//form[translate(@method, 'POST', 'post') = 'post']")
    return [
        (form.get("action") or path, {name: form.fields[name] or "" for name in form.fields if name}) for form in forms
    ]
