"""What the portal is measured against, each served like the portal itself: `tests.bench.floors:bare` and so on.

Nothing of the portal is in them but, for the bare insert, the way it opens SQLite.
"""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from whitenoise import WhiteNoise


def bare(environ, start_response):
    """The least that gunicorn can be asked for."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]


# Django without middleware, without a database: an empty view, and a table of so many rows and values.


def empty(request):
    return HttpResponse("ok\n", content_type="text/plain")


def table(request, rows, values):
    """Answer with a template that loops over as many rows, and prints as many values, as a page of the portal does."""
    width, rest = divmod(max(values, rows), max(1, rows))
    row = {f"value{number}": f"value {number}" for number in range(width + bool(rest))}
    context = {"rows": [row] * rest + [dict(list(row.items())[:width])] * (rows - rest)}
    return render(request, "table.html", context)


CELLS = "{% for name, value in row.items %}<td>{{ value }}</td>{% endfor %}"
TABLE = f"<table>{{% for row in rows %}}<tr>{CELLS}</tr>{{% endfor %}}</table>"
urlpatterns = [path("empty", empty), path("table/<int:rows>/<int:values>", table), path("healthz", empty)]


def bare_django():
    """Return the WSGI application of that Django."""
    loader = (
        "django.template.loaders.cached.Loader",
        [("django.template.loaders.locmem.Loader", {"table.html": TABLE})],
    )
    options = {"loaders": [loader]}
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": options}],
    )
    django.setup()
    return WSGIHandler()


def file():
    """Return WhiteNoise with one file of 20 kB, which does not compress."""
    folder = Path(os.environ["PORTAL_VAR"]) / "whitenoise"
    folder.mkdir(exist_ok=True)
    (folder / "file.bin").write_bytes(os.urandom(20_000))
    return WhiteNoise(bare, root=folder, max_age=60)


# One row into SQLite, opened as the portal opens it.

SCHEMA = "CREATE TABLE IF NOT EXISTS guest (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE)"
connections = threading.local()


def inserting():
    """Return an application that writes what is posted as one row; its table is there before any thread asks for it."""
    with closing(opened()) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(SCHEMA)
    return insert


def insert(environ, start_response):
    """Write what is posted as one row, in a transaction of its own."""
    if environ["REQUEST_METHOD"] == "POST":
        posted = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        if not hasattr(connections, "of_thread"):
            connections.of_thread = opened()
        database = connections.of_thread
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO guest (name, email) VALUES (?, ?)", ("Guest", posted))
        database.execute("COMMIT")
    return bare(environ, start_response)


def opened():
    database = sqlite3.connect(Path(os.environ["PORTAL_VAR"]) / "insert.sqlite3", timeout=20, isolation_level=None)
    database.execute("PRAGMA synchronous=FULL")  # as the portal's
    return database
