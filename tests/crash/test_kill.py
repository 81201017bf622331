"""Workers are killed in the middle of their work: no job is lost, and none has its effect twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa
from sqlalchemy import func

from broker_admin import create_app, schema
from broker_admin.clock import now
from broker_admin.config import ROOT
from broker_admin.db import db, transaction
from broker_admin.events import enqueue
from broker_admin.ledger import Job
from broker_admin.sequences import Counter
from tests.conftest import settings

JOBS = 150
KILLS = 5


@pytest.fixture
def installation(fresh_database_url, tmp_path):
    """A migrated database that several processes share, and the settings to reach it."""
    environ = {**settings(fresh_database_url), "DOCUMENT_STORE": str(tmp_path / "documents")}
    app = create_app(environ)
    with app.app_context():
        schema.migrate()
        yield {**os.environ, **environ}
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def start(installation):
    """Starts a worker process; all are gone at the end of the test."""
    started = []

    def started_one():
        process = subprocess.Popen([sys.executable, "-m", "tests.crash.worker"], cwd=ROOT,
                                   env=installation, stdout=subprocess.PIPE)
        process.stdout.readline()
        started.append(process)
        return process

    yield started_one
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def queue(count):
    with transaction():
        for number in range(count):
            enqueue("note", key=str(number), at=now(), number=number)


@pytest.fixture
def left(fresh_database_url):
    """How many jobs are not done, asked on a connection that no worker has to wait for."""
    engine = sa.create_engine(fresh_database_url, isolation_level="AUTOCOMMIT")

    def count():
        with engine.connect() as connection:
            return connection.scalar(sa.text("SELECT count(*) FROM job WHERE done_at IS NULL"))

    yield count
    engine.dispose()


def wait_until(reached, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if reached():
            return True
        time.sleep(0.05)
    return False


def effects():
    return db.session.execute(db.select(Counter.last, func.count()).group_by(Counter.last)).all()


def test_killed_workers_lose_no_job_and_repeat_no_effect(start, left):
    workers = [start() for _ in range(KILLS + 1)]
    queue(JOBS)
    for kill in range(KILLS):
        assert wait_until(lambda kill=kill: left() <= JOBS - 15 * (kill + 1))
        time.sleep(0.003 * kill)
        os.kill(workers[kill].pid, signal.SIGKILL)
    assert left() > 0
    assert wait_until(lambda: left() == 0)
    assert effects() == [(1, JOBS)]
    assert db.session.scalar(db.select(func.count()).where(Job.given_up_at.is_not(None))) == 0


def test_a_stopped_worker_finishes_the_job_at_hand(start, left):
    queue(30)
    process = start()
    assert wait_until(lambda: left() <= 25)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    done = 30 - left()
    assert effects() == [(1, done)]
    assert db.session.scalar(db.select(func.max(Job.attempts))) == 1
