"""How Chromium is found and started."""

import os
import shutil

# The headless shell draws what Chromium draws and takes half as long, since it has no window to compose.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",  # root, as in CI, cannot have one
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch_options():
    """Return the arguments of Playwright's `launch()` for the system's Chromium; Playwright brings none of its own."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise RuntimeError("Chromium is missing: install it (apt-get install chromium), or name its path in CHROMIUM.")
    return {"executable_path": path, "args": list(FLAGS)}
