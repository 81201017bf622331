"""Drawing one paper from a pool."""

import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.exams.blueprints import LAW_STANDARD
from broker_admin.exams.drawing import (
    DrawingRefused,
    Line,
    PoolItem,
    Shortage,
    derive,
    digest_of,
    draw,
    item_order,
    option_order,
    paper_seed,
    shortages,
)
from broker_admin.exams.items import ItemKind
from tests.exams.pools import EIGHT, FOUR_OF_EIGHT, POOL, make_blueprint, make_item

ZERO_SECRET = bytes(32)
SEED = paper_seed(ZERO_SECRET, 7, 42, 1)


def test_the_seed_agrees_with_the_published_vector():
    assert SEED.hex() == "fbd20102fb6bb6d8c8c04eff69216a2714c2f95c2d4fc8ab56b67b46e2072f4d"


def test_the_items_are_ordered_as_in_the_vector():
    order = [item.code[-3:] for item in item_order(SEED, EIGHT)]

    assert ",".join(order) == "003,007,006,002,008,001,004,005"


def test_the_options_are_ordered_as_in_the_vector():
    assert option_order(SEED, make_item(3)) == ("C", "A", "B", "D")


def test_the_parts_are_joined_by_unit_separators():
    expected = hmac.new(b"key", b"item\x1f7", hashlib.sha256).digest()

    assert derive(b"key", "item", 7) == expected
    assert derive(b"key", "item7") != expected


@pytest.mark.parametrize(("sitting", "candidate", "attempt"), [(8, 42, 1), (7, 43, 1), (7, 42, 2)])
def test_each_part_of_the_seed_matters(sitting, candidate, attempt):
    assert paper_seed(ZERO_SECRET, sitting, candidate, attempt) != SEED


def test_the_first_of_the_order_are_dealt():
    paper = draw(FOUR_OF_EIGHT, EIGHT, SEED)

    assert [line.code for line in paper.lines] == ["LAW-003", "LAW-007", "LAW-006", "LAW-002"]
    assert paper.lines[0].option_order == ("C", "A", "B", "D")
    assert [line.position for line in paper.lines] == [1, 2, 3, 4]


def test_the_order_of_the_pool_changes_nothing():
    assert draw(FOUR_OF_EIGHT, EIGHT[::-1], SEED) == draw(FOUR_OF_EIGHT, EIGHT, SEED)


def test_an_item_already_used_waits_its_turn():
    paper = draw(FOUR_OF_EIGHT, EIGHT, SEED, used={"LAW-003": 2, "LAW-007": 1})

    assert [line.code[-3:] for line in paper.lines] == ["006", "002", "008", "001"]


def test_an_exposed_item_comes_after_fresh_ones():
    pool = [make_item(3, exposure_band=1), *EIGHT[:2], *EIGHT[3:]]

    assert item_order(SEED, pool)[-1].code == "LAW-003"


def test_items_seen_before_come_last():
    paper = draw(FOUR_OF_EIGHT, EIGHT, SEED, seen={"LAW-003", "LAW-007", "LAW-006", "LAW-002"})

    assert {line.code[-3:] for line in paper.lines} == {"008", "001", "004", "005"}


def test_seen_items_return_when_nothing_else_is_left():
    paper = draw(FOUR_OF_EIGHT, EIGHT[:4], SEED, seen=paper_codes(EIGHT[:4]))

    assert paper.codes == paper_codes(EIGHT[:4])


def paper_codes(items: list[PoolItem]) -> frozenset[str]:
    return frozenset(item.code for item in items)


def test_a_barred_item_is_never_dealt():
    barred = {"LAW-003", "LAW-007", "LAW-006", "LAW-002"}

    assert draw(FOUR_OF_EIGHT, EIGHT, SEED, barred=barred).codes.isdisjoint(barred)


def test_no_two_enemies_meet_on_one_paper():
    pool = [make_item(n, enemy_group="consent" if n in (3, 7, 6) else None) for n in range(1, 9)]

    paper = draw(FOUR_OF_EIGHT, pool, SEED)

    assert [line.code[-3:] for line in paper.lines] == ["003", "002", "008", "001"]


def test_options_with_a_place_keep_it():
    item = make_item(3, kind=ItemKind.TRUE_FALSE, options=("T", "F"), fixed=True)

    assert option_order(SEED, item) == ("T", "F")


def test_a_short_pool_is_refused_with_its_cells():
    with pytest.raises(DrawingRefused) as refused:
        draw(FOUR_OF_EIGHT, EIGHT[:3], SEED)

    assert refused.value.shortages == (Shortage(FOUR_OF_EIGHT.cells[0], 3),)
    assert str(refused.value) == "The bank cannot fill the paper SMALL: DSL single 3/4."


def test_enemies_count_as_one_when_looking_for_shortages():
    pool = [make_item(n, enemy_group="consent" if n < 6 else None) for n in range(1, 9)]

    assert shortages(FOUR_OF_EIGHT, pool) == []
    assert shortages(make_blueprint(5), pool) == [Shortage(make_blueprint(5).cells[0], 4)]


def test_barred_items_do_not_fill_a_cell():
    barred = {"LAW-001", "LAW-002", "LAW-003", "LAW-004", "LAW-005"}

    assert [short.available for short in shortages(FOUR_OF_EIGHT, EIGHT, barred)] == [3]


def test_every_short_cell_is_named():
    single_topics = {short.cell.topic for short in shortages(LAW_STANDARD, EIGHT)}

    assert len(shortages(LAW_STANDARD, [])) == len(LAW_STANDARD.cells)
    assert "PIP" in single_topics


def test_a_letter_leads_back_to_the_key():
    line = Line(1, "LAW-003", "DSL", ItemKind.SINGLE, ("C", "A", "B", "D"), 100)

    assert [line.key_behind(letter) for letter in "ABCD"] == ["C", "A", "B", "D"]
    assert line.key_behind("E") is None


def test_the_digest_notices_a_swapped_option():
    paper = draw(FOUR_OF_EIGHT, EIGHT, SEED)
    swapped = replace(paper.lines[0], option_order=("A", "C", "B", "D"))

    assert replace(paper, lines=(swapped, *paper.lines[1:])).digest != paper.digest


def test_the_digest_notices_another_text_of_the_item():
    other = [replace(item, digest="another text") for item in EIGHT]

    assert draw(FOUR_OF_EIGHT, other, SEED).digest != draw(FOUR_OF_EIGHT, EIGHT, SEED).digest


def test_a_digest_does_not_depend_on_key_order():
    assert digest_of({"a": 1, "b": "数据"}) == digest_of({"b": "数据", "a": 1})


def test_no_line_of_a_paper_carries_the_answer():
    paper = draw(LAW_STANDARD, POOL, SEED)

    assert not any("answer" in vars(line) or "key" in vars(line) for line in paper.lines)


@given(st.binary(min_size=32, max_size=32))
def test_any_seed_fills_the_standard_paper(seed):
    paper = draw(LAW_STANDARD, POOL, seed)

    assert len(paper.codes) == len(paper.lines) == LAW_STANDARD.length
    assert sum(line.marks for line in paper.lines) == 100_00
    for cell in LAW_STANDARD.cells:
        drawn = [ln for ln in paper.lines if (ln.topic, ln.kind) == (cell.topic, cell.kind)]
        assert len(drawn) == cell.count


@given(st.binary(min_size=32, max_size=32))
def test_any_seed_shuffles_without_losing_an_option(seed):
    assert sorted(option_order(seed, make_item(1))) == ["A", "B", "C", "D"]


@given(st.binary(min_size=32, max_size=32), st.dictionaries(
    st.sampled_from([item.code for item in EIGHT]), st.integers(0, 5)))
def test_least_used_items_are_always_first(seed, used):
    counts = [used.get(item.code, 0) for item in item_order(seed, EIGHT, used)]

    assert counts == sorted(counts)
