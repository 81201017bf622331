import json

import pytest

from broker_admin.exams.protocol import (
    MOST_ENTRIES,
    Batch,
    Entry,
    Malformed,
    Obstacle,
    SaveRefused,
    read,
    read_text,
    supersedes,
)

ENTRY = {"seq": 1, "slot": 2, "v": ["B"], "flag": True}
BATCH = {"client": "window-1", "epoch": 1, "batch": [ENTRY]}


def test_a_batch_is_read_as_sent():
    assert read(BATCH) == Batch("window-1", 1, (Entry(1, 2, ("B",), True),))


def test_letters_are_sorted_and_sent_once():
    entry = read({**BATCH, "batch": [{**ENTRY, "v": ["C", "A", "C"]}]}).entries[0]
    assert entry.letters == ("A", "C")


def test_an_empty_batch_is_a_sign_of_life():
    assert read({"client": "window-1", "epoch": 3}) == Batch("window-1", 3)


@pytest.mark.parametrize("text", [
    b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"client":', b"nul", b'"text"', b"[]", b"7",
    b'{"client": "window-1", "epoch": ' + b"9" * 5000 + b"}"])
def test_no_text_but_a_batch_is_read(text):
    with pytest.raises(Malformed):
        read_text(text)


@pytest.mark.parametrize("client", [None, 7, [], "", "abc", "x" * 65, "a b c d", "näme", "a\x00bcd",
                                    "\ud800abc", "../../etc", {"a": 1}, True])
def test_a_window_has_a_plain_name(client):
    with pytest.raises(Malformed, match="could not be understood"):
        read({**BATCH, "client": client})


@pytest.mark.parametrize("number", [None, "1", 1.0, -1, 2**31, True, [], {}, float("nan")])
@pytest.mark.parametrize("name", ["seq", "slot"])
def test_numbers_are_whole_and_small(name, number):
    with pytest.raises(Malformed) as fault:
        read({**BATCH, "batch": [{**ENTRY, name: number}]})
    assert fault.value.place == name


@pytest.mark.parametrize("letters", ["B", ["b"], ["I"], ["AB"], [1], [None], [["A"]], ["A"] * 9,
                                     {"A": 1}, 7, ["\x00"], ["Ａ"]])
def test_letters_are_those_of_a_paper(letters):
    with pytest.raises(Malformed) as fault:
        read({**BATCH, "batch": [{**ENTRY, "v": letters}]})
    assert fault.value.place == "v"


@pytest.mark.parametrize("flag", [1, 0, "true", None, []])
def test_a_flag_is_true_or_false(flag):
    with pytest.raises(Malformed) as fault:
        read({**BATCH, "batch": [{**ENTRY, "flag": flag}]})
    assert fault.value.place == "flag"


@pytest.mark.parametrize("rows", [None, "x", {}, [1], [None], [[]], [ENTRY] * (MOST_ENTRIES + 1)])
def test_a_batch_is_a_short_list_of_entries(rows):
    with pytest.raises(Malformed):
        read({**BATCH, "batch": rows})


def test_text_and_object_read_alike():
    assert read_text(json.dumps(BATCH)) == read(BATCH)


@pytest.mark.parametrize(("new", "old", "expected"), [
    (("a", 2), ("a", 1), True), (("a", 1), ("a", 2), False), (("b", 1), ("a", 9), True)])
def test_the_later_word_of_a_window_counts(new, old, expected):
    def sent(client, seq):
        return type("Sent", (), {"client": client, "seq": seq})()
    assert supersedes(sent(*new), sent(*old)) is expected
    assert supersedes(sent(*new), None)


@pytest.mark.parametrize("obstacle", Obstacle)
def test_a_refusal_says_what_is_stored(obstacle):
    refusal = SaveRefused(obstacle, {3, 1})
    assert refusal.acknowledged == [1, 3]
    assert refusal.sentence.endswith(".")
