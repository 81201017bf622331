from xml.etree import ElementTree

import pytest

from scripts import draw_border


@pytest.mark.parametrize("name", draw_border.DRAWINGS)
def test_the_committed_drawing_is_the_drawn_one(name):
    committed = (draw_border.STATIC / name).read_text(encoding="ascii")
    assert committed == draw_border.DRAWINGS[name]()


@pytest.mark.parametrize("name", draw_border.DRAWINGS)
def test_a_drawing_is_whole_and_small(name):
    drawing = draw_border.DRAWINGS[name]()
    assert ElementTree.fromstring(drawing).tag.endswith("svg")  # noqa: S314 (drawn by us)
    assert len(drawing) < 60_000


def test_a_wave_ends_as_far_away_as_asked():
    wave = draw_border._wave(10, 5, 26, 2, upright=False)
    assert wave.startswith("M10.00 5.00q1.300 4.00 2.600 0.00t")
    assert wave.count("t") == 9


def test_an_upright_wave_swings_sideways():
    assert draw_border._wave(10, 5, 26, 2, upright=True).startswith("M10.00 5.00q4.00 1.300")


def test_a_rosette_stays_between_its_radii():
    path = draw_border._flower(0, 0, 4, 1, 8).replace("Z", "")
    points = [tuple(map(float, pair.split())) for line in path.split("M")[1:]
              for pair in line.split("L")]
    distances = [(x * x + y * y) ** 0.5 for x, y in points]
    assert 0.98 < min(distances) < 1.1
    assert 3.9 < max(distances) < 4.02
