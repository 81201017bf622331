"""The frame speaks Chinese throughout."""

from scripts.catalogs import extract_rooms, ids_of, messages_of, read_rooms, strings_of
from tests.layout.stage import ROOT


def test_every_word_of_the_frame_is_translated():
    said = {ids_of(message)[0] for message in messages_of(extract_rooms(ROOT)["layout"])}
    known = {ids_of(m)[0] for m in messages_of(read_rooms(ROOT)["layout"]) if all(strings_of(m))}
    assert said == known
