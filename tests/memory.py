"""How much memory some lines of a test take, whatever the process held before."""

from pathlib import Path

STATUS = Path("/proc/self/status")
RESET_PEAK = "5"  # proc(5), clear_refs: forget the highest resident size so far


class PeakMemory:
    """Within `with`, watch the process; afterwards `grown` is the highest resident size above that of the start, in MB.

    Reads Linux's /proc; elsewhere it raises FileNotFoundError rather than tell a figure of something else.
    """

    def __enter__(self):
        Path("/proc/self/clear_refs").write_text(RESET_PEAK)
        self.before = _megabytes("VmRSS")
        return self

    def __exit__(self, *_raised):
        self.grown = _megabytes("VmHWM") - self.before


def _megabytes(name):
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
