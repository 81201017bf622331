"""The announced forms of the two papers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from broker_admin.exams.blueprints import (
    BLUEPRINTS,
    LAW_STANDARD,
    PRACTICE_STANDARD,
    STANDARD,
)
from broker_admin.exams.drawing import PoolItem, shortages
from broker_admin.exams.items import ItemKind, load_bank
from broker_admin.exams.topics import Subject, topics_of

BANK = [PoolItem.of(item) for item in load_bank()]


@pytest.mark.parametrize("blueprint", list(BLUEPRINTS.values()), ids=str)
def test_every_form_adds_up_to_hundred_marks(blueprint):
    assert blueprint.total == 100_00


def test_a_form_with_other_marks_cannot_be_made():
    with pytest.raises(ValueError, match="LAW-1 adds up to 11500 hundredths"):
        replace(LAW_STANDARD, marks={**LAW_STANDARD.marks, ItemKind.MULTIPLE: 3_00})


@pytest.mark.parametrize(("blueprint", "single", "multiple", "true_false", "minutes"), [
    (LAW_STANDARD, 60, 15, 10, 90),
    (PRACTICE_STANDARD, 25, 10, 5, 120),
], ids=["law", "practice"])
def test_the_counts_are_the_announced_ones(blueprint, single, multiple, true_false, minutes):
    assert blueprint.count(ItemKind.SINGLE) == single
    assert blueprint.count(ItemKind.MULTIPLE) == multiple
    assert blueprint.count(ItemKind.TRUE_FALSE) == true_false
    assert blueprint.length == single + multiple + true_false
    assert blueprint.duration == timedelta(minutes=minutes)


@pytest.mark.parametrize("blueprint", list(BLUEPRINTS.values()), ids=str)
def test_a_multiple_choice_item_weighs_two_single_ones(blueprint):
    assert blueprint.marks[ItemKind.MULTIPLE] == 2 * blueprint.marks[ItemKind.SINGLE]
    assert blueprint.marks[ItemKind.TRUE_FALSE] == blueprint.marks[ItemKind.SINGLE]


@pytest.mark.parametrize("blueprint", list(BLUEPRINTS.values()), ids=str)
def test_every_topic_of_the_subject_is_asked_about(blueprint):
    asked = {cell.topic for cell in blueprint.cells}

    assert asked == {topic.code for topic in topics_of(blueprint.subject)}


def test_every_practice_topic_weighs_ten_marks():
    for topic in topics_of(Subject.PRACTICE):
        cells = [cell for cell in PRACTICE_STANDARD.cells if cell.topic == topic.code]
        assert sum(PRACTICE_STANDARD.marks[cell.kind] * cell.count for cell in cells) == 10_00


def test_the_law_paper_gives_the_announced_marks():
    assert LAW_STANDARD.marks == {
        ItemKind.SINGLE: 1_00, ItemKind.MULTIPLE: 2_00, ItemKind.TRUE_FALSE: 1_00,
    }


def test_no_cell_is_listed_twice():
    for blueprint in BLUEPRINTS.values():
        places = [(cell.topic, cell.kind) for cell in blueprint.cells]
        assert len(set(places)) == len(places)


@pytest.mark.parametrize("subject", list(Subject))
def test_the_bank_fills_the_standard_form(subject):
    assert STANDARD[subject].subject is subject
    assert shortages(STANDARD[subject], BANK) == []


def test_the_standard_form_leaves_something_to_draw():
    for blueprint in STANDARD.values():
        for kind in ItemKind:
            drawn, held = blueprint.count(kind), sum(
                item.kind is kind and item.topic in {c.topic for c in blueprint.cells}
                for item in BANK
            )
            assert drawn < held
