"""The bench tells what misses a floor, and writes figures where they belong."""

from tests.bench import floors_held, tables


def test_what_misses_a_floor_is_told():
    results = {"process": {"start": 2.5, "PSS": 131}, "signups": {"failures": 0, "of bare": 0.51, "p99": 999}}

    assert floors_held.missed(results) == ["start: 2.5 s (most: 2)", "a worker: 131 MB (most: 130)"]


def test_figures_are_written_between_their_markers_and_nowhere_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- bench -->\nold\n<!-- /bench -->\nAfter\n")

    tables.put(page, "bench", "| new |")

    assert page.read_text() == "Before\n<!-- bench -->\n| new |\n<!-- /bench -->\nAfter\n"
