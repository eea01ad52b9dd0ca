"""Runs of the bench: what each one measured is kept by itself; what is told is the middle of all."""

import json
import statistics


class Figure(float):
    """The middle of what several runs measured, with the least and the most of it."""

    def __new__(cls, numbers):
        figure = super().__new__(cls, statistics.median(numbers))
        figure.least, figure.most = min(numbers), max(numbers)
        return figure


def across(runs):
    """Return figures in the shape of each run's, every number a `Figure`; what is no number is the same in all."""
    first = runs[0]
    if isinstance(first, dict):
        return {name: across([run[name] for run in runs]) for name in first}
    return first if isinstance(first, bool | str) else Figure(runs)


class Ledger:
    """The sections that each run has measured so far, in a file of one version of the code."""

    def __init__(self, path, fresh=False):
        self.path = path
        self.runs = json.loads(path.read_text()) if path.exists() and not fresh else {}

    def has(self, run, section):
        return section in self.runs.get(str(run), {})

    def keep(self, run, section, figures):
        self.runs.setdefault(str(run), {})[section] = figures
        self.path.write_text(json.dumps(self.runs))

    def results(self, runs):
        """Return section -> figures across the first so many runs, of each section that all of these have measured."""
        measured = [self.runs.get(str(run), {}) for run in range(1, runs + 1)]
        return {
            section: across([run[section] for run in measured])
            for section in measured[0]
            if all(section in run for run in measured)
        }
