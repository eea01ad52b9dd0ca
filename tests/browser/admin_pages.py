"""Every page of the admin, read from its registry and its addresses; a new model or page cannot be forgotten."""

import re

from django.contrib import admin

from tests.admin_cost import models
from tests.browser.site import PASSWORD

LANGUAGE = "zh-CN"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
ARGUMENT = re.compile(r"<[^>]+>")
ENDS = {"logout/", "jsi18n/", "language/"}  # no page, or the end of the visit


def signed_in(browser, url, **options):
    """Return a browser context in which the demo's organizer has signed in."""
    context = browser.new_context(locale=LANGUAGE, reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(f"{url}/admin/")
    page.fill("#id_login", "organizer")
    page.fill("#id_password", PASSWORD)
    page.click("form.account-form button[type=submit]")
    page.wait_for_selector(".start-page")
    page.close()
    return context


def addresses(context, url):
    """Return the paths of every page of the admin: of the site, and of each model with its first row put in."""
    found = ["/admin/", *(f"/admin/{route}" for route in _routes(admin.site.get_urls()) if "<" not in route)]
    for model in models():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        key = _first_key(context, url, base)
        for route in _routes(admin.site._registry[model].get_urls()):
            if len(ARGUMENT.findall(route)) <= (key is not None):
                found.append(base + ARGUMENT.sub(key or "", route))
    return sorted({path for path in found if not path.endswith(tuple(ENDS))})


def _routes(patterns):
    return [str(pattern.pattern) for pattern in patterns if hasattr(pattern.pattern, "_route")]


def _first_key(context, url, base):
    """Return the key of the first row of a list, or None."""
    page = context.request.get(url + base)
    match = re.search(rf'href="{base}(\d+)/change/', page.text()) or re.search(r"/(\d+)/change/", page.url)
    return match[1] if match else None


def is_page(context, address):
    """Whether an address answers with a page; files, and what only takes what is sent, do not. 404 and 500 are told."""
    answer = context.request.get(address)
    assert answer.status in (200, 405), f"{answer.status} for {address}"
    return answer.status == 200 and "text/html" in answer.headers["content-type"]
