import pytest
from cryptography.exceptions import InvalidTag

from broker_admin.sealing import blind_index, derive, seal, unseal

KEY = derive("s" * 40, "test")
NUMBER = "11010519491231002X"


@pytest.mark.parametrize("text", ["", NUMBER, "数据经纪", "a\0b", "x" * 10_000, "\U0001f600"])
def test_what_is_sealed_can_be_read_again(text):
    assert unseal(KEY, seal(KEY, text, "person.number"), "person.number") == text


def test_the_seal_does_not_show_the_text():
    sealed = seal(KEY, NUMBER, "person.number")
    assert NUMBER not in sealed
    assert sealed.startswith("v1:")


def test_equal_texts_are_sealed_differently():
    assert seal(KEY, NUMBER, "c") != seal(KEY, NUMBER, "c")


@pytest.mark.parametrize(("key", "context"), [
    (derive("t" * 40, "test"), "person.number"), (derive("s" * 40, "other"), "person.number"),
    (KEY, "person.phone"),
])
def test_another_key_or_column_reads_nothing(key, context):
    with pytest.raises(InvalidTag):
        unseal(key, seal(KEY, NUMBER, "person.number"), context)


@pytest.mark.parametrize("position", [4, 12, 30, -6])
def test_a_changed_letter_is_noticed(position):
    sealed = seal(KEY, NUMBER, "c")
    letter = "A" if sealed[position] != "A" else "B"
    forged = sealed[:position] + letter + (sealed[position:][1:])
    with pytest.raises(InvalidTag):
        unseal(KEY, forged, "c")


def test_keys_for_different_purposes_differ():
    assert derive("s" * 40, "one") != derive("s" * 40, "two")
    assert len(derive("s", "one")) == 32


def test_equal_texts_have_equal_indexes():
    assert blind_index(KEY, NUMBER) == blind_index(KEY, NUMBER)
    assert blind_index(KEY, NUMBER) != blind_index(KEY, NUMBER[:-1] + "1")


def test_an_index_needs_the_key():
    assert blind_index(KEY, NUMBER) != blind_index(derive("t" * 40, "test"), NUMBER)
