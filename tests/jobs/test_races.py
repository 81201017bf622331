"""Several workers at once, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from broker_admin import create_app
from broker_admin.db import db, transaction
from broker_admin.events import enqueue
from broker_admin.jobs import nightly, runner
from broker_admin.jobs.schedule import Nightly
from broker_admin.ledger import Job
from tests.conftest import NOON, settings

WORKERS, JOBS = 3, 9


@pytest.fixture
def shared(fresh_database_url):
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        db.create_all()
        for number in range(JOBS):
            enqueue("note", key=str(number), at=NOON, number=number)
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def at_once(app, act):
    gate = Barrier(WORKERS)

    def work(worker):
        with app.app_context():
            gate.wait(10)
            try:
                return act()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, range(WORKERS)))


def test_each_job_is_done_by_one_worker(shared, monkeypatch):
    done = []
    monkeypatch.setattr(runner, "HANDLERS", {"note": lambda payload, at: done.append(payload["number"])})
    assert sum(at_once(shared, lambda: runner.run_due(NOON))) == JOBS
    assert sorted(done) == list(range(JOBS))
    assert set(db.session.scalars(db.select(Job.attempts))) == {1}


def test_a_claimed_job_does_not_hold_up_the_next(shared):
    first = runner.claim(NOON)
    if db.engine.dialect.name == "sqlite":
        db.session.commit()  # there one writes at a time; on PostgreSQL the claim is still open

    def claim():
        with transaction():
            return runner.claim(NOON).id

    others = at_once(shared, claim)
    assert len({first.id, *others}) == WORKERS + 1


def test_a_nightly_task_is_begun_by_one_worker(shared):
    calls = []

    def tidy(day, *, actor, at):
        calls.append(day)
        return 0

    begun = at_once(shared, lambda: nightly.run_nightly(NOON, (Nightly("tidy", tidy),)))
    assert sorted(begun) == [0, 0, 1]
    assert len(calls) == 1
