"""Colours that stay readable, faces that stay the same, and one stylesheet instead of thirty."""

import re
from datetime import datetime
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from django.utils.translation import override

from portal import accents
from portal.colours import FALLBACK, contrast
from portal.models import Occasion, Organization, Part, Person
from portal.stylesheets import OneStylesheetStorage, inlined
from portal.templatetags.calendar import leaf
from portal.templatetags.faces import affiliation, called, face, initials, tint
from tests.browser.site import ROOT

LOUD_AND_PALE = (
    *("#1f6f5c", "#c5341c", "#1a5fb4", "#ffcc00", "#e8590c", "#ffffff", "#000000"),
    *("#7f7f7f", "#ff00ff", "#00ff00", "#0000ff", "#ff0000", "#00ffff"),
)


@pytest.mark.parametrize("accent", LOUD_AND_PALE)
def test_any_accent_gives_shades_that_can_be_read(accent):
    shades = accents.shades(accent)

    pairs = [
        (shades["--accent"], shades["--on-accent"]),
        *((shades["--accent-text-light"], ground) for ground in ("#ffffff", "#f1f5f3", shades["--accent-wash-light"])),
        *((shades["--accent-text-dark"], ground) for ground in ("#0f1513", "#18201d", shades["--accent-wash-dark"])),
    ]
    assert all(contrast(one, other) >= 4.5 for one, other in pairs), pairs


def test_a_readable_accent_is_left_as_it_was_chosen():
    assert accents.shades("#1f6f5c")["--accent"] == "#1f6f5c"


@pytest.mark.parametrize("nonsense", ["", None, "red", "#abc", "#12345g", "#0b7a5e;}body{display:none"])
def test_what_is_no_colour_counts_as_the_fallback(nonsense):
    assert accents.shades(nonsense) == accents.shades(FALLBACK)


def test_the_theme_has_a_class_for_each_series():
    css = accents.theme("#1f6f5c", [("coscon", "#c5341c"), ("gotc", "#1a5fb4")])

    assert ":root { --accent: #1f6f5c; --on-accent: #ffffff; --accent-text-light: " in css
    assert ".accent-coscon { --accent: #c5341c;" in css
    assert ".accent-gotc { --accent: #1a5fb4;" in css


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("庄表伟", "庄"),
        ("欧阳修", "欧阳"),
        ("Nuritzi Sanchez", "NS"),
        ("Kohsuke Kawaguchi (K.K.)", "KK"),
        ("tison", "T"),
        ("", "·"),
    ],
)
def test_initials(name, mark):
    assert initials(name) == mark


def test_a_face_keeps_its_colour_in_both_languages():
    chinese, english = (face(Person(slug="biaowei-zhuang", name_zh_hans=name)) for name in ("庄表伟", "Biaowei Zhuang"))

    assert f'tint-{tint("biaowei-zhuang")}"' in chinese and ">庄<" in chinese
    assert f"tint-{tint('biaowei-zhuang')} latin" in english and ">BZ<" in english


def test_someone_who_is_only_a_name_has_a_face_too():
    assert ">MC<" in face(Part(name_then_en="Marie Curie"))


def test_a_portrait_takes_the_place_of_the_drawn_face():
    assert "portraits/k.jpg" in face(Part(person=Person(slug="k", name_en="K", portrait="portraits/k.jpg")))


def test_a_name_cannot_smuggle_markup_into_a_face():
    assert "<b" not in face(Person(slug="x", name_en="<b>"))


def test_the_name_of_that_day_comes_before_the_name_of_today():
    person = Person(slug="k", name_en="Kohsuke Kawaguchi")

    with override("en"):
        assert called(Part(person=person, name_then_en="K.K.")) == "K.K."
        assert called(Part(person=person)) == "Kohsuke Kawaguchi"


def test_a_name_without_a_translation_says_in_which_language_it_is():
    with override("en"):
        assert called(Part(person=Person(slug="z", name_zh_hans="周明辉"))) == '<span lang="zh-Hans">周明辉</span>'


def test_an_affiliation_tells_as_much_as_is_known():
    asf = Organization(pk=1, slug="asf", name_en="Apache Software Foundation", published_at=timezone.now())

    with override("en"):
        assert affiliation(Part(organization=asf, title_then_en="Member")) == "Apache Software Foundation · Member"
        assert affiliation(Part(organization=asf, organization_then_en="ASF")) == "ASF"
        assert affiliation(Person(title_en="Member")) == "Member"
        assert affiliation(Part()) == ""


@pytest.mark.parametrize(
    ("precision", "starts", "ends", "big", "small"),
    [
        ("day", (2023, 10, 28), (2023, 10, 30), "28–29", "Oct 2023"),
        ("day", (2023, 10, 21), (2023, 10, 22), "21", "Oct 2023"),
        ("day", (2023, 10, 31), (2023, 11, 2), "31–1", "Oct–Nov 2023"),
        ("minute", (2023, 12, 31, 23), (2024, 1, 1, 1), "31", "Dec 2023"),
        ("minute", (2023, 10, 28, 9), (2023, 10, 29, 17), "28–29", "Oct 2023"),
        ("month", (2023, 5, 1), (2023, 6, 1), "May", "2023"),
        ("year", (2016, 1, 1), (2017, 1, 1), "2016", ""),
    ],
)
def test_a_leaf_of_the_calendar_tells_what_is_known(precision, starts, ends, big, small):
    clock = ZoneInfo("Asia/Shanghai")
    occasion = Occasion(
        precision=precision,
        time_zone="Asia/Shanghai",
        starts_at=datetime(*starts, tzinfo=clock),
        ends_at=datetime(*ends, tzinfo=clock),
    )

    with override("en"):
        assert f"<b>{big}</b><span>{small}</span>" in leaf(occasion)


def test_imported_stylesheets_are_written_into_the_entry():
    css = '/* why */\n@layer a, b;\n@import url("x.css") layer(a);\n@import url("y.css") layer(b);\n'

    text = inlined(css, {"x.css": "p { color: red; } /* note */\n", "y.css": "q {}\n"}.__getitem__)

    assert "@import" not in text and "/*" not in text
    assert text.index("@layer a, b;") < text.index("@layer a {\np { color: red; }") < text.index("@layer b {\nq {}")


def test_visitors_get_one_stylesheet_that_follows_its_parts(tmp_path):
    sources = tmp_path / "sources" / "portal" / "css"
    sources.mkdir(parents=True)
    (sources / "site.css").write_text('@layer base;\n@import url("base.css") layer(base);\n')
    source = FileSystemStorage(tmp_path / "sources")
    paths = {f"portal/css/{name}": (source, f"portal/css/{name}") for name in ("site.css", "base.css")}

    for colour in ("red", "blue"):
        (sources / "base.css").write_text(f"p {{ color: {colour}; }}\n")
        copytree(tmp_path / "sources", tmp_path / "served", dirs_exist_ok=True)
        served = OneStylesheetStorage(location=tmp_path / "served", base_url="/static/")
        hashed = {name: address for name, address, done in served.post_process(paths) if done is True}

        css = (tmp_path / "served" / hashed["portal/css/site.css"]).read_text()
        assert "@import" not in css
        assert f"@layer base {{\np {{ color: {colour}; }}" in css


def test_scripts_import_each_other_by_the_names_they_are_served_under(tmp_path):
    sources = tmp_path / "sources" / "js"
    sources.mkdir(parents=True)
    (sources / "one.js").write_text('import { word } from "./other.js";\n')
    (sources / "other.js").write_text('export const word = "word";\n')
    copytree(tmp_path / "sources", tmp_path / "served")
    served = OneStylesheetStorage(location=tmp_path / "served", base_url="/static/")
    paths = {f"js/{name}.js": (FileSystemStorage(tmp_path / "sources"), f"js/{name}.js") for name in ("one", "other")}

    hashed = {name: address for name, address, done in served.post_process(paths) if done is True}

    assert hashed["js/other.js"].removeprefix("js/") in (tmp_path / "served" / hashed["js/one.js"]).read_text()


@pytest.mark.parametrize(("sheet", "links"), [("facts", ".maps a"), ("sessions", ".session-who a")])
def test_small_links_are_as_high_as_a_finger_needs(sheet, links):
    """24 CSS pixels, as WCAG 2.2 asks of what does not stand in a sentence (2.5.8)."""
    css = (ROOT / f"portal/static/portal/css/components/{sheet}.css").read_text()

    assert f"{links} {{ display: inline-block; min-height: 1.5rem; }}" in css


@pytest.mark.parametrize(
    ("known_of_late", "before_it"),
    [
        (r'content: ("[^"]+") / ""', r'content: {0}; content: {0} / ""'),  # Safari 17.4
        (r"(?<!-)user-select: (\w+)", r"-webkit-user-select: {0}; user-select: {0}"),  # no Safari yet
    ],
)
def test_what_an_iphone_may_not_know_follows_what_it_does(known_of_late, before_it):
    """A declaration that a browser does not know is as if it was not there: no mark, or text chosen under a finger."""
    paths = [path for app in ("portal", "events") for path in (ROOT / app / "static" / app).rglob("*.css")]
    sheets = [path.read_text() for path in paths if "vendor" not in path.parts]
    uses = [(sheet, use) for sheet in sheets for use in re.finditer(known_of_late, sheet)]
    assert uses

    assert [use[0] for sheet, use in uses if not sheet[: use.end()].endswith(before_it.format(use[1]))] == []
