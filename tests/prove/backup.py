"""A backup taken while people read, sign up, save and upload; restored elsewhere, compared row by row and file by file.

Whatever was answered before the backup began is in it. Each of its rows is, letter for letter, a row of the portal
that went on (but for the few tables that change rows after they are written), each file the same bytes; and no
transaction is in it by half: every sign-up has its mail.
"""

import os
import tempfile
import time
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from tests.browser import site as demo
from tests.postgres import running as running_postgres
from tests.prove.chaos import SET_UP, Storm
from tests.prove.serving import manage, manage_json

SECONDS = int(os.environ.get("PROVE_BACKUP_SECONDS", 30))  # of load before the backup, and half of it after
SEATS = 40
# Rows of these change after they are written: mails that are tried, a page that is saved and found anew.
CHANGING = {"post_office.email", "portal.page", "portal.searchentry"}
LINES = """
from portal.safekeeping import tables
schema = tables.schema_of("default")
print(json.dumps({label: list(tables.lines_of(model, "default")) for label, model in schema.items()}))
"""
WITHIN = """
from portal.models import Photo, Registration
from post_office.models import Email
mailed = {address for to in Email.objects.values_list("to", flat=True) for address in to}
signed_up = set(Registration.objects.filter(desk__occasion__slug="chaos").values_list("email", flat=True))
print(json.dumps({
    "signed up": sorted(signed_up), "without mail": sorted(signed_up - mailed),
    "photos": list(Photo.objects.filter(album__slug="chaos").values_list("pk", flat=True)),
}))
"""


def steps():
    yield "on SQLite", partial(taken_under_load, postgres=False)
    yield "on PostgreSQL", partial(taken_under_load, postgres=True)


def taken_under_load(postgres):
    with tempfile.TemporaryDirectory() as folder, running_postgres() if postgres else nullcontext() as cluster:
        here, there, file = Path(folder) / "here", Path(folder) / "there", Path(folder) / "kept.tar"
        environment, elsewhere = {"BEHIND_PROXY": "1", "EMAIL_URL": "smtp://127.0.0.1:9"}, {}
        for name, told in (("here", environment), ("there", elsewhere)) if cluster else ():
            cluster.create(name)
            told["DATABASE_URL"] = cluster.url(name)
        here.mkdir()
        process, site = demo.start(here, **environment)
        try:
            album = manage_json(site, SET_UP.format(seats=SEATS), environment)
            with Storm(site, album).raging() as storm:
                time.sleep(SECONDS)
                signed_up, put_up, began = set(storm.signed_up), set(storm.put_up), time.monotonic()
                told = manage(here, environment, "backup", file)
                took = time.monotonic() - began
                time.sleep(SECONDS / 2)
            live = manage_json(site, LINES, environment)
        finally:
            demo.stop(process.pid)
        there.mkdir()
        manage(there, elsewhere, "migrate", "-v0")
        restored = manage(there, elsewhere, "restore", file)
        copy = demo.Site(site.url, there)
        changed = compare(live, manage_json(copy, LINES, elsewhere))
        files = same_files(here / "media", there / "media")
        within = manage_json(copy, WITHIN, elsewhere)
    assert not storm.failed, storm.failed[:10]
    assert signed_up <= set(within["signed up"]), "sign-ups answered before the backup are not in it"
    assert put_up <= set(within["photos"]), "photos answered before the backup are not in it"
    assert within["without mail"] == [], "a transaction is in the backup by half"
    assert len(storm.signed_up) > len(signed_up), "nobody signed up while it was taken"
    return {
        "answers": dict(sorted(storm.statuses.items())),
        "seconds": round(took, 1),
        "backup": told.rpartition(": ")[2],
        "signed up before": len(signed_up),
        "in it": len(within["signed up"]),
        "at the end": len(storm.signed_up),
        "photos": f"{len(put_up)}, {len(within['photos'])}, {len(storm.put_up)}",
        "tables changed since": ", ".join(changed),
        "files the same": files,
        "restored": restored.rpartition(": ")[2],
    }


def compare(live, restored):
    """Every restored row is a row of the portal that went on; return the tables where some have changed since."""
    assert set(live) == set(restored)
    strange = {label: lines for label in live if (lines := set(restored[label]) - set(live[label]))}
    odd = {label: sorted(lines)[:2] for label, lines in strange.items() if label not in CHANGING}
    assert odd == {}, odd
    assert not {label for label in strange if len(restored[label]) > len(live[label])}
    return sorted(strange)


def same_files(here, there):
    """Return how many files were restored; each is the one of the portal, byte by byte."""
    restored = [path for path in there.rglob("*") if path.is_file()]
    for path in restored:
        assert path.read_bytes() == (here / path.relative_to(there)).read_bytes(), path.name
    assert restored
    return len(restored)
