from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.jobs.models import Heartbeat, JobRun
from broker_admin.ledger import Job
from tests.conftest import NOON


def keep(row):
    db.session.add(row)
    db.session.flush()
    return row


def run(**changes):
    return keep(JobRun(**{"name": "tidy", "day": day_of(NOON), "started_at": NOON, **changes}))


def job(**changes):
    return keep(Job(**{"kind": "note", "payload": {}, "dedupe_key": "note:1", "due_at": NOON, **changes}))


@pytest.mark.parametrize("column", ["name", "day", "started_at"])
def test_a_run_says_what_and_when(app, column):
    with pytest.raises(IntegrityError, match=column):
        run(**{column: None})


@pytest.mark.parametrize("wrong", [{"ended_at": NOON}, {"done": 3}])
def test_only_an_ended_run_has_a_count(app, wrong):
    with pytest.raises(IntegrityError, match="done"):
        run(**wrong)


def test_a_task_has_one_run_a_day(app):
    run()
    run(day=day_of(NOON) + timedelta(days=1)), run(name="other")
    with pytest.raises(IntegrityError):
        run()


def test_a_run_begins_without_failures(app):
    begun = run()
    assert (begun.failed, begun.done, begun.ended_at, begun.error) == (0, None, None, None)


def test_a_worker_has_one_heartbeat(app):
    keep(Heartbeat(worker="here:1", at=NOON))
    db.session.expunge_all()
    with pytest.raises(IntegrityError):
        keep(Heartbeat(worker="here:1", at=NOON + timedelta(seconds=1)))


@pytest.mark.parametrize("column", ["kind", "payload", "dedupe_key", "due_at"])
def test_a_job_says_what_is_to_be_done_when(app, column):
    if column == "payload":
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(db.text("INSERT INTO job (kind, dedupe_key, due_at, attempts) "
                                       "VALUES ('x', 'x', '2026-11-23 04:00:00', 0)"))
    else:
        with pytest.raises(IntegrityError, match=column):
            job(**{column: None})


def test_the_database_refuses_the_same_work_twice(app):
    job()
    with pytest.raises(IntegrityError):
        job(kind="other")


def test_new_work_is_free_and_untried(app):
    made = job()
    assert (made.attempts, made.leased_until, made.done_at, made.given_up_at, made.error) == (
        0, None, None, None, None)
