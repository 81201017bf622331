from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from broker_admin.db import db
from broker_admin.exams.items import ItemKind
from broker_admin.exams.models import Item, ItemVersion
from broker_admin.exams.service import bank
from broker_admin.exams.topics import Subject, Text
from broker_admin.permissions import SYSTEM
from tests.conftest import NOON
from tests.exams.factories import BANK

THREE = BANK[:3]


@pytest.fixture(autouse=True)
def _database(app):
    return app


def imported(*texts):
    changed = bank.import_bank(texts or THREE, actor=SYSTEM, at=NOON)
    db.session.flush()
    return changed


def item_of(code):
    return db.session.scalars(select(Item).where(Item.code == code)).one()


def test_the_files_fill_the_bank():
    assert bank.import_bank(actor=SYSTEM, at=NOON) == len(BANK) >= 120
    assert db.session.scalar(select(func.count(Item.id))) == len(BANK)


def test_a_second_import_changes_nothing():
    assert imported() == 3
    assert imported() == 0
    assert db.session.scalar(select(func.count(ItemVersion.id))) == 3


def test_the_stored_text_is_the_file():
    imported()
    assert [item_of(t.code).current.text for t in THREE] == list(THREE)


def test_a_corrected_item_is_a_new_version():
    imported()
    corrected = replace(THREE[0], stem=Text("改正后的题干？", "The corrected stem?"))
    assert imported(corrected, *THREE[1:]) == 1
    versions = item_of(corrected.code).versions
    assert [v.number for v in versions] == [1, 2]
    assert [v.text for v in versions] == [THREE[0], corrected]


def test_a_better_rationale_is_a_version_too():
    imported()
    better = replace(THREE[0], rationale=Text("更清楚的解析。", "A clearer reason."))
    imported(better, *THREE[1:])
    first, second = item_of(better.code).versions
    assert first.digest == second.digest
    assert second.rationale_zh == "更清楚的解析。"


def test_an_item_that_left_the_files_retires():
    imported()
    imported(*THREE[1:])
    retired = item_of(THREE[0].code)
    assert retired.retired_at == NOON
    in_use = {v.item.code for v in bank.versions_in_use(THREE[0].subject)}
    assert in_use == {t.code for t in THREE[1:]}


def test_an_item_comes_back_as_a_new_version():
    imported()
    imported(*THREE[1:])
    assert imported() == 1
    assert item_of(THREE[0].code).retired_at is None


@pytest.mark.parametrize("statement", [
    "UPDATE exam_item_version SET answer = '[]'", "DELETE FROM exam_item_version"])
def test_the_database_keeps_every_version(statement):
    imported()
    with pytest.raises(DatabaseError, match="never changed"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_drawing_is_told_no_key():
    imported(*(t for t in BANK if t.topic == "DSL"))
    pool = bank.pool_of(bank.versions_in_use(Subject.LAW))
    assert {p.code for p in pool} == {t.code for t in BANK if t.topic == "DSL"}
    assert all(p.fixed == (p.kind is ItemKind.TRUE_FALSE) for p in pool)
    assert not any(hasattr(p, "answer") for p in pool)
