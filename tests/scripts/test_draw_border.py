import math
import re
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


def points(path):
    return [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def test_a_rosette_stays_between_its_radii():
    ring = points(draw_border._ring(0, 0, 4, 2, 8, 0))
    # The extreme of a bend lies half-way between its control point and its ends.
    middles = [
        tuple((a + 2 * control + b) / 4 for a, control, b in zip(*bend, strict=True))
        for bend in zip(ring[::2], ring[1::2], ring[2::2], strict=False)
    ]
    distances = [math.hypot(*middle) for middle in middles]
    assert 1.9 < min(distances) < 2.1
    assert 3.8 < max(distances) < 4.01


def test_a_ring_ends_where_it_began():
    ring = points(draw_border._ring(5, 5, 4, 2, 12, 1))
    assert ring[-1] == ring[0]
    assert len(ring) == 1 + 2 * 24
