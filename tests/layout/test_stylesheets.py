"""Style sheets: free of the original's brand, legible in every theme, and parsable."""

import re

import pytest
import tinycss2

from tests.layout.stage import ROOT

STATIC = ROOT / "broker_admin/static"
OWN = ["app", "patterns", "tables", "exam", "dark", "contrast", "print"]
COLOURS = ["green", "orange", "yellow", "red", "blue", "grey"]
PAIRS = [
    *((f"--app-{colour}-ink", f"--app-{colour}-ground") for colour in COLOURS),
    ("--app-button-text", "--app-button"),
    ("--app-button-text", "--app-button-hover"),
    ("--app-quiet-text", "--app-quiet"),
    ("--app-danger-text", "--app-danger"),
    ("--app-chosen-text", "--app-chosen"),
    ("--app-band-text", "--app-band"),
    ("--app-utility-text", "--app-utility"),
]


def sheet(name):
    return (STATIC / f"{name}.css").read_text()


def values(name):
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", sheet(name)))


def brightness(colour):
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dim = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", [["app"], ["app", "dark"], ["app", "contrast"]], ids="+".join)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(theme, ink, ground):
    known = {key: value for name in theme for key, value in values(name).items()}
    assert contrast(known[ink], known[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_a_theme_sets_the_ground_and_ink_of_every_state(theme):
    wanted = {f"--app-{colour}-{part}" for colour in COLOURS for part in ("ground", "ink")}
    assert wanted <= values(theme).keys()


@pytest.mark.parametrize("name", OWN)
def test_every_rule_can_be_read(name):
    rules = tinycss2.parse_stylesheet(sheet(name), skip_comments=True, skip_whitespace=True)
    assert rules
    assert [rule for rule in rules if rule.type == "error"] == []


@pytest.mark.parametrize("name", ["app", "patterns", "tables", "exam"])
def test_colours_are_named_before_they_are_used(name):
    rules = re.sub(r":root \{.*?\n\}", "", sheet(name), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


@pytest.mark.parametrize("name", ["app", "patterns", "tables", "exam"])
def test_every_colour_that_is_used_exists(name):
    used = set(re.findall(r"var\((--app-[\w-]+)\)", sheet(name)))
    assert used <= values("app").keys()


@pytest.mark.parametrize("mark", ["GDS Transport", "gov.uk", "crest", "crown", "system-ui"])
def test_nothing_of_the_original_brand_is_left(mark):
    assert mark not in (STATIC / "ds/ds.min.css").read_text()


def test_the_licence_travels_with_the_vendored_code():
    assert "The MIT License" in (STATIC / "ds/LICENSE.txt").read_text()
    assert "Mozilla Public License" in (ROOT / "tests/journeys/vendor/LICENSE").read_text()


def test_the_shield_is_drawn_by_us():
    drawing = (STATIC / "shield.svg").read_text()
    assert drawing.startswith("<svg")
    assert "<script" not in drawing
