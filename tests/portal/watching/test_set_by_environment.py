"""What the environment switches on at start: metrics over several processes, errors to Sentry."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest

from tests.browser.site import ROOT

ASK = """
import django
django.setup()
from django.test import Client
client = Client(headers={"Authorization": "Bearer %s"})
for _time in range(3):
    assert client.get("/healthz").status_code == 200
"""
TELL = (
    ASK
    + """
from django.conf import settings
from tests.database import copy_sqlite
copy_sqlite("%s", settings.DATABASES["default"]["NAME"])
assert Client().get("/metrics").status_code == 404
print(client.get("/metrics").content.decode())
"""
)
BREAK = """
import django
django.setup()
from django.conf import settings
from django.test import Client
from portal.views import watching
secret = "ming@example.org"
def broken():
    raise RuntimeError(f"no mail to {secret} at /en/my/r.1.1.abcdefghijklmnopqrstuvwx/")
watching.checks.readiness = broken
client = Client(raise_request_exception=False)
assert client.get("/readyz?email=hong@example.org", headers={"Cookie": "sessionid=stolen"}).status_code == 500
import sentry_sdk
sentry_sdk.flush(10)
"""


def run(code, folder, **environment):
    """Run some lines in a process of their own; return what they print."""
    told = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PROMETHEUS_MULTIPROC_DIR": str(folder)}
    environment = {**os.environ, **told, **environment}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout


def test_every_process_counts_and_the_token_reads(tmp_path, sqlite_url):
    token = "a-token-for-tests"
    run(ASK % token, tmp_path, METRICS_TOKEN=token)

    told = run(TELL % (token, sqlite_url.removeprefix("sqlite:///")), tmp_path, METRICS_TOKEN=token)

    assert 'portal_requests_total{method="GET",route="healthz",status="200"} 6.0' in told
    assert 'portal_request_seconds_count{route="healthz"} 6.0' in told
    assert "portal_mails_waiting 0" in told


@pytest.fixture
def sentry():
    """A server that takes what an SDK sends; yields (DSN, the list of what came)."""
    came = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("Content-Encoding"), bytes)
            came.append(unpack(body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", came
    server.shutdown()


def test_an_error_reaches_sentry_without_anything_about_a_person(sentry, tmp_path):
    dsn, came = sentry

    run(BREAK, tmp_path, SENTRY_DSN=dsn)

    events = [json.loads(line) for body in came for line in body.splitlines() if '"exception"' in line]
    assert [event["exception"]["values"][0]["value"] for event in events] == ["no mail to [address] at /en/my/[token]/"]
    assert events[0]["transaction"] == "/readyz"
    whole = "".join(came)
    for word in ("ming@", "hong@", "stolen", "abcdefghij"):
        assert word not in whole
