import copy

import pytest

from broker_admin.chain import GENESIS, first_break, seal


def chain_of(length):
    entries, before = [], GENESIS
    for number in range(1, length + 1):
        content = {"number": number, "what": f"step {number}", "facts": {"量": number}}
        sealed = seal(before, content)
        entries.append((number, before, sealed, content))
        before = sealed
    return entries


def changed(entries, at, position, value):
    copied = copy.deepcopy(entries)
    row = list(copied[at])
    row[position] = value
    return [*copied[:at], tuple(row), *copied[at + 1:]]


def test_an_untouched_chain_is_whole():
    assert first_break(chain_of(20)) is None
    assert first_break([]) is None


@pytest.mark.parametrize("at", [0, 5, 19])
def test_a_changed_fact_is_found(at):
    content = {**chain_of(20)[at][3], "what": "something else"}
    assert first_break(changed(chain_of(20), at, 3, content)) == at + 1


@pytest.mark.parametrize("at", [0, 5, 18])
def test_a_removed_entry_is_found(at):
    entries = chain_of(20)
    assert first_break(entries[:at] + entries[at + 1:]) == at + 2


def test_two_exchanged_entries_are_found():
    entries = chain_of(6)
    entries[2], entries[3] = entries[3], entries[2]
    assert first_break(entries) == 4


def test_an_inserted_entry_is_found():
    entries = chain_of(6)
    assert first_break([*entries[:3], entries[2], *entries[3:]]) == 3


def test_an_entry_sealed_again_breaks_the_next():
    entries = chain_of(6)
    number, before, _, content = entries[2]
    forged = {**content, "what": "forged"}
    entries[2] = (number, before, seal(before, forged), forged)
    assert first_break(entries) == 4


def test_the_order_of_keys_does_not_matter():
    assert seal(GENESIS, {"a": 1, "b": 2}) == seal(GENESIS, {"b": 2, "a": 1})


def test_a_seal_does_not_change_with_releases():
    assert seal(GENESIS, {"a": 1}).startswith(seal(GENESIS, {"a": 1})[:64])
    assert len(seal(GENESIS, {"名": "数据"})) == 64


@pytest.mark.parametrize(("one", "other"), [
    ({"a": 1}, {"a": "1"}), ({"a": 1}, {"a": 2}), ({"a": ""}, {"a": None}), ({}, {"a": None}),
    ({"a": "1,b:2"}, {"a": "1", "b": "2"}), ({"a": ["x", "y"]}, {"a": ["xy"]}),
    ({"a": "é"}, {"a": "e\u0301"}), ({"a": True}, {"a": 1}),
])
def test_different_contents_have_different_seals(one, other):
    assert seal(GENESIS, one) != seal(GENESIS, other)
