import os
import signal
import sqlite3
import threading
from datetime import timedelta

from sqlalchemy.exc import OperationalError

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.events import enqueue
from broker_admin.jobs import worker
from broker_admin.jobs.models import Heartbeat
from broker_admin.ledger import Job
from tests.conftest import NOON


def test_a_worker_shows_that_it_is_alive(app):
    assert not worker.is_alive(NOON)
    worker.beat(NOON)
    worker.beat(NOON + timedelta(seconds=10))
    assert worker.last_heartbeat() == NOON + timedelta(seconds=10)
    assert worker.is_alive(NOON + timedelta(seconds=70))
    assert not worker.is_alive(NOON + timedelta(seconds=71))


def test_workers_long_silent_are_forgotten(app):
    db.session.add(Heartbeat(worker="another:1", at=NOON - timedelta(days=2)))
    db.session.commit()
    worker.beat(NOON)
    assert [beat.at for beat in db.session.scalars(db.select(Heartbeat))] == [NOON]


def test_the_loop_works_until_it_is_told_to_stop(app, monkeypatch):
    stop, done = threading.Event(), []
    monkeypatch.setattr("broker_admin.jobs.runner.HANDLERS", {
        "note": lambda payload, at: (done.append(payload["what"]), stop.set())})
    for what in ("first", "second"):
        enqueue("note", key=what, at=now() - timedelta(hours=1), what=what)
    db.session.commit()
    worker.run_forever(app, stop)
    assert done == ["first"]
    assert db.session.scalar(db.select(Job.done_at).filter_by(dedupe_key="note:first"))
    assert db.session.scalar(db.select(Heartbeat.worker)).endswith(f":{os.getpid()}")


def test_the_usual_signals_ask_the_worker_to_stop():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        stop = worker.stop_on_signals()
        assert not stop.is_set()
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(2)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_the_loop_outlives_a_database_that_is_away(app, monkeypatch, caplog):
    stop, tries = threading.Event(), []

    def nightly(at):
        tries.append(at)
        if len(tries) == 1:
            raise OperationalError("BEGIN", None, sqlite3.OperationalError("database is locked"))
        stop.set()

    monkeypatch.setattr(worker, "run_nightly", nightly)
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0)
    worker.run_forever(app, stop)
    assert len(tries) == 2
    assert "database unavailable" in caplog.text
