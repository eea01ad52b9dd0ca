"""Draws the posters of docs/posters from the demo: `python -m tests.browser.posters`, after a change of their looks."""

import contextlib
import re
import tempfile
from urllib.request import Request, urlopen

from tests.browser import site as demo

FOLDER = demo.ROOT / "docs" / "posters"
ADDRESS = "https://portal.example"  # what the codes lead to
# The three meetups of 21 October 2023, and what has the longest titles of the demo.
PAGES = {
    "changsha": "meetups/changsha-2023-10/",
    "guangzhou": "meetups/guangzhou-2023-10/",
    "chengdu": "meetups/chengdu-2023-10/",
    "longest-title": "conferences/sample-conference/sessions/SAMPJ2/",
}
SHAPES = {"zh-hans": ("portrait", "wide"), "en": ("portrait",)}


def fetch(url):
    """Ask as the proxy in front of that address would."""
    with urlopen(Request(url, headers={"X-Forwarded-Proto": "https"})) as answer:
        return answer.read()


def draw(site):
    """Save the posters of every page in both languages; print what each weighs."""
    for name, path in PAGES.items():
        for language, shapes in SHAPES.items():
            page = fetch(site.address(language, f"{path}poster/")).decode()
            for shape in shapes:
                address = re.search(rf'/posters/{shape}/[^"]+', page)[0]
                file = FOLDER / f"{name}-{language}-{shape}.png"
                file.write_bytes(fetch(site.url + address))
                print(f"{file.relative_to(demo.ROOT)}  {file.stat().st_size // 1000} kB")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        draw(stack.enter_context(demo.running(folder, SITE_URL=ADDRESS, BEHIND_PROXY="1")))


if __name__ == "__main__":
    main()
