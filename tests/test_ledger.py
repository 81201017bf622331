from datetime import timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from broker_admin import chain
from broker_admin.db import Attempt, db, transaction
from broker_admin.events import enqueue
from broker_admin.ledger import AuditEntry, AuditHead, Delivery, Job, Message
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


@pytest.mark.parametrize("missing", ["name", "subject", "at", "facts", "previous", "seal"])
def test_an_entry_without_one_of_its_parts_is_refused(app, missing):
    with pytest.raises(IntegrityError):
        write(**{missing: sa.null()})


def test_an_entry_of_somebody_unknown_is_refused(shared_app):
    with pytest.raises(IntegrityError), transaction():
        write(actor_id=4711)


def message(**changes):
    written = Message(**{
        "name": "test.told", "subject": "user-1", "address": "a@example.org", "language": "zh",
        "title": "标题", "body": "正文", "queued_at": NOON, **changes})
    db.session.add(written)
    db.session.flush()
    return written


def test_a_message_to_somebody_without_account_is_kept(app):
    kept = message(recipient_id=None)
    db.session.expire(kept)
    assert (kept.title, kept.body, kept.read_at) == ("标题", "正文", None)


def test_every_try_to_deliver_is_kept_in_order(app):
    kept = message()
    for delivered in (False, False, True):
        db.session.add(Delivery(message_id=kept.id, channel="smtp", at=NOON, delivered=delivered,
                                answer="250" if delivered else "450"))
    db.session.flush()
    assert [(d.delivered, d.answer) for d in kept.deliveries] == [
        (False, "450"), (False, "450"), (True, "250")]


def test_two_jobs_for_the_same_work_are_refused(app):
    enqueue("render", key="7", at=NOON)
    db.session.add(Job(kind="render", payload={}, dedupe_key="render:7", due_at=NOON))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_job_keeps_what_it_needs(app):
    enqueue("render", key="9", at=NOON, license="44-2026-0001", copies=2)
    job = db.session.scalars(sa.select(Job).where(Job.dedupe_key == "render:9")).one()
    db.session.expire(job)
    assert job.payload == {"license": "44-2026-0001", "copies": 2}
    assert (job.attempts, job.done_at, job.given_up_at, job.leased_until) == (0, None, None, None)


@pytest.mark.parametrize("table", ["audit_entry", "message", "delivery", "job", "audit_head"])
def test_the_ledger_survives_in_the_database_as_designed(app, table):
    assert sa.inspect(db.session.connection()).has_table(table)
