"""Takes the pictures of docs/organizers.md: `python -m tests.browser.organizers_screenshots [ADDRESS]`.

By way of bin/screenshots. In Chinese, as organizers see the demo; what is typed in for a picture is not saved.
"""

import sys

from playwright.sync_api import sync_playwright

from tests.browser import site as demo
from tests.browser.admin_pages import signed_in
from tests.browser.chromium import launch_options
from tests.browser.screenshots import served, smaller

FOLDER = demo.ROOT / "docs" / "screenshots" / "organizers"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SAMPLE = "/admin/events/conference/?q=sample-conference"
SESSIONS = (
    "大会,标题 · 中文,论坛,开始,结束,讲者\n"
    "sample-conference,开源的第二个十年,,2027年10月23日 9:00,9:40,王红；张三\n"
    "sample-conference,从零开始做一块开发板,开源硬件,2027/10/23 10:00,10:40,\n"
    "sample-conference,许可证的来龙去脉,,明天下午,,\n"
)


def start(page):
    page.goto("/admin/")


def conference(page, section=""):
    page.goto(SAMPLE)
    page.click("#result_list tbody th a >> nth=0")
    if section:
        page.get_by_role("tab", name=section).first.click()


def when(page):
    conference(page, "时间与地点")


def publication(page):
    conference(page, "发布")
    page.fill("[name=published_at]", "2027-03-01T08:00")


def sessions(page):
    page.goto("/admin/events/session/")


def columns(page):
    page.goto("/admin/events/session/import/")


def preview(page):
    columns(page)
    file = {"name": "sessions.csv", "mimeType": "text/csv", "buffer": SESSIONS.encode()}
    page.set_input_files("[name=file]", file)
    page.click(".submit-row [type=submit]")
    page.wait_for_selector(".part")


def move(page):
    page.goto("/admin/events/session/?q=coscon")
    for number in range(3):
        page.locator("input.action-select").nth(number).check()
    page.select_option("[name=action]", "move")
    page.click(".actions button")


def partners(page):
    page.goto("/admin/portal/partnership/")


def review(page):
    conference(page)
    page.fill("[name=title_zh_hans]", "示例大会（更正后的名称）")
    page.click("[name=_review]")


def next_edition(page):
    conference(page)
    page.click(".object-tools a[href*='next-edition']")


# file -> what to open, size
PICTURES = {
    "start": (start, DESKTOP),
    "start-phone": (start, PHONE),
    "conference": (when, DESKTOP),
    "conference-phone": (when, PHONE),
    "publication": (publication, DESKTOP),
    "sessions-phone": (sessions, PHONE),
    "columns": (columns, DESKTOP),
    "preview": (preview, DESKTOP),
    "preview-phone": (preview, PHONE),
    "partners": (partners, DESKTOP),
    "move": (move, DESKTOP),
    "review": (review, DESKTOP),
    "next-edition-phone": (next_edition, PHONE),
}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        served(sys.argv[1:]) as url,
        sync_playwright() as playwright,
        playwright.chromium.launch(**launch_options()) as browser,
        signed_in(browser, url, base_url=url, color_scheme="light") as context,
    ):
        for name, (go, size) in PICTURES.items():
            page = context.new_page()
            page.set_viewport_size(size)
            go(page)
            page.wait_for_load_state("networkidle")
            file = FOLDER / f"{name}.png"
            page.screenshot(path=file)
            page.close()
            smaller(file)


if __name__ == "__main__":
    main()
