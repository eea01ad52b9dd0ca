"""bin/serve starts all of the portal, ends all of it, and says in one sentence why it cannot."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.browser import site as demo
from tests.database import copy_sqlite


@pytest.fixture(scope="module")
def data(site, tmp_path_factory):
    """A folder of data as a first start leaves it."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(site.folder / "static", folder / "static")
    shutil.copy(site.folder / "prepared", folder)
    copy_sqlite(site.folder / "portal.sqlite3", folder / "portal.sqlite3")
    return folder


def serve(data, **environment):
    """Run bin/serve until it ends by itself; return it with all its output."""
    environment = {**os.environ, "PORTAL_VAR": str(data), "DJANGO_SETTINGS_MODULE": "", **environment}
    command = [demo.ROOT / "bin/serve"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def children(pid):
    """Return the process ids of what a process started."""
    stats = [(path.parent.name, told_of(path)) for path in Path("/proc").glob("[0-9]*/stat")]
    return [int(child) for child, stat in stats if stat and int(stat.rsplit(")", 1)[1].split()[1]) == pid]


def told_of(path):
    """Return what the system tells of a process in a file; nothing of one that has ended, as the script's pauses do."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_what_stands_in_the_file_env_counts_as_if_it_stood_in_the_environment(tmp_path):
    for name in ("portal", "events", "meetups"):
        shutil.copytree(demo.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("static", "locale", "fonts"))
    shutil.copy(demo.ROOT / "gunicorn.conf.py", tmp_path)
    (tmp_path / ".env").write_text("PORT=8123\nWEB_CONCURRENCY=3\nPORTAL_ADMIN_PASSWORD=one of ours\nHOST=::1\n")
    tell = """if True:
        import runpy
        from django.conf import settings
        served = runpy.run_path("gunicorn.conf.py")
        print(served["bind"], served["workers"], settings.PORT, settings.PORTAL_ADMIN_PASSWORD, sep="|")
    """
    told = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "portal.settings", "HOST": "127.0.0.1"}

    ran = subprocess.run(
        [sys.executable, "-c", tell], cwd=tmp_path, env=told, capture_output=True, text=True, check=True
    )

    assert ran.stdout == "127.0.0.1:8123|3|8123|one of ours\n"


def test_a_comment_behind_a_setting_is_no_part_of_it(tmp_path):
    (tmp_path / "bin").mkdir()
    for name in ("bin/serve", "bin/venv", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(demo.ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(demo.ROOT / ".venv")
    (tmp_path / ".env").write_text("HOST=no.such.host.invalid   # nowhere\nPORT='8123' # in quotes\n")
    environment = {name: value for name, value in os.environ.items() if name not in {"HOST", "PORT"}}

    answer = subprocess.run([tmp_path / "bin/serve"], env=environment, capture_output=True, text=True, check=False)

    assert answer.stderr.startswith("bin/serve: cannot listen on no.such.host.invalid port 8123 (")


def test_a_taken_port_is_told_in_one_sentence(data):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = serve(data, PORT=str(port))

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"bin/serve: cannot listen on 127.0.0.1 port {port}")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize(("name", "value"), [("PORT", "eighty"), ("PORT", "99999"), ("HOST", "no.such.host.invalid")])
def test_an_impossible_address_is_told_in_one_sentence(data, name, value):
    answer = serve(data, **{name: value})

    assert answer.returncode == 1
    assert answer.stderr.startswith("bin/serve: cannot listen on") and answer.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").touch()

    answer = serve(tmp_path / "file" / "var", PORT=str(demo.free_port()))

    assert answer.returncode == 1
    assert re.fullmatch(r"bin/serve: the data folder .* cannot be written to.*\n", answer.stderr)


def test_a_stop_leaves_nothing_behind_and_a_second_start_makes_nothing_anew(data):
    process, _ = demo.start(data)
    started = children(process.pid)
    demo.stop(process.pid)

    assert len(started) >= 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)

    process, site = demo.start(data)
    said = (site.folder / "serve.log").read_text()
    demo.stop(process.pid)
    assert said == f"The portal is at {site.url}/\n"


def test_the_organizer_can_sign_in(data):
    with demo.running(data) as site, requests.Session() as session:
        page = session.get(f"{site.url}/admin/login/")
        answer = session.post(
            page.url,
            data={
                "login": "organizer",
                "password": demo.PASSWORD,
                "csrfmiddlewaretoken": session.cookies["csrftoken"],
                "next": "/admin/",
            },
            headers={"Referer": page.url},
            allow_redirects=False,
        )
    assert answer.status_code == 302 and "sessionid" in answer.cookies


@pytest.mark.parametrize(("part", "name"), [("gunicorn", "the web server"), ("work", "the worker")])
def test_when_one_part_dies_the_other_is_not_left_alone(data, part, name):
    process, site = demo.start(data)
    started = children(process.pid)
    [victim] = [pid for pid in started if part in told_of(Path(f"/proc/{pid}/cmdline")).split("\0")]

    os.kill(victim, signal.SIGKILL)

    assert process.wait(60) == 1
    time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)
    assert f"bin/serve: {name}" in (site.folder / "serve.log").read_text()
