"""An organizer's way through the admin, in Chinese: from signing in to next year's draft.

The test walks it on a phone and on a desktop; bin/screenshots walks it for the pictures of docs/organizers.md.
"""

import csv
import io
import re
from datetime import datetime, timedelta

from django.utils import timezone

from tests import make

NAME, PASSWORD = "organizer", "a-long-enough-one"
TITLE, CORRECTED = "开源大会 2027", "中国开源大会 2027"
FORUMS = ("主论坛", "开源硬件", "开源教育")
LEVELS = ("战略合作", "金牌赞助", "社区伙伴")
TALKS = (
    "开源的第二个十年", "从零开始做一块开发板", "课堂上的开源项目", "许可证的来龙去脉", "社区如何留住新人",
    "用 RISC-V 教组成原理", "基金会是做什么的", "文档就是产品", "把活动办到县城去", "闪电演讲",
)  # fmt: skip


def a_community():
    """What is there before: a series, five organizations, three levels, one person."""
    organizations = [
        make.an_organization(f"Body {number}", name_zh_hans=f"第{word}机构", slug=f"body-{number}")
        for number, word in enumerate("一二三四五", 1)
    ]
    levels = [make.a_level("", name_zh_hans=name, slug=f"level-{number}") for number, name in enumerate(LEVELS, 1)]
    person = make.a_person("Hong Wang", name_zh_hans="王红", slug="wang-hong")
    return make.a_series("", name_zh_hans="开源大会", slug="kaiyuan"), organizations, levels, person


def sessions_file():
    """Return a spreadsheet of ten sessions, with the columns headed as the template heads them."""
    rows = [["大会", "标题 · 中文", "论坛", "开始", "结束", "讲者"]]
    for number, title in enumerate(TALKS):
        forum, hour = FORUMS[number % 3], 9 + number // 3
        rows.append(["kaiyuan-2027", title, forum, f"2027年10月23日 {hour}:00", f"{hour}:40", "王红；张三"])
    return _csv(rows)


def partners_file():
    rows = [["活动", "机构", "级别"]]
    for number in range(5):
        rows.append(["kaiyuan-2027", f"body-{number + 1}", LEVELS[number % 3]])
    return _csv(rows)


def _csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("gb18030")


class Organizer:
    """A browser page in which an organizer works. `look(name)` is called where there is something to see."""

    def __init__(self, page, url, look=lambda name: None):
        self.page, self.url, self.look = page, url, look
        self.conference = None

    def open(self, path):
        self.page.goto(f"{self.url}/admin/{path}")

    def section(self, name):
        self.page.get_by_role("tab", name=name).first.click()

    def follow(self, selector):
        """Click on what leads to another page, and be there: the click itself does not wait."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def save(self, button="_save"):
        self.follow(f".submit-row [name={button}]")

    def sign_in(self):
        self.open("")
        self.page.fill("#id_login", NAME)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("form.account-form button[type=submit]")
        self.page.wait_for_selector(".start-page")
        self.look("start")

    def make_conference(self, series):
        self.open("events/conference/add/")
        self.page.fill("[name=title_zh_hans]", TITLE)
        self.page.select_option("[name=series]", str(series.pk))
        self.section("时间与地点")
        self.page.fill("[name=first_day]", "2027-10-23")
        self.page.fill("[name=last_day]", "2027-10-24")
        self.look("conference")
        self.save("_continue")
        self.conference = int(re.search(r"/conference/(\d+)/change/", self.page.url)[1])

    def make_venues(self):
        for name in ("成都主会场", "线上会场"):
            self.open(f"events/venue/add/?conference={self.conference}")
            self.page.fill("[name=name_zh_hans]", name)
            self.save()

    def make_forums(self):
        for name in FORUMS:
            self.open(f"events/forum/add/?conference={self.conference}")
            self.page.fill("[name=title_zh_hans]", name)
            self.page.select_option("[name=venue]", label="成都主会场")
            if name == FORUMS[0]:
                self.name_producer("王红")
                self.look("forum")
            self.save()

    def name_producer(self, name):
        self.section("出品人")
        self.page.click("#productions-group .add-row a")
        card = self.page.locator("#productions-0")
        card.locator(".field-person .select2-selection").click()
        self.page.fill(".select2-container--open .select2-search__field", name)
        self.page.locator(".select2-results__option", has_text=name).first.click()

    def bring_in(self, model, content, name):
        self.open(f"{model}/import/")
        self.look(f"import-{name}")
        self.page.set_input_files("[name=file]", {"name": "rows.csv", "mimeType": "text/csv", "buffer": content})
        self.page.click(".submit-row [type=submit]")
        self.page.wait_for_selector(".part")
        self.look(f"preview-{name}")
        self.page.click("button[name=write]")
        self.page.wait_for_selector(".messagelist .success")
        self.look(f"list-{name}")

    def schedule(self, moment):
        self.open(f"events/conference/{self.conference}/change/")
        self.section("发布")
        self.page.fill("[name=published_at]", moment.strftime("%Y-%m-%dT%H:%M"))
        self.look("publication")
        self.save("_continue")
        return self.page.locator(".object-tools a[href*='/preview/']").get_attribute("href")

    def correct(self):
        self.open(f"events/conference/{self.conference}/change/")
        self.page.fill("[name=title_zh_hans]", CORRECTED)
        self.save("_review")
        self.look("review")
        self.save()

    def restore(self):
        self.open(f"events/conference/{self.conference}/history/")
        self.look("history")
        self.follow("button[name=version] >> nth=0")

    def copy(self):
        self.open(f"events/conference/{self.conference}/change/")
        self.follow(".object-tools a[href*='next-edition']")
        self.look("next-edition")
        self.follow(".submit-row [type=submit]")


def in_an_hour():
    return timezone.localtime(timezone.now()).replace(second=0, microsecond=0) + timedelta(hours=1)


def moments_later(moment):
    """Return a clock that runs on from a moment; for `django.utils.timezone.now`."""
    began = datetime.now().astimezone()
    return lambda: moment + (datetime.now().astimezone() - began)
