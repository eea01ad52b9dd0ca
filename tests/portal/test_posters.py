"""Posters and share images: all of the words, in any length, and a code that leads to the page."""

from dataclasses import replace
from io import BytesIO

import pytest
import segno
from PIL import Image

from portal.columns import compose
from portal.posters import ALERT, Bill, heading, portrait, share_image, square
from tests.codes import codes_in

POSTERS = {share_image: (1200, 630), portrait: (1080, 1440), square: (1080, 1080)}
LONG = "从个人兴趣到全球协作：志愿者如何办成八届中国开源年会、走进十余座城市，Open Source Community 与每一位讲师——" * 2
BILL = Bill(
    title="KCC@广州 × TiDB 社区技术聚会",
    seed="kcc-guangzhou-2023-10-21",
    accent="#d7263d",
    when="2023年10月21日 周六 14:00",
    where="广州海珠区保利中悦广场 29 楼",
    kicker="KCC 广州",
    community="开源社 KAIYUANSHE",
    guests=(("惠世冀", "KCC@广州"), ("tison", "Apache Member")),
    url="https://example.org/zh-hans/meetups/kcc-guangzhou-2023-10-21/",
    call="长按识别二维码",
)


def opened(png):
    return Image.open(BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("poster", POSTERS)
def test_a_poster_has_its_size_and_is_light(poster):
    png = poster(replace(BILL, title=LONG))

    assert png.startswith(b"\x89PNG")
    assert opened(png).size == POSTERS[poster]
    assert len(png) < 120_000


@pytest.mark.parametrize("poster", POSTERS)
def test_the_same_bill_is_the_same_file_and_another_is_another(poster):
    assert poster(BILL) == poster(replace(BILL))
    for change in (
        {"title": "另一场"},
        {"when": "改期"},
        {"where": "线上"},
        {"accent": "#1b4fd8"},
        {"alert": "已取消"},
    ):
        assert poster(replace(BILL, **change)) != poster(BILL)


@pytest.mark.parametrize("title", ["开源", BILL.title, LONG[:120], LONG, "A " + "very " * 30 + "long title", "x" * 120])
@pytest.mark.parametrize(("width", "height"), [(696, 262), (912, 500)])
def test_a_title_is_set_whole_within_its_box(title, width, height):
    placed, taken = compose(heading(replace(BILL, title=title), 100, 26), width, height)

    words = "".join(run.text for line, *_ in placed for run in line.runs)
    assert words == (BILL.kicker + title).replace(" ", "")
    assert taken <= height
    assert all(line.width <= width for line, *_ in placed)


def test_a_long_word_is_rather_set_smaller_than_broken():
    title = "Konferenz der Verwaltungsdigitalisierung"

    placed, _ = compose(heading(replace(BILL, title=title), 100, 26), 700, 700)

    words = ["".join(run.text for run in line.line.runs) for line in placed if line.line.runs[0].tone == 0]
    assert "Verwaltungsdigitalisierung" in words
    assert placed[0].size == 40  # what stands beside it keeps its size


def test_a_word_that_would_have_to_be_tiny_is_broken():
    placed, _ = compose(heading(replace(BILL, title="https" * 30), 100, 26), 700, 700)

    assert len(placed) > 2 and placed[1].size > 50


def test_what_is_far_too_long_ends_in_an_ellipsis():
    placed, taken = compose(heading(replace(BILL, title="开源" * 300), 100, 26), 700, 300)

    assert placed[-1].line.runs[-1].text.endswith("…")
    assert 200 < taken <= 300


def test_a_box_that_nothing_fits_does_not_hold_up_the_press():
    placed, _ = compose(heading(BILL, 100, 26), 700, 3)

    assert placed[-1].line.runs[-1].text == "…"


@pytest.mark.parametrize("poster", POSTERS)
@pytest.mark.parametrize("title", ["开源", LONG, "开源" * 300, "Wide " * 100])
def test_no_ink_comes_near_the_edge(poster, title):
    crowd = tuple((f"Guest Number {number}", "An Organization of Some Length") for number in range(40))
    bill = replace(BILL, title=title, where=LONG, guests=crowd)

    image = opened(poster(bill))

    margin = 50
    if poster is share_image:
        strips = [(0, 0, margin, 630), (820 - margin, 0, 820, 630), (0, 0, 820, 40), (0, 590, 820, 630)]
    else:
        body = _top_of_words(image)
        foot = _top_of_foot(image)
        strips = [(0, body, margin, foot), (1080 - margin, body, 1080, foot), (0, foot - 24, 1080, foot)]
    for strip in strips:
        assert len(image.crop(strip).getcolors(100_000)) == 1, strip


def _top_of_words(image):
    paper = image.getpixel((2, _top_of_foot(image) - 2))
    return next(y for y in range(image.height) if image.getpixel((2, y)) == paper == image.getpixel((1077, y)))


def _top_of_foot(image):
    foot = image.getpixel((2, image.height - 2))
    return next(y for y in range(image.height - 1, 0, -1) if image.getpixel((2, y)) != foot) + 1


@pytest.mark.parametrize("poster", [portrait, square])
def test_the_code_on_a_poster_leads_to_the_page(poster):
    png = poster(BILL)
    image = opened(png).convert("L")
    dark = image.crop((700, image.height - 330, 1080, image.height)).point(lambda level: 255 * (level < 40))
    left, top, right, bottom = dark.getbbox()
    step = (right - left) / len(segno.make(BILL.url, error="m", micro=False).matrix)

    assert codes_in(png) == [BILL.url]
    assert step == int(step) >= 4, "each module has the same number of whole pixels"
    assert top >= 4 * step, "there is a quiet zone"


def test_a_longer_address_still_has_a_code_that_is_read():
    url = "https://example.org/" + "a" * 300
    png = square(replace(BILL, url=url))

    assert opened(png).size == (1080, 1080)
    assert codes_in(png) == [url]


CROWDED = replace(
    BILL,
    when="2026年11月28日（星期六）09:00 – 29日（星期日）18:00",
    where="成都市高新区天府软件园国际会议中心三层多功能厅（近地铁一号线天府三街站）",
    community="粤港澳大湾区开源社区、基金会与高校联合促进会（筹备委员会）",
    guests=(("阿卜杜热合曼·买买提明·艾力江", ""), ("Maximiliane Wolfeschlegelsteinhausenbergerdorff", "")),
)


def test_a_share_image_rather_leaves_out_who_comes_than_cuts_when_it_ends_and_where_it_is():
    assert share_image(CROWDED) == share_image(replace(CROWDED, guests=()))
    assert share_image(BILL) != share_image(replace(BILL, guests=()))
    for change in ({"when": CROWDED.when[:-6]}, {"where": CROWDED.where[:-1]}, {"community": CROWDED.community[:-1]}):
        assert share_image(replace(CROWDED, **change)) != share_image(CROWDED), "the last of it is seen"


@pytest.mark.parametrize("poster", POSTERS)
def test_what_is_cancelled_says_so_loudly(poster):
    red = tuple(int(ALERT[at : at + 2], 16) for at in (1, 3, 5))

    def loud(png):
        return sum(count for count, colour in opened(png).getcolors(100_000) if _near(colour, red))

    assert loud(poster(replace(BILL, accent="#1b4fd8"))) == 0
    assert loud(poster(replace(BILL, accent="#1b4fd8", alert="已取消"))) > 40_000


def _near(colour, other):
    return max(abs(one - two) for one, two in zip(colour, other, strict=True)) < 8


@pytest.mark.parametrize("poster", POSTERS)
def test_a_bill_with_hardly_anything_on_it_is_drawn(poster):
    assert opened(poster(Bill(title="🎉", seed="", accent=""))).size == POSTERS[poster]
    assert opened(poster(Bill(title="", seed="x", accent="#000000", guests=(("مرحبا", ""),)))).size == POSTERS[poster]
