"""The map of cities: every city has its own dot and link, and no name covers another."""

import re
from itertools import combinations

import pytest
from django.template.loader import render_to_string

from portal.dotmap import TARGET, Place, dot_maps
from portal.labelling import Box

CHINA = """
北京 39.90 116.40, 上海 31.23 121.47, 广州 23.13 113.26, 深圳 22.54 114.06, 成都 30.57 104.07, 长沙 28.23 112.94,
杭州 30.27 120.15, 苏州 31.30 120.58, 无锡 31.49 120.31, 南京 32.06 118.80, 常州 31.81 119.97, 宁波 29.87 121.55,
合肥 31.82 117.23, 武汉 30.59 114.31, 南昌 28.68 115.86, 厦门 24.48 118.09, 福州 26.07 119.30, 泉州 24.87 118.68,
珠海 22.27 113.58, 佛山 23.02 113.12, 东莞 23.02 113.75, 惠州 23.11 114.42, 中山 22.52 113.39, 香港 22.32 114.17,
澳门 22.20 113.55, 南宁 22.82 108.37, 桂林 25.27 110.29, 海口 20.04 110.20, 三亚 18.25 109.51, 昆明 25.04 102.71,
大理 25.61 100.27, 贵阳 26.65 106.63, 重庆 29.56 106.55, 绵阳 31.47 104.68, 西安 34.34 108.94, 兰州 36.06 103.83,
西宁 36.62 101.78, 拉萨 29.65 91.14, 乌鲁木齐 43.83 87.62, 喀什 39.47 75.99, 银川 38.49 106.23, 太原 37.87 112.55,
呼和浩特 40.84 111.75, 石家庄 38.04 114.51, 郑州 34.75 113.63, 洛阳 34.62 112.45, 济南 36.65 117.12,
青岛 36.07 120.38, 烟台 37.46 121.45, 天津 39.34 117.36, 唐山 39.63 118.18, 沈阳 41.81 123.43, 大连 38.91 121.61,
长春 43.82 125.32, 哈尔滨 45.80 126.53, 徐州 34.26 117.19, 台北 25.03 121.57, 赣州 25.83 114.93, 宜昌 30.69 111.29,
襄阳 32.01 112.12
"""
WORLD = """
Chengdu 30.57 104.07, Shanghai 31.23 121.47, London 51.5 -0.12, Berlin 52.52 13.4, Brussels 50.85 4.35,
San Francisco 37.77 -122.42, New York 40.71 -74.0, São Paulo -23.55 -46.63, Sydney -33.87 151.2,
Tokyo 35.68 139.69, Auckland -36.85 174.76, Reykjavík 64.15 -21.94, Honolulu 21.31 -157.86
"""


def places(text, lively=()):
    found = re.findall(r"([^\d,]+) (-?[\d.]+) (-?[\d.]+)", text)
    return [
        Place(name.strip(), float(latitude), float(longitude), f"/{at}/", f"KCC {name.strip()}", name.strip() in lively)
        for at, (name, latitude, longitude) in enumerate(found)
    ]


GROUPS = {
    "one": places("乌鲁木齐 43.83 87.62"),
    "three": places("长沙 28.23 112.94, 广州 23.13 113.26, 成都 30.57 104.07", lively=["长沙"]),
    "china": places(CHINA, lively=["北京", "天津", "深圳", "西宁"]),
    "world": places(WORLD),
    "one city twice": places("成都 30.57 104.07, 成都 30.57 104.07"),
    "a long name": places("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch 53.22 -4.2, London 51.5 -0.12"),
}
MAPS = [pytest.param(drawing, id=f"{name}, {drawing.name}") for name in GROUPS for drawing in dot_maps(GROUPS[name])]


def test_the_list_of_cities_is_as_long_as_it_should_be():
    assert len(GROUPS["china"]) == 60


def test_there_is_a_map_for_phones_and_one_for_desks():
    narrow, wide = dot_maps(GROUPS["three"])

    assert narrow.width == 300
    assert wide.width > 700
    assert narrow.font_size / narrow.width * 320 >= 12, "names can be read at 320 px"


def test_no_cities_make_no_map():
    assert dot_maps([]) == []


@pytest.mark.parametrize("drawing", MAPS)
def test_every_city_has_a_dot_of_its_own_within_the_view(drawing):
    dots = [(spot.x, spot.y) for spot in drawing.spots]

    assert len(set(dots)) == len(drawing.spots)
    for x, y in dots:
        assert drawing.halo <= x <= drawing.width - drawing.halo
        assert drawing.halo <= y <= drawing.height - drawing.halo


@pytest.mark.parametrize("drawing", MAPS)
def test_no_name_covers_another_name_a_dot_a_line_or_the_edge(drawing):
    labelled = [spot for spot in drawing.spots if spot.label]
    for spot in labelled:
        box = spot.label.boxes[0]
        assert 0 <= box.left < box.right <= drawing.width
        assert 0 <= box.top < box.bottom <= drawing.height
        for other in drawing.spots:
            clear = drawing.halo if other.place.lively else drawing.radius
            assert not box.overlaps(Box(other.x - clear, other.y - clear, other.x + clear, other.y + clear))
    for one, two in combinations(labelled, 2):
        assert not any(mine.overlaps(other) for mine in one.label.boxes for other in two.label.boxes)


@pytest.mark.parametrize("drawing", MAPS)
def test_no_two_targets_overlap(drawing):
    squares = [
        Box(spot.target.left, spot.target.top, spot.target.left + side, spot.target.top + side)
        for spot in drawing.spots
        for side in [spot.target.side]
    ]
    assert not any(one.overlaps(two) for one, two in combinations(squares, 2))


@pytest.mark.parametrize("name", ["one", "three"])
def test_few_cities_all_have_names_and_targets_for_a_finger(name):
    for drawing in dot_maps(GROUPS[name]):
        assert all(spot.label for spot in drawing.spots)
        assert all(spot.target.side == TARGET for spot in drawing.spots)


def test_most_of_sixty_cities_are_named_where_there_is_room():
    narrow, wide = dot_maps(GROUPS["china"])

    assert sum(spot.label is not None for spot in wide.spots) >= 48
    assert sum(spot.label is not None for spot in narrow.spots) >= 20


def test_cities_lie_to_each_other_as_they_do():
    for drawing in dot_maps(GROUPS["china"]):
        at = {spot.place.name: spot for spot in drawing.spots}
        assert at["喀什"].x < at["乌鲁木齐"].x < at["成都"].x < at["长沙"].x < at["上海"].x
        assert at["哈尔滨"].y < at["北京"].y < at["郑州"].y < at["长沙"].y < at["广州"].y < at["三亚"].y


def test_a_map_of_the_world_is_cut_as_maps_are():
    for drawing in dot_maps(GROUPS["world"]):
        at = {spot.place.name: spot.x for spot in drawing.spots}
        assert at["Honolulu"] < at["San Francisco"] < at["London"] < at["Chengdu"] < at["Tokyo"] < at["Auckland"]


def test_cities_on_both_sides_of_the_date_line_lie_side_by_side():
    for drawing in dot_maps(places("Suva -18.14 178.44, Apia -13.83 -171.77")):
        suva, apia = drawing.spots
        assert 0 < apia.x - suva.x < drawing.width * 0.6


def test_the_page_gets_links_that_say_where_they_lead():
    html = render_to_string("portal/_dotmap.html", {"drawings": dot_maps(GROUPS["three"]), "label": "KCC <cities>"})

    for spot in dot_maps(GROUPS["three"])[0].spots:
        assert len(re.findall(rf'<a href="{spot.place.url}"><title>{spot.place.title}</title>', html)) == 2
    assert html.count("<text ") == 6
    assert html.count('class="halo"') == 2
    assert 'aria-label="KCC &lt;cities&gt;"' in html
    assert "style=" not in html
    assert 'role="img"' not in html, "links inside an image cannot be reached"
