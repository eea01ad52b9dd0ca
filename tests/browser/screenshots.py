"""Takes the pictures of the README: `python -m tests.browser.screenshots [ADDRESS]`, by way of bin/screenshots."""

import contextlib
import sys
import tempfile

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import site as demo
from tests.browser.chromium import launch_options

FOLDER = demo.ROOT / "docs" / "screenshots"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# file -> address, size, scheme
PICTURES = {
    "home": ("zh-hans/", DESKTOP, "light"),
    "conference": ("en/conferences/coscon-2023/", DESKTOP, "light"),
    "forum": ("zh-hans/conferences/coscon-2023/forums/hardware/", DESKTOP, "dark"),
    "chapter": ("zh-hans/chapters/changsha/", PHONE, "light"),
}
COLOURS = 256


def served(addresses):
    """Give the address of a running portal, for the length of a with statement: the one named, or else the demo's."""
    if addresses:
        return contextlib.nullcontext(addresses[0].rstrip("/"))
    return the_demo()


@contextlib.contextmanager
def the_demo():
    with tempfile.TemporaryDirectory() as folder, demo.running(folder) as site:
        yield site.url


def take(browser, address, file, size, scheme):
    with browser.new_context(viewport=size, color_scheme=scheme, device_scale_factor=1) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.screenshot(path=file)
    smaller(file)


def smaller(file):
    """Write a picture anew in few colours, and say how large it is."""
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    print(f"{file.relative_to(demo.ROOT)}  {file.stat().st_size // 1000} kB")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        served(sys.argv[1:]) as url,
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_options()) as browser,
    ):
        for name, (path, size, scheme) in PICTURES.items():
            take(browser, f"{url}/{path}", FOLDER / f"{name}.png", size, scheme)


if __name__ == "__main__":
    main()
