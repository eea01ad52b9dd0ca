"""The image and compose.yaml, as far as they can be tried without a container engine; `bin/prove compose` has one."""

import os
import re
import shutil
import subprocess
import sys

import yaml

from tests.browser.site import ROOT

COPIED = re.compile(r"^COPY (?!--from)(.+) (\S+)$", re.MULTILINE)
DOCUMENTED = re.compile(r"^#([A-Z_]+)=", re.MULTILINE)


def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_what_the_image_copies_is_all_that_the_portal_needs(tmp_path):
    """The image's own steps in a folder with nothing else in it: static files are made, and all checks pass."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    image = tmp_path / "portal"
    image.mkdir()
    for names, _to in COPIED.findall(dockerfile):
        for name in names.split():
            source = ROOT / name
            shutil.copytree(source, image / name) if source.is_dir() else shutil.copy(source, image / name)
    data = tmp_path / "data"
    environment = {
        "PATH": os.environ["PATH"],
        **{
            "SECRET_KEY": "a-key-of-this-test-" * 4,
            "PAGE_CACHE": "off",
            "PORTAL_VAR": str(data),
            "SITE_URL": "https://example.org",
        },
    }
    assert "collectstatic --no-input" in dockerfile
    for arguments in (
        ["collectstatic", "--no-input", "--verbosity", "0"],
        ["check", "--deploy", "--fail-level", "WARNING"],
    ):
        command = [sys.executable, "manage.py", *arguments]
        ran = subprocess.run(command, cwd=image, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr[-2000:]
    assert (data / "static" / "staticfiles.json").exists()


def test_the_image_runs_as_nobody_in_particular():
    last_stage = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]

    assert re.search(r"^USER portal$", last_stage, re.MULTILINE)


def test_every_variable_of_compose_is_one_that_the_portal_reads():
    documented = set(DOCUMENTED.findall((ROOT / ".env.example").read_text()))

    assert set(compose()["x-portal"]["environment"]) - documented == {"PROMETHEUS_MULTIPROC_DIR"}


def test_every_setting_of_several_machines_reaches_the_containers():
    """What is set in .env beside compose.yaml is handed on by name alone, and would be lost in silence."""
    documented = set(DOCUMENTED.findall((ROOT / ".env.example").read_text()))
    of_the_image, of_one_machine = {"HOST", "PORT", "PORTAL_VAR"}, {"PORTAL_DEMO", "PAGE_FILES"}
    of_developing = {"DEBUG", "EMAIL_BACKEND"}

    assert documented - set(compose()["x-portal"]["environment"]) == of_the_image | of_one_machine | of_developing


def test_web_and_worker_write_on_no_disk_of_their_own():
    for name in ("web", "worker", "prepare"):
        service = compose()["services"][name]
        assert service["read_only"] and "volumes" not in service
