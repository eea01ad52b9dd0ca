"""How gunicorn is set up, beyond what it answers."""

import subprocess
import sys

from tests.bench.places import environment_of
from tests.browser.site import ROOT

PRELOADED = "import sys, portal.wsgi; print('meetups.views' in sys.modules, 'events.views.schedule' in sys.modules)"
# What certificates, spreadsheets and several machines need, and no other request.
SELDOM = ("fpdf", "fontTools", "openpyxl", "redis")
LOADED = f"import sys, portal.wsgi; print([one for one in {SELDOM} if one in sys.modules])"
# In a process of its own: freezing cannot be undone for what is there before.
FROZEN = """
import gc, runpy
kept = [[] for _number in range(100_000)]
gc.collect()
runpy.run_path("gunicorn.conf.py")["pre_fork"](None, None)
print(len(gc.get_objects()) < 1_000)
rounds = gc.get_stats()[2]["collections"]
for _number in range(40_000):
    row, page = {}, {}
    row["page"], page["row"] = page, row
print(gc.get_stats()[2]["collections"] > rounds)
"""


def test_workers_part_from_a_process_that_has_read_every_view(tmp_path):
    assert told_by(PRELOADED, tmp_path) == ["True True"]


def test_libraries_that_few_requests_need_are_loaded_at_their_first_use(tmp_path):
    assert told_by(LOADED, tmp_path) == ["[]"]


def test_a_worker_looks_through_what_it_made_itself_and_soon(tmp_path):
    assert told_by(FROZEN, tmp_path) == ["True", "True"]


def told_by(code, folder):
    """Return the lines that Python prints which runs the code, with the portal's data in a folder."""
    command = [sys.executable, "-c", code]
    asked = subprocess.run(command, cwd=ROOT, env=environment_of(folder), check=True, capture_output=True, text=True)
    return asked.stdout.splitlines()
