"""Where lines break, and what becomes of characters that the font lacks."""

import pytest
from fontTools.ttLib import TTFont

from portal.lettering import FILES, NEVER_FIRST, NEVER_LAST, NO_BREAK, Span, drawable, font, legible, wrap

LONG_ZH = (
    "从个人兴趣到全球协作：一个完全由志愿者组成的开源社区（KAIYUANSHE）如何在十年间办成八届“中国开源年会”、"
    "走进十余座城市、联合上百家伙伴，并把每一位讲师、志愿者与听众的名字，都留在《同一个地方》——暨 COSCon'23 主题论坛。"
)
LONG_EN = (
    "The Spirit of Thanksgiving: how a volunteer-run community (KAIYUANSHE) carried its conference through ten years"
)


def lines_of(text, width, size=50, **options):
    return ["".join(run.text for run in line.runs) for line in wrap([Span(text)], size, width, **options)]


@pytest.mark.parametrize("text", [LONG_ZH, LONG_EN, "https://example.org/" + "a" * 200, "开源" * 100, "（" * 40])
@pytest.mark.parametrize("width", [120, 333, 700])
def test_every_character_is_set_and_no_line_is_too_wide(text, width):
    for balanced in (True, False):
        lines = wrap([Span(text)], 50, width, balanced)

        assert "".join(run.text for line in lines for run in line.runs) == text.replace(" ", "")
        for line in lines:
            assert line.width <= width
            last = line.runs[-1]
            assert last.x + font(last.weight, 50).getlength(last.text) <= width + 1


@pytest.mark.parametrize("width", range(450, 900, 50))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(width):
    for balanced in (True, False):
        for line in lines_of(LONG_ZH, width, balanced=balanced):
            assert line[0] not in NEVER_FIRST
            assert line[-1] not in NEVER_LAST


def test_latin_words_stay_whole_and_break_at_their_hyphens():
    words = {word for line in wrap([Span(LONG_EN)], 50, 400) for run in line.runs for word in [run.text]}

    assert words <= {*LONG_EN.split(), "volunteer-", "run"}


def test_the_lines_of_a_heading_are_about_equally_long():
    widths = [line.width for line in wrap([Span("开源人的一次长长的午餐聚会")], 50, 500, balanced=True)]

    assert len(widths) == 2
    assert min(widths) > 0.8 * max(widths)


def test_a_heading_breaks_where_its_phrases_do():
    assert lines_of("KCC@成都 开源人午餐会", 440, balanced=True) == ["KCC@成都", "开源人午餐会"]


def test_a_chinese_heading_breaks_between_words():
    assert lines_of("四方坪夜市的第二轮", 330, balanced=True) == ["四方坪夜市的", "第二轮"]
    assert lines_of("第八届中国开源年会", 330, balanced=True) == ["第八届中国", "开源年会"]


def test_a_no_break_space_holds():
    assert lines_of(f"Nuritzi{NO_BREAK}Sanchez · Kylie{NO_BREAK}Liang", 460) == [
        f"Nuritzi{NO_BREAK}Sanchez·",
        f"Kylie{NO_BREAK}Liang",
    ]


def test_han_and_latin_are_parted_by_a_hair():
    [line] = wrap([Span("第8届COSCon在成都")], 100, 5000)

    assert [run.text for run in line.runs] == ["第", "8", "届", "COSCon", "在成都"]
    assert 110 < line.runs[1].x < 125


def test_nothing_gives_no_lines():
    assert wrap([Span(""), Span("🎉")], 50, 500) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("开源 Party 🎉！", "开源 Party！"),
        ("🎉🎊 Party 👩‍👩‍👧 time 🇨🇳", "Party time"),
        ("Jiří Łukasz Ø ğ", "Jirí Lukasz Ø g"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "ｆｕｌｌ ｗｉｄｔｈ"),
        ("𠮷野家", "〓野家"),
        ("hello مرحبا \u202eolleh\u202c שלום", "hello olleh"),
        ("two\nlines\tand\x00a null", "two lines anda null"),
        ("e\u0301", "é"),
        ("①★→·—…“”€", "①★→·—…“”€"),
    ],
)
def test_what_the_font_lacks_never_shows_as_an_empty_box(text, shown):
    assert legible(text) == shown
    assert {ord(character) for character in shown} <= drawable()


def test_a_text_of_ten_megabytes_is_no_more_work_than_a_long_one():
    assert len(legible("开" * 10_000_000)) == 600


def test_both_weights_can_draw_the_same():
    regular, bold = (TTFont(path, lazy=True).getBestCmap().keys() for path in FILES.values())

    assert regular == bold
