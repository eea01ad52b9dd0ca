"""Covers drawn where there is no picture."""

import gzip
from random import Random
from xml.etree import ElementTree

import pytest

from portal.colours import FALLBACK, colours_of, contrast
from portal.covers import FAMILIES, LIGHTS, pattern_image, pattern_svg

ACCENTS = ["#d7263d", "#1b4fd8", "#f2a104", "#0b6e4f", "#ffffff", "#000000", "#ff00ff", "#888888"]
SLUGS = [f"kcc-chengdu-{number}" for number in range(60)]


def test_a_slug_always_leads_to_the_same_cover():
    assert pattern_svg("coscon-2023", "#1b4fd8") == pattern_svg("coscon-2023", "#1b4fd8")
    assert pattern_image("coscon-2023", "#1b4fd8", (90, 60)) == pattern_image("coscon-2023", "#1b4fd8", (90, 60))


def test_covers_that_stand_together_differ():
    assert len({pattern_svg(slug, "#1b4fd8") for slug in SLUGS}) == len(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_cover_is_a_small_document_that_loads_nothing(slug):
    svg = pattern_svg(slug, "#1b4fd8")

    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert names == {"svg", "g", "path"}
    assert "style" not in svg
    assert "href" not in svg
    assert len(svg) < 6_000
    assert len(gzip.compress(svg.encode())) < 2_000


@pytest.mark.parametrize("ratio", [0.5, 1, 16 / 9, 3])
def test_every_family_fills_any_shape(ratio):
    for family in FAMILIES:
        slug = next(slug for slug in map(str, range(1000)) if _family_of(slug) is family)
        assert f'viewBox="0 0 {round(400 * ratio)} 400"' in pattern_svg(slug, "#1b4fd8", ratio)
        image = pattern_image(slug, "#1b4fd8", (round(120 * ratio), 120))
        assert image.size == (round(120 * ratio), 120)
        assert len(image.getcolors(maxcolors=100_000)) > 3


def _family_of(slug):
    return Random(f"cover {slug}").choice(FAMILIES)


def test_the_image_has_the_colours_of_the_drawing():
    for slug in SLUGS[:12]:
        svg, image = pattern_svg(slug, "#0b6e4f", 1.5), pattern_image(slug, "#0b6e4f", (300, 200))
        painted = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in image.getcolors(100_000)}
        drawn = {part[:7] for part in svg.split('="') if part.startswith("#")}
        assert len(drawn & painted) >= len(drawn) - 1


def test_nothing_of_a_hostile_accent_or_slug_gets_into_the_drawing():
    assert pattern_svg("a", '"/><script>') == pattern_svg("a", FALLBACK) == pattern_svg("a", "")
    assert "script" not in pattern_svg("<script>", "#d7263d")


@pytest.mark.parametrize("accent", ACCENTS)
def test_shades_of_any_accent_run_from_dark_to_light_alike(accent):
    shades = colours_of(accent).shades

    against_white = [contrast(shade, "#ffffff") for shade in shades]
    assert against_white == sorted(against_white, reverse=True)
    assert contrast(shades[4], shades[9]) > 4.4, "words in shade 4 on shade 9"
    assert contrast(shades[3], shades[8]) > 6, "words in shade 3 on shade 8"
    assert contrast(colours_of(accent).spot, shades[1]) > 6


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_each_light_has_six_tones():
    assert {len(tones) for tones in LIGHTS.values()} == {6}
