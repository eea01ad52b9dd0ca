"""Every page that a visitor can reach, phone and desktop, light and dark, both languages: sound, valid, no barrier.

The pages that bin/test takes one of a type from, all of them and in every look.
"""

import tempfile
from functools import partial
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import site as demo
from tests.browser.chromium import launch_options
from tests.browser.crawl import crawl_site
from tests.browser.looking import NARROWEST, SCHEMES, SIZES, barriers, complaints_of, sticking_out
from tests.browser.nu import errors_in


def steps():
    with (
        tempfile.TemporaryDirectory() as folder,
        demo.running(folder) as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_options()) as browser,
    ):
        crawl = crawl_site(site.url)
        yield "valid HTML", partial(valid, crawl.pages, Path(folder))
        for fetched in sorted(crawl.pages, key=lambda one: one.path):
            yield fetched.path, partial(look_at, browser, site.url + fetched.path)


def valid(pages, folder):
    files = []
    for number, page in enumerate(pages):
        files.append(folder / f"{number}.html")
        files[-1].write_text(page.html)
    errors = errors_in(files)
    assert not errors, "\n".join(errors)
    return {"pages": len(files)}


def look_at(browser, address):
    with browser.new_context(viewport=NARROWEST, reduced_motion="reduce") as context:
        page = context.new_page()
        complaints = complaints_of(page)
        page.goto(address)
        found = [f"sticks out at 320 px: {element}" for element in sticking_out(page)]
        for size, scheme in product(SIZES, SCHEMES):
            page.set_viewport_size(SIZES[size])
            page.emulate_media(color_scheme=scheme)
            found += [f"{size}, {scheme}: {barrier}" for barrier in barriers(page)]
    assert not found + complaints, "; ".join(found + complaints)
    return {"looks": 4}
