"""The character NUL in whatever a visitor may send. PostgreSQL takes it in no text: a question with it is an error.

`broken()` asks every public address, in a database with a row of each kind, and sends every form.
"""

import re
from http.cookies import SimpleCookie
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver
from lxml import html

from tests import make

NUL = "Ming\x00"
# What no route tells by its converters.
MORE = ["/api/v1/x%00", "/admin/account/password/reset/key/1-x%00/", "/admin/account/login/?next=x%00"]
NAMES = "q page year city kind series chapter forum tag role track day state next".split()  # noqa: SIM905 - reads better than a list
COOKIES = ["sessionid", "csrftoken", "django_language", "messages"]


def broken():
    """Return [status, what was sent] for whatever is answered with an error of ours, or leads anywhere by its path."""
    client = Client(raise_request_exception=False, SERVER_NAME=urlsplit(settings.SITE_URL).hostname)
    keys, found = a_row_of_each_kind(), []

    def note(answer, sent, allowed=range(500)):
        if answer.status_code not in allowed:
            found.append([answer.status_code, sent])
        return answer

    for path in _with_nul_in_path(keys):
        note(client.get(path), path, allowed=range(300, 500))
    for path in [*MORE, *_with_keys(keys)]:
        note(client.get(path, dict.fromkeys(NAMES, NUL)), f"{path} with a query")
        for form in _forms_of(note(client.get(path), path)):
            for name, value in form.items():
                note(client.post(path, form | {name: f"{value}{NUL}"}), f"POST {path} {name}")
    for name in COOKIES:
        # As a browser would send it: in octal digits, which a server reads as the character.
        client.cookies = SimpleCookie({name: NUL * 8})
        for path in ("/admin/", "/en/", "/admin/account/login/"):
            note(client.get(path), f"{path} with the cookie {name}")
    return found


def a_row_of_each_kind():
    """Return, by the name that routes give it, what leads to each row."""
    session = make.a_session()
    conference = session.conference
    call, desk = make.a_call(conference), make.a_desk()
    role = make.a_role(make.a_team(call))
    make.a_proposal_call(conference)
    make.a_booth_call(conference)
    venue = make.a_venue(conference)
    photo = make.a_photo()
    slugs = {"conference": conference, "series": conference.series, "forum": make.a_forum(conference), "venue": venue}
    slugs |= {"room": make.a_room(venue), "call": call, "role": role, "meetup": desk.occasion, "album": photo.album}
    slugs |= {"person": make.a_person(), "organization": make.an_organization(), "chapter": make.a_chapter()}
    slugs |= {"article": make.an_article(), "page": make.a_page()}
    numbers = {"photo": photo.pk, "code": session.code, "kind": "booth", "suffix": "ics", "section": "pages"}
    token = make.a_registration(desk).token
    return {name: row.slug for name, row in slugs.items()} | numbers | {"token": token, "verb": "confirm"}


def _routes(patterns=None, before="/"):
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        elif one.namespace != "admin":
            yield from _routes(one.url_patterns, route)


KEY = re.compile(r"<(?P<kind>\w+):(?P<name>\w+)>")


def _with_keys(keys):
    """Yield every address that can be made of the keys."""
    for route in _routes():
        if "^" not in route and all(match["name"] in keys for match in KEY.finditer(route)):
            yield KEY.sub(lambda match: str(keys[match["name"]]), route)


def _with_nul_in_path(keys):
    """Yield every address with NUL in one of the places where a route takes any text."""
    for route in _routes():
        for text in KEY.finditer(route):
            if text["kind"] in ("str", "path") and "^" not in route:
                asked = route[: text.start()] + quote(NUL) + route[text.end() :]
                yield KEY.sub(lambda match: str(keys.get(match["name"], 1)), asked)


def _forms_of(page):
    """Return what a browser would send of each form of a page, with something in what is empty."""
    if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
        return []
    forms = html.fromstring(page.content).xpath("//form[translate(@method, 'POST', 'post') = 'post']")
    return [{name: form.fields[name] or "1" for name in form.fields} for form in forms]
