"""Made-up pools of items, plans and papers for the tests of the exam's arithmetic."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from broker_admin.exams.blueprints import LAW_STANDARD, Blueprint, Cell
from broker_admin.exams.drawing import PoolItem, draw
from broker_admin.exams.items import ItemKind
from broker_admin.exams.scoring import Key, KeyVersion
from broker_admin.exams.topics import Subject

ABCD = ("A", "B", "C", "D")


def make_item(number: int, **differences: Any) -> PoolItem:
    item = PoolItem(f"LAW-{number:03d}", "DSL", ItemKind.SINGLE, ABCD)
    return replace(item, **differences)


def make_blueprint(count: int) -> Blueprint:
    """``count`` items of one cell, each worth an equal part of the hundred marks."""
    return Blueprint("SMALL", Subject.LAW, timedelta(minutes=10),
                     {ItemKind.SINGLE: 100_00 // count}, (Cell("DSL", ItemKind.SINGLE, count),))


def make_pool(blueprint: Blueprint, spare: int = 2) -> tuple[PoolItem, ...]:
    """Items for every cell of the blueprint, and some more than it asks for."""
    return tuple(
        make_pool_item(cell, number)
        for cell in blueprint.cells for number in range(cell.count + spare)
    )


def make_pool_item(cell: Cell, number: int) -> PoolItem:
    judged = cell.kind is ItemKind.TRUE_FALSE
    return PoolItem(f"{cell.topic}-{cell.kind}-{number}", cell.topic, cell.kind,
                    ("T", "F") if judged else ABCD, difficulty=1 + number % 3, fixed=judged)


def make_keys(pool: tuple[PoolItem, ...]) -> KeyVersion:
    """The first option of the author is right; of a multiple choice, the first two."""
    return KeyVersion(1, {
        item.code: Key.of(item.options[: 2 if item.kind is ItemKind.MULTIPLE else 1])
        for item in pool
    })


EIGHT = [make_item(number) for number in range(1, 9)]
FOUR_OF_EIGHT = make_blueprint(4)
POOL = make_pool(LAW_STANDARD)
POOL_KEYS = make_keys(POOL)
LAW_PAPER = draw(LAW_STANDARD, POOL, bytes(32)).lines
