from datetime import timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from broker_admin import chain
from broker_admin.db import Attempt, db, transaction
from broker_admin.events import enqueue
from broker_admin.ledger import AuditEntry, AuditHead, Job
from tests.conftest import NOON


def write(number=1, **changes):
    entry = AuditEntry(**{
        "number": number, "name": "test.happened", "subject": "user-1", "at": NOON, "facts": {},
        "previous": chain.GENESIS, "seal": "f" * 64, **changes})
    db.session.add(entry)
    db.session.flush()
    return entry


@pytest.mark.parametrize("statement", [
    "UPDATE audit_entry SET name = 'forged'", "UPDATE audit_entry SET actor_id = NULL",
    "DELETE FROM audit_entry",
])
def test_the_database_refuses_to_change_the_record(app, statement):
    write()
    with pytest.raises(DatabaseError, match="audit entries are never changed"):
        db.session.execute(sa.text(statement))


def test_a_number_is_used_once(app):
    write(1)
    db.session.expunge_all()
    with pytest.raises(IntegrityError):
        write(1)


def test_the_chain_has_only_one_end(app):
    db.session.add(AuditHead(id=2, number=0, seal=chain.GENESIS))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_seal_covers_a_moment_whatever_its_zone(app):
    chinese = NOON.astimezone(timezone(timedelta(hours=8)))
    assert write(1).content()["at"] == write(2, at=chinese).content()["at"]


@pytest.mark.parametrize("field", ["number", "name", "subject", "status", "actor", "at", "facts"])
def test_the_seal_covers_every_column_that_says_something(app, field):
    assert field in write().content()


def jobs():
    return db.session.scalars(sa.select(Job.dedupe_key)).all()


def test_the_same_work_is_queued_once(app):
    for _ in range(3):
        enqueue("render", key="7", at=NOON)
    enqueue("render", key="8", at=NOON)
    assert sorted(jobs()) == ["render:7", "render:8"]


def test_work_of_a_failed_transaction_is_not_queued(app):
    with Attempt(), transaction():
        enqueue("render", key="7", at=NOON)
        raise ValueError
    assert jobs() == []
