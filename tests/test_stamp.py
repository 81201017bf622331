from base64 import b64decode
from xml.etree import ElementTree

import pytest

from broker_admin.stamp import LARGEST_LETTER, SIZE, seal

SVG = "{http://www.w3.org/2000/svg}"


def drawing(address):
    head, _, body = address.partition(",")
    assert head == "data:image/svg+xml;base64"
    return ElementTree.fromstring(b64decode(body))  # noqa: S314 (drawn by us)


def texts(ring, below="专用章"):
    return [text.text for text in drawing(seal(ring, below)).iter(f"{SVG}text")]


def test_the_ring_is_read_character_by_character():
    assert texts("示范省数据局") == ["示", "范", "省", "数", "据", "局", "专用章"]


def test_a_seal_is_as_large_as_real_ones():
    assert drawing(seal("甲", "乙")).get("viewBox") == f"0 0 {SIZE} {SIZE}"
    assert SIZE == 42


def test_hostile_names_stay_text_in_a_seal():
    assert texts("<&", '"><script>')[-1] == '"><script>'


@pytest.mark.parametrize("length", [1, 2, 5, 13, 26, 40])
def test_no_name_is_too_long_for_the_ring(length):
    ring = list(drawing(seal("省" * length, "章")).iter(f"{SVG}text"))[:-1]
    sizes = {float(character.get("font-size")) for character in ring}
    assert len(ring) == length
    assert len(sizes) == 1
    assert 1 < sizes.pop() <= LARGEST_LETTER


def test_a_longer_name_is_written_smaller():
    def size(name):
        return float(next(drawing(seal(name, "章")).iter(f"{SVG}text")).get("font-size"))

    assert size("省" * 40) < size("省" * 26) < size("省" * 13)


def test_a_long_line_below_shrinks_to_the_ring():
    line = list(drawing(seal("甲", "行政许可与数据经纪专用章（一）")).iter(f"{SVG}text"))[-1]
    assert float(line.get("font-size")) * 15 <= 24
