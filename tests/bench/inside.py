"""What pages cost inside one process, over the archive that settings name: see `measure_all()`."""

import json
import statistics
import time
from io import BytesIO

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import connection, reset_queries
from django.template.base import Node
from django.template.defaulttags import ForNode
from django.template.loader_tags import IncludeNode
from django.test import RequestFactory
from lxml import etree, html

from portal import tokens
from portal.models import Registration
from tests.bench.pages import ADMIN, paths

# What a page prints, also where a template tag puts many values together at once: texts, addresses, times, what
# pictures show, what is said to other sites, and what the fields of a form are.
TEXTS = etree.XPath(
    "//text()[normalize-space()] | //@href | //@src | //@srcset | //@datetime | //@alt[. != ''] | //meta/@content"
    " | //form//@id | //form//@name | //form//@value | //form//@for"
)


def measure_all(rounds, cookie="", names=None):
    """Print, as JSON, name -> figures of every public page, and of every page of organizers: see `Measured`.

    `rounds` is how often each is asked for; page after page in each round, so that a busy moment falls on all.
    `cookie` is what visitors send. With `names`, only these pages are asked for.
    """
    request_started.disconnect(reset_queries)  # the log of queries is ours
    handler, organizer = WSGIHandler(), cookie_of_an_organizer()
    visited = {name: path for name, path in (paths() | own_paths()).items() if not names or name in names}
    public = [Measured(handler, name, path, cookie) for name, path in visited.items()]
    admin = [Measured(handler, name, path, organizer) for name, path in ADMIN.items() if not names or name in names]
    for _round in range(rounds):
        for page in (*public, *admin):
            page.ask_once_more()
    print(json.dumps({"public": figures_of(public), "admin": figures_of(admin)}))


def own_paths():
    """Return name -> path of the pages that only one guest's link leads to."""
    guest = Registration.objects.order_by("pk").first()
    return {"status of a guest": f"/en/my/{tokens.make(guest)}/"}


def figures_of(pages):
    return {page.name: page.figures() for page in pages}


class Measured:
    """A page, asked for as a server does."""

    def __init__(self, handler, name, path, cookie=""):
        self.handler, self.name, self.path, self.cookie = handler, name, path, cookie
        self.cpu, self.wall = [], []
        self._ask()  # what is only done once is not counted
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        self.status, self.body = self._ask()
        self.sql = len(connection.queries_log)
        connection.force_debug_cursor = False
        with Printed() as self.printed:  # apart, for it asks lists how long they are
            self._ask()

    def ask_once_more(self):
        cpu, wall = time.process_time(), time.perf_counter()
        self._ask()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)

    def figures(self):
        """Return path, status, milliseconds (CPU the median, wall the shortest), SQL, bytes, and what is printed."""
        values = len(TEXTS(html.document_fromstring(self.body))) if self.is_page else 0
        return {
            "path": self.path,
            "status": self.status,
            "cpu": round(1000 * statistics.median(self.cpu), 2),
            "wall": round(1000 * min(self.wall), 2),
            "sql": self.sql,
            "bytes": len(self.body),
            "is page": self.is_page,
            "values": max(self.printed.values, values),
            "rows": self.printed.rows,
        }

    def _ask(self):
        environ = RequestFactory().get(self.path).environ
        environ |= {"HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": self.cookie, "wsgi.input": BytesIO()}
        response = self.handler(environ, lambda status, headers, exc_info=None: None)
        body = b"".join(response)
        response.close()
        self.is_page = response.headers["Content-Type"].startswith("text/html")
        return response.status_code, body


class Printed:
    """Counts, within a with statement, the values that templates print and the rows they loop over.

    A value is whatever a tag prints that holds no others: a variable, a translated word, an address.
    """

    def __enter__(self):
        self.values = self.rows = 0
        self.render, self.loop = Node.render_annotated, ForNode.render

        def render(node, context):
            printed = self.render(node, context)
            self.values += bool(printed) and holds_no_others(node)
            return printed

        def loop(node, context):
            values = node.sequence.resolve(context, ignore_failures=True)
            self.rows += len(values) if hasattr(values, "__len__") else 0
            return self.loop(node, context)

        Node.render_annotated, ForNode.render = render, loop
        return self

    def __exit__(self, *_exception):
        Node.render_annotated, ForNode.render = self.render, self.loop


def holds_no_others(node):
    return not isinstance(node, IncludeNode) and not any(getattr(node, name, None) for name in node.child_nodelists)


def cookie_of_an_organizer():
    """Return the Cookie header of somebody who is signed in and may do everything."""
    user, session = get_user_model().objects.get(username="bench"), SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
