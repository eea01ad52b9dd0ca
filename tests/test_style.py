"""The code keeps its own rules; each test shows what the tool says."""

import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def run(*command):
    """Run a tool in the repository; return what it says, and fail on none of it."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_ruff_finds_nothing():
    answer = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_ruff_would_format_nothing():
    answer = run(sys.executable, "-m", "ruff", "format", "--check", "--no-cache", ".")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_shellcheck_finds_nothing():
    scripts = [path for path in [*(ROOT / "bin").iterdir(), ROOT / ".ci/run"] if is_shell(path)]
    assert len(scripts) >= 5

    answer = run(Path(sys.executable).with_name("shellcheck"), *scripts)
    assert answer.returncode == 0, answer.stdout


def is_shell(path):
    return path.is_file() and path.read_text().startswith("#!/usr/bin/env bash")


def test_migrations_are_in_step_with_the_models(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
