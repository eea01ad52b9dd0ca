"""The pages of the admin as the demo has them, and the organizer who opens them."""

import re

from tests.browser.site import PASSWORD

LANGUAGE = "zh-CN"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}
ARGUMENT = re.compile(r"<[^>]+>")
ENDS = {"logout/", "jsi18n/", "language/", "autocomplete/"}  # no page, or the end of the visit

# A form shows one of its sections, and of a long card one line: here all of them are looked at.
UNFOLD = """() => {
    for (const section of document.querySelectorAll("[role=tabpanel][hidden]")) section.hidden = false;
    for (const folded of document.querySelectorAll("#content details")) folded.open = true;
}"""


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


def addresses(context, url, routes):
    """Return the paths of every page of the admin, with the first row of each list put in.

    `routes` are those of `tests.admin_routes.routes`.
    """
    found = []
    for base, below in routes:
        key = _first_key(context, url, base)
        for route in below:
            if len(ARGUMENT.findall(route)) <= (key is not None):
                found.append(base + ARGUMENT.sub(key or "", route))
    return sorted({path for path in found if not path.endswith(tuple(ENDS))})


def _first_key(context, url, base):
    """Return the key of the first row of a list, or None."""
    page = context.request.get(url + base)
    match = re.search(rf'href="{base}(\d+)/change/', page.text()) or re.search(r"/(\d+)/change/", page.url)
    return match[1] if match else None


def is_page(context, address):
    """Whether an address answers with a page.

    Files are none, nor is what only takes what is sent or adds what nobody adds. Where the key in an
    address is that of another kind of row, nothing may be found; anything else missing is told, and every 500.
    """
    answer = context.request.get(address)
    is_of_the_row = address.endswith(("/change/", "/history/", "/delete/"))
    is_missing = answer.status == 404 and (is_of_the_row or not re.search(r"/\d+/", address))
    assert answer.status < 500 and not is_missing, f"{answer.status} for {address}"
    return answer.status == 200 and "text/html" in answer.headers["content-type"]
