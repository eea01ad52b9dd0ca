"""How much there is of everything at scale 1, and how rows are made: in bulk, with a bar that fills up."""

import sys
from itertools import islice

CONFERENCES, SESSIONS, FORUMS, ROOMS = 20, 300, 15, 10
CHAPTERS, MEETUPS, ALBUMS, PHOTOS, REGISTRATIONS = 60, 3_000, 1_500, 100_000, 50_000
PEOPLE, ORGANIZATIONS, ARTICLES, PARTNERS = 4_000, 400, 400, 30
AT_ONCE = 2_000

WORDS_EN = [
    "kernel",
    "compiler",
    "licence",
    "governance",
    "community",
    "hardware",
    "cloud",
    "database",
    "security",
    "supply",
    "chain",
    "maintainers",
    "documentation",
    "translation",
    "robotics",
    "education",
    "cities",
    "commons",
    "release",
    "review",
    "standards",
    "testing",
    "packaging",
]
WORDS_ZH = [
    "内核",
    "编译器",
    "许可证",
    "治理",
    "社区",
    "硬件",
    "云原生",
    "数据库",
    "安全",
    "供应链",
    "维护者",
    "文档",
    "翻译",
    "机器人",
    "教育",
    "城市",
    "公益",
    "发布",
    "评审",
    "标准",
    "测试",
    "打包",
]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
TEXT = (
    "What it is about, and **why it matters**: a paragraph as organizers write it, with [a link](https://example.org/).\n\n"
    * 3
)


def both(field, zh, en):
    """Return the two columns of a translated field."""
    return {f"{field}_zh_hans": zh, f"{field}_en": en}


class Bar:
    """One line that fills up while rows of a kind are made."""

    def __init__(self, label, whole, out=sys.stderr):
        self.label, self.whole, self.done, self.out = label, max(1, whole), 0, out

    def more(self, count):
        self.done += count
        filled = round(30 * min(1, self.done / self.whole))
        line = f"\r{self.label:14} [{'#' * filled}{' ' * (30 - filled)}] {self.done:,} of {self.whole:,}"
        self.out.write(line if self.out.isatty() or self.done >= self.whole else "")
        if self.done >= self.whole:
            self.out.write("\n")
        self.out.flush()


def put(model, rows, label, whole):
    """Write rows in bulk, with a bar; return them as a list."""
    bar, kept, rows = Bar(label, whole), [], iter(rows)
    while batch := list(islice(rows, AT_ONCE)):
        kept += model._base_manager.bulk_create(batch)
        bar.more(len(batch))
    return kept
