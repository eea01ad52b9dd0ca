"""Every page of the admin in Chinese, phone and desktop, light and dark: no complaint of the browser, no barrier."""

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from itertools import product

from playwright.sync_api import sync_playwright

from tests.browser import site as demo
from tests.browser.admin_pages import SIZES, UNFOLD, addresses, is_page, signed_in
from tests.browser.chromium import launch_options
from tests.browser.looking import SCHEMES, barriers, complaints_of, sticking_out


def steps():
    with (
        tempfile.TemporaryDirectory() as folder,
        demo.running(folder) as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_options()) as browser,
        signed_in(browser, site.url) as context,
    ):
        for path in addresses(context, site.url, routes()):
            yield path, partial(look_at, context, site.url + path)


def routes():
    """Return `tests.admin_routes.routes()`, asked of a process of its own, since a proof is no part of Django."""
    command = [sys.executable, "-m", "tests.admin_routes"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return json.loads(subprocess.check_output(command, cwd=demo.ROOT, env=environment, text=True))


def look_at(context, address):
    if not is_page(context, address):
        return {"page": "none"}
    page = context.new_page()
    complaints = complaints_of(page)
    found = []
    page.set_viewport_size(SIZES["phone"])
    page.goto(address, wait_until="load")
    found += complaints  # those of the page; axe asks for more than the policy lets it
    page.evaluate(UNFOLD)
    for size, scheme in product(SIZES, SCHEMES):
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=scheme)
        found += [f"{size}: sticks out: {element}" for element in sticking_out(page)]
        found += [f"{size}, {scheme}: {barrier}" for barrier in barriers(page)]
    page.close()
    assert not found, "; ".join(dict.fromkeys(found))
    return {"looks": 4}
