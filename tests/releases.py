"""Releases of the portal side by side: each has its code in a folder and data of its own, beside what all share."""

import io
import os
import subprocess
import sys
import tarfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser import site as demo
from tests.prove.serving import manage, manage_json

ROOT = demo.ROOT


def release_before():
    """Return the newest tag before this code; while there is none, the commit before the one that brought a migration.

    PROVE_RELEASE names another. Raises AssertionError where the history does not reach as far.
    """
    if named := os.environ.get("PROVE_RELEASE"):
        return git("rev-parse", "--short", named)
    if tags := git("tag", "--merged", "HEAD^", "--sort=-creatordate").split():
        return tags[0]
    last = git("log", "-1", "--diff-filter=A", "--format=%H", "--", "*/migrations/[0-9]*.py")
    return git("rev-parse", "--short", f"{last}^")


def git(*words):
    ran = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def code_of(commit, folder):
    """Put the code of a commit into a folder."""
    packed = subprocess.run(["git", "-C", str(ROOT), "archive", commit], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


@dataclass(frozen=True)
class Release:
    """A release's code, a folder of its own for what it makes at its start, and the environment that it serves in."""

    code: Path
    folder: Path
    environment: dict

    def manage(self, *arguments):
        """Run a command of this release; return what it prints."""
        return manage(self.folder, self.environment, *arguments, code=self.code)

    def ask(self, words):
        """Run words of Python in this release; return what they print, read as JSON."""
        return manage_json(self, words, self.environment, code=self.code)

    @contextmanager
    def served(self):
        """Serve it, web and worker, as a platform that runs processes would; yield its Site."""
        port = demo.free_port()
        site = demo.Site(f"http://127.0.0.1:{port}", self.folder)
        environment = {"PORTAL_VAR": str(self.folder), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        environment = {**os.environ, **self.environment, **environment}
        log = self.folder / f"served at {port}.log"
        commands = [["-m", "gunicorn", "portal.wsgi"], ["manage.py", "work"]]
        with log.open("w") as out:
            told = {"cwd": self.code, "env": environment, "stdout": out, "stderr": subprocess.STDOUT}
            processes = [subprocess.Popen([sys.executable, *command], **told) for command in commands]
        try:
            wait_for("The portal is at", log, processes[0])
            yield site
        except AssertionError as finding:
            finding.add_note(last_error(log))
            raise
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(60)


def last_error(log):
    """Return what a log tells from its last error on, which may be what a proof has found."""
    _before, error, after = log.read_text().rpartition(" ERROR ")
    return f"{log.name}:{error}{after[:3000]}" if error else f"{log.name} tells of no error"


def wait_for(words, log, process):
    deadline = time.monotonic() + demo.SECONDS_TO_START
    while words not in log.read_text():
        assert process.poll() is None and time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
