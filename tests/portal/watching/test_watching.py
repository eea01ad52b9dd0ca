"""What monitors are told, and what a log must and must not hold."""

import io
import json
import logging
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from post_office.models import STATUS, Email

from portal.pagecache.in_redis import RedisStore
from portal.pagecache.marking import NOBODYS
from portal.watching import checks, queries
from portal.watching.ids import WithRequestId, request_id
from tests.make import a_person

pytestmark = pytest.mark.django_db


def a_mail(waits, **fields):
    mail = Email.objects.create(to="ming@example.org", from_email="portal@example.org", status=STATUS.queued, **fields)
    Email.objects.filter(pk=mail.pk).update(created=timezone.now() - waits)
    return mail


def test_a_process_that_can_serve_says_so(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "pages": "ok", "storage": "ok", "outbox": "ok"}
    assert "no-cache" in response["Cache-Control"]
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitors_ask_by_the_address_of_the_machine_and_without_tls(client, settings, path):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["portal.example.org"], True

    answer = client.get(path, headers={"host": "10.1.2.3:8000"})

    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    # Pages stay under the one name, and under TLS.
    assert client.get("/en/", headers={"host": "10.1.2.3:8000"}).status_code == 400
    assert client.get("/en/", headers={"host": "portal.example.org"})["Location"] == "https://portal.example.org/en/"


def test_without_a_place_to_write_it_is_not_ready(client, settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path / "a-file"
    settings.MEDIA_ROOT.write_text("not a folder")

    response = client.get("/readyz")

    assert (response.status_code, response.json()["storage"]) == (503, "cannot be written")
    assert "Files cannot be written" in caplog.text


def test_without_its_store_of_pages_it_is_not_ready(client, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    nowhere = RedisStore("redis://127.0.0.1:1/0")
    monkeypatch.setattr(checks, "store", lambda: nowhere)

    response = client.get("/readyz")

    assert (response.status_code, response.json()["pages"]) == (503, "does not answer")


def test_late_mail_is_told_and_keeps_nobody_out(client, settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path
    a_mail(timedelta(minutes=10))
    assert client.get("/readyz").json()["outbox"] == "ok"
    assert not checks.alarm_of_late_mail()

    a_mail(timedelta(days=2, minutes=47), scheduled_time=timezone.now() + timedelta(hours=1))

    response = client.get("/readyz")
    assert (response.status_code, response.json()["outbox"]) == (200, "late: 2927 minutes")
    assert checks.alarm_of_late_mail()
    assert "waiting for 2927 minutes" in caplog.text
    assert [record.levelname for record in caplog.records if "waiting" in record.message] == ["ERROR"]


def test_where_no_token_is_set_there_are_no_metrics(client):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_request_has_an_id_that_a_visitor_cannot_choose(client, settings):
    given = client.get("/en/search/?q=x", headers={"X-Request-ID": "chosen-by-me-1234"})["X-Request-ID"]
    assert len(given) == 32 and given != "chosen-by-me-1234"

    settings.BEHIND_PROXY = True
    proxied = client.get("/en/search/?q=x", headers={"X-Request-ID": "made-by-the-proxy-7"})
    assert proxied["X-Request-ID"] == "made-by-the-proxy-7"
    assert client.get("/healthz", headers={"X-Request-ID": "a\nb" * 9})["X-Request-ID"] != "a\nb" * 9


def test_an_answer_that_is_kept_for_everybody_bears_no_id(client):
    assert client.get("/en/chapters/").has_header("X-Request-ID")
    assert not client.get("/en/chapters/", **{NOBODYS: True}).has_header("X-Request-ID")


def test_the_line_of_a_request_names_its_route_and_nobody(client, caplog):
    caplog.set_level(logging.INFO, "portal.requests")

    client.get("/en/my/r.12.1.abcdefghijklmnopqrstuvwxyz/", {"email": "ming@example.org"})

    (record,) = [record for record in caplog.records if record.name == "portal.requests"]
    assert (record.method, record.status) == ("GET", 404)
    assert record.route.endswith("my/<str:token>/")
    assert "abcdefghij" not in record.getMessage() and "ming" not in record.getMessage()


def test_a_line_of_json_says_when_where_and_in_which_request(settings):
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    form = settings.LOGGING["formatters"]["json"]
    maker = logging.config.DictConfigurator({"version": 1}).resolve(form["()"])
    handler.setFormatter(maker(form["format"], json_ensure_ascii=form["json_ensure_ascii"]))
    handler.addFilter(WithRequestId())
    logger = logging.Logger("portal.trial")
    logger.addHandler(handler)

    token = request_id.set("0123456789abcdef")
    logger.error("日程 %s", "release")
    request_id.reset(token)

    told = json.loads(out.getvalue())
    assert (told["message"], told["levelname"], told["request_id"]) == ("日程 release", "ERROR", "0123456789abcdef")
    assert "日程" in out.getvalue()


def test_a_slow_query_is_told_without_what_was_asked_for(settings, caplog):
    settings.SLOW_QUERY_MS = 0.000001
    a_person("Ming the Secret")

    with connection.execute_wrapper(queries.timed), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM portal_person WHERE name_en = %s", ["Ming the Secret"])

    assert "A query took" in caplog.text and "portal_person" in caplog.text
    assert "Secret" not in caplog.text


def test_a_slow_insert_of_many_rows_is_told_once_and_not_row_by_row(settings, caplog):
    settings.SLOW_QUERY_MS = 0.000001
    queries.timed(lambda *args: None, "INSERT INTO t (a, b) VALUES (%s, %s), (%s, %s), (%s, %s)", [], False, {})

    assert caplog.text.strip().endswith("VALUES (%s, %s), …")


def test_every_new_connection_is_timed():
    assert queries.timed in connection.execute_wrappers


def test_the_file_written_to_find_out_is_gone(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.get("/readyz")

    assert default_storage.listdir("readiness")[1] == []
