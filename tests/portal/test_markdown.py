"""Markdown: what organizers write comes out as they meant it, and what attackers write comes out harmless."""

import re
import time
from html.parser import HTMLParser

import pytest
from markdown_it.ruler import Ruler

from portal import markdown
from portal.markdown import LONGEST, plain, render

FORBIDDEN = {"script", "svg", "math", "iframe", "object", "embed", "form", "style", "base", "link", "meta"}


class Seen(HTMLParser):
    """All tags and attributes of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def assert_harmless(html):
    seen = Seen(html)
    assert not seen.tags & FORBIDDEN
    for tag, name, value in seen.attributes:
        assert name != "style" and not name.startswith("on"), (tag, name)
        if name in ("href", "src"):
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value, re.IGNORECASE)
            assert not scheme or scheme[1].lower() in {"http", "https", "mailto"}, value
        if name == "src":
            assert value.startswith("/") and not value.startswith("//"), value


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**开源。**社区", "<strong>开源。</strong>社区"),
        ("社区**“开源”**好", "<strong>“开源”</strong>好"),
        ("我们**「开源」**社区", "<strong>「开源」</strong>社区"),
        ("*开源！*社区", "<em>开源！</em>社区"),
        ("~~旧（名）~~新名", "<s>旧（名）</s>新名"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**bold** text", "<strong>bold</strong> text"),
    ],
)
def test_emphasis_works_in_chinese_and_in_english(text, html):
    assert html in render(text)


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("详见https://kaiyuanshe.cn/about，谢谢", "https://kaiyuanshe.cn/about", "，谢谢"),
        ("请访问 https://kaiyuanshe.cn。", "https://kaiyuanshe.cn", "。"),
        ("(https://en.wikipedia.org/wiki/Rust_(language)).", "https://en.wikipedia.org/wiki/Rust_(language)", ")."),
        ("https://a.cn/x?q=1&r=2!", "https://a.cn/x?q=1&amp;r=2", "!"),
        ("联系contact@kaiyuanshe.org。", "mailto:contact@kaiyuanshe.org", "。"),
    ],
)
def test_a_bare_address_ends_where_a_reader_would_end_it(text, address, after):
    html = render(text)
    assert f'href="{address}"' in html
    assert f"</a>{after}" in html


def test_code_is_left_alone():
    html = render("`https://a.cn **b**`")
    assert "<a" not in html and "<strong" not in html


def test_a_line_break_is_kept():
    assert re.search(r"时间：10月21日<br>\s*地点：长沙", render("时间：10月21日\n地点：长沙"))


def test_headings_start_where_the_page_wants_them_and_skip_no_level():
    html = render("# 会场\n\n#### 交通\n\n# 餐饮")
    assert re.findall(r"<(h\d)>", html) == ["h2", "h3", "h2"]
    assert re.findall(r"<(h\d)>", render("## A\n\n### B", top=4)) == ["h4", "h5"]
    assert re.findall(r"<(h\d)>", render("# A\n## B\n### C", top=5)) == ["h5", "h6", "h6"]


def test_a_table_says_its_alignment_without_inline_style():
    html = render("|名称|人数|\n|:-|-:|\n|现场|1,108|")
    assert '<td class="align-right">1,108</td>' in html
    assert "style" not in html


def test_footnotes_of_two_texts_on_one_page_do_not_share_ids():
    first, second = render("甲[^1]\n\n[^1]: 注一"), render("乙[^1]\n\n[^1]: 注二")
    ids = re.findall(r'\bid="([^"]+)"', first + second)
    assert len(ids) == len(set(ids)) == 4
    assert all(f"#{target}" in first + second for target in ids)


def test_links_that_leave_the_site_are_marked_and_others_are_not(settings):
    settings.SITE_URL = "https://portal.example"
    assert 'rel="nofollow ugc noopener"' in render("[x](https://elsewhere.example/)")
    assert 'rel="nofollow ugc noopener"' in render("[x](//elsewhere.example/)")
    assert "rel=" not in render("[x](/zh-hans/news/) [y](https://portal.example/en/) [z](#top)")


def test_a_picture_of_another_host_becomes_a_link(settings):
    settings.SITE_URL = "https://portal.example"
    html = render(
        "![海报](https://elsewhere.example/p.png) ![图](/media/p.png) ![己](https://portal.example/media/q.png)"
    )
    assert '<a href="https://elsewhere.example/p.png"' in html and ">海报</a>" in html
    assert re.findall(r'src="([^"]+)"', html) == ["/media/p.png", "/media/q.png"]


def test_a_picture_of_another_host_inside_a_link_leaves_its_words():
    html = render("[![徽章](https://elsewhere.example/b.svg)](/zh-hans/)")
    assert html.count("<a ") == 1 and ">徽章</a>" in html and "<img" not in html


def test_a_code_block_keeps_a_plain_language_class_and_no_other():
    assert '<code class="language-python">' in render("```python\nx\n```")
    assert "class" not in render('```"onload=alert(1)\nx\n```')


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<iframe src="javascript:alert(1)"></iframe>',
    "<a href='javascript:alert(1)' style='position:fixed;inset:0'>x",
    '<div style="background:url(javascript:alert(1))">',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](vbscript:x) [y](data:text/html;base64,PHNjcmlwdD4=) [z](file:///etc/passwd)",
    "![x](javascript:alert(1)) ![y](data:image/svg+xml;base64,PHN2Zz4=) ![z](data:image/png;base64,AA==)",
    "![x](//evil.example/x.png) ![x](/\\evil.example/x.png) ![x](\\\\evil.example/x.png) ![x](HTTPS://evil.example/x)",
    '![x"onerror="alert(1)](/media/x.png "y\\" onerror=\\"alert(1)")',
    "<javascript:alert(1)>",
    '<https://a.example/"onclick=alert(1)>',
    "[a]: javascript:alert(1)\n\n[a]",
    'https://a.example/"onmouseover=alert(1)',
    '[x](https://a.example/" onclick="alert(1))',
    "**<b>unclosed <i> [never ![ends `code",
    "# <img src=x onerror=alert(1)>",
    "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "<!--><img src=x onerror=alert(1)>-->",
    "\x00<scr\x00ipt>alert(1)</script>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_document_comes_out_harmless(text):
    assert_harmless(render(text))
    assert_harmless(render("> - " + text.replace("\n", "\n>   ")))


def test_all_hostile_documents_at_once_come_out_harmless():
    assert_harmless(render("\n\n".join(HOSTILE)))


@pytest.mark.parametrize("piece", ["[", "*", "![", "[^", "^[", "> ", "`", "a**b", "https://", "a@", "|", "<", "[a]("])
def test_a_text_of_a_million_marks_takes_bounded_time(piece):
    began = time.process_time()
    render(piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 2


def test_a_long_text_of_marks_takes_bounded_time():
    began = time.process_time()
    for piece in ("[^", "*a_ "):
        render(piece * (LONGEST // len(piece)))
    assert time.process_time() - began < 30


def test_a_text_beyond_the_limit_is_shown_as_typed_and_harmless():
    html = render("<script>alert(1)</script>\n\n" + "开" * LONGEST)
    assert html.startswith("<p>&lt;script&gt;")


def test_plain_gives_the_words_without_the_marks():
    text = "# 大会\n\n**开源**[社区](https://a.cn)，\n`code` ![海报](/media/x.png)[^1]\n\n- 一\n- 二\n\n[^1]: 注"
    assert plain(text) == "大会 开源社区， code 海报 一 二"


def test_plain_cuts_between_english_words_and_between_chinese_characters():
    assert plain("open source community", 14) == "open source…"
    assert plain("开源社区，共建共享", 5) == "开源社区…"
    assert plain("short", 5) == "short"
    assert plain("incomprehensible", 5) == "incom…"


def test_the_rules_are_ready_before_the_first_threads_ask(monkeypatch):
    parser = markdown._make_parser()
    monkeypatch.setattr(Ruler, "__compile__", lambda ruler: pytest.fail("another thread would find half of the rules"))

    assert parser.render("*one*\n\n- two") == "<p><em>one</em></p>\n<ul>\n<li>two</li>\n</ul>\n"
