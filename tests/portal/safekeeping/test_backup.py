"""Backups: everything in one file while the site is in use, and back, proved row by row and file by file."""

import io
import json
import os
import resource
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.models import Article, Photo
from portal.photos import put_up
from portal.safekeeping import archive, restoring, tables
from tests.browser.site import ROOT
from tests.make import a_meetup, a_person, an_album, an_article
from tests.portal.photos.storing import stored_bytes
from tests.portal.pictures import a_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]


def some_content():
    """Rows of both languages, of a wing, with a history, and a photo with its files."""
    person = a_person("Biaowei Zhuang", name_zh_hans="庄表伟")
    person.name_en = "Zhuang Biaowei"
    person.save()
    a_meetup()
    an_article(title_zh_hans="“引号”、\n换行 & 🎉")
    return put_up(an_album(), a_file())


def rows_of(using):
    """Every row of every table, as lines."""
    return {label: sorted(tables.lines_of(model, using)) for label, model in tables.schema_of(using).items()}


def a_backup(tmp_path, **options):
    path = tmp_path / "kept.tar"
    archive.write(path, **options)
    return path


def put_back(path, using):
    with restoring.opened(path) as (tar, manifest):
        return restoring.put_back(tar, manifest, using)


def rewritten(path, change):
    """Write the backup anew with the members that `change(name, content)` returns."""
    altered = path.with_name("altered.tar")
    with tarfile.open(path) as old, tarfile.open(altered, "w") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return altered


@pytest.mark.parametrize("elsewhere", ["sqlite", "postgresql"], indirect=True)
def test_all_rows_and_files_come_back_as_they_were(elsewhere, store, tmp_path):
    some_content()
    rows, files = rows_of("default"), dict(stored_bytes())
    path = a_backup(tmp_path)
    for name in files:
        default_storage.delete(name)

    _tables, count, put = put_back(path, elsewhere)

    assert rows_of(elsewhere) == rows
    assert dict(stored_bytes()) == files
    assert (count, put) == (sum(map(len, rows.values())), len(files)) and put >= 3
    # The next row gets a number that is free.
    assert Article.objects.using(elsewhere).create(slug="next", dated=date(2026, 1, 1)).pk > Article.objects.get().pk


def test_who_writes_meanwhile_is_not_kept_waiting_and_not_in_the_backup(elsewhere, folder, tmp_path):
    some_content()
    rows = rows_of("default")
    written = []

    def write_once(_done):
        if not written:
            with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0.1)) as other, other:
                written.append(other.execute("UPDATE portal_article SET slug = 'meanwhile'").rowcount)

    path = a_backup(tmp_path, progress=write_once)
    put_back(path, elsewhere)

    assert written == [1]
    assert rows_of(elsewhere) == rows


def test_a_photo_taken_down_meanwhile_leaves_no_row_without_its_file(elsewhere, folder, tmp_path):
    photo = some_content()
    taken_down = []

    def take_down_once(_done):
        if not taken_down:
            taken_down.append(photo.delete())

    put_back(a_backup(tmp_path, progress=take_down_once), elsewhere)

    assert not Photo.objects.using(elsewhere).exists()


def test_a_row_without_its_file_is_told_and_keeps_no_backup_from_being_made(folder, tmp_path, capsys):
    photo = some_content()
    default_storage.delete(photo.image.name)

    call_command("backup", tmp_path / "kept.tar")

    out, err = capsys.readouterr()
    assert "139 tables" not in err and "tables, " in out
    assert photo.image.name in err


def test_a_changed_row_or_file_is_found_out(elsewhere, folder, tmp_path, monkeypatch):
    photo = some_content()
    path = a_backup(tmp_path)

    def another_count(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["tables"]["portal.person"]["rows"] += 1
        return json.dumps(manifest).encode()

    with pytest.raises(restoring.CannotRestore, match=r"otherwise than they went in: portal\.person \(2 rows, now 1\)"):
        put_back(rewritten(path, another_count), elsewhere)
    assert not Article.objects.using(elsewhere).exists()

    default_storage.delete(photo.image.name)
    with monkeypatch.context() as patched:
        patched.setattr(restoring.default_storage, "save", lambda name, _file: f"{name}.another", raising=False)
        with pytest.raises(restoring.CannotRestore, match="cannot be stored under its name"):
            put_back(path, elsewhere)
    altered = rewritten(path, lambda name, content: content[:-1] + b"?" if photo.image.name in name else content)
    with pytest.raises(restoring.CannotRestore, match="is not the one that was kept"):
        put_back(altered, elsewhere)


def test_only_an_empty_database_takes_a_backup(folder, tmp_path):
    some_content()
    path = a_backup(tmp_path)

    with pytest.raises(CommandError, match=r"not empty \(portal\.occasion: 1\)"):
        call_command("restore", path)


@pytest.mark.parametrize("command", ["backup", "take_along"])
def test_a_name_that_the_system_refuses_is_told_in_a_sentence(tmp_path, command):
    with pytest.raises(CommandError, match="File name too long"):
        call_command(command, tmp_path / ("x" * 300))


@pytest.mark.parametrize(("signal", "code", "told"), [("SIGINT", 130, "\nStopped.\n"), ("SIGTERM", 143, "")])
def test_a_command_that_is_stopped_clears_away_what_is_half_done_without_a_traceback(tmp_path, signal, code, told):
    environment = {**os.environ, "PORTAL_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    stop = f"""if True:
        import os, signal, time
        signal.signal(signal.SIGINT, signal.default_int_handler)  # which is ignored where tests run in the background
        try:
            os.kill(os.getpid(), signal.{signal})
            time.sleep(9)
        finally:
            print("cleared")
    """
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", stop]

    stopped = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (stopped.returncode, stopped.stdout, stopped.stderr) == (code, "cleared\n", told)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no backup", r"is not a whole backup: [^\n]+\.$"),
        (b"", r"is not a whole backup: [^\n]+\.$"),
    ],
)
def test_what_is_no_backup_is_refused_in_a_sentence(tmp_path, content, reason):
    path = tmp_path / "kept.tar"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=reason):
        call_command("restore", path)


def test_a_backup_of_another_format_is_refused(tmp_path):
    path, told = tmp_path / "kept.tar", json.dumps({"format": 2}).encode()
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo("manifest.json")
        member.size = len(told)
        tar.addfile(member, io.BytesIO(told))

    with pytest.raises(CommandError, match="has the format 2; 1 is understood"):
        call_command("restore", path)


def test_a_database_that_is_not_migrated_is_not_backed_up(folder, tmp_path):
    app, name = archive.leaves("default")[-1]
    MigrationRecorder(connection).record_unapplied(app, name)

    with pytest.raises(CommandError, match=f"not migrated .*{app}.{name}.*run `manage.py migrate` first"):
        call_command("backup", tmp_path / "kept.tar")


def test_a_backup_of_a_newer_portal_is_refused(elsewhere, folder, tmp_path):
    def newer(name, content):
        if name == "manifest.json":
            return content.replace(b'"portal",\n   "0', b'"portal",\n   "9')
        return content

    with pytest.raises(restoring.CannotRestore, match="newer version of the portal"):
        put_back(rewritten(a_backup(tmp_path), newer), elsewhere)


def test_a_full_disk_leaves_no_half_a_backup(folder, tmp_path):
    some_content()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(CommandError, match="No backup was made"):
            call_command("backup", tmp_path / "kept.tar")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert [path.name for path in tmp_path.iterdir() if path.name != "media"] == []


def test_it_holds_no_secret_and_nobodys_session_and_is_for_its_owner_only(folder, tmp_path, settings, client):
    client.force_login(User.objects.create_user("ming"))
    path = a_backup(tmp_path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    assert settings.SECRET_KEY.encode() not in content
    with restoring.opened(path) as (tar, manifest):
        assert not any("sessions.session" in name for name in tar.getnames())
        assert manifest["settings"]["SITE_URL"] == "http://testserver"


def test_a_folder_keeps_the_newest_so_many(folder, tmp_path):
    for day in (1, 2, 3):
        (tmp_path / f"portal-2026010{day}-000000.tar").touch()

    call_command("backup", tmp_path, keep=2)

    kept = sorted(path.name for path in tmp_path.glob("*.tar"))
    assert len(kept) == 2 and kept[0] == "portal-20260103-000000.tar"


def test_without_media_the_store_must_hold_the_same_files(elsewhere, folder, tmp_path):
    photo = some_content()
    path = a_backup(tmp_path, with_media=False)
    files = dict(stored_bytes())
    default_storage.delete(photo.image.name)

    with pytest.raises(restoring.CannotRestore, match="put the files back first"):
        put_back(path, elsewhere)
    assert not Article.objects.using(elsewhere).exists()

    default_storage.save(photo.image.name, ContentFile(files[photo.image.name]))
    assert put_back(path, elsewhere)[2] == len(files)
    assert Article.objects.using(elsewhere).exists()
