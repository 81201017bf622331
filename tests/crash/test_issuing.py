"""Server and worker are killed, 20 times, while licenses are issued, suspended and looked up."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from broker_admin import cases, create_app, schema
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.config import ROOT
from broker_admin.db import db, transaction
from broker_admin.permissions import Role
from tests.applications.factories import make_application
from tests.conftest import settings
from tests.crash.visitor import Unanswered, Visitor
from tests.factories import PASSWORD, make_user

ROUNDS = 20
PATIENCE = 120  # seconds, on a machine whose disk is slow
APPLICATIONS = 30


@pytest.fixture
def environ(fresh_database_url, tmp_path):
    return {**settings(fresh_database_url), "DOCUMENT_STORE": str(tmp_path / "documents")}


@pytest.fixture
def records(environ):
    """Applications that wait for their decision, and somebody who may decide them."""
    app = create_app(environ)
    with app.app_context():
        schema.migrate()
        with transaction():
            made = [make_application(S.DECISION_PENDING) for _ in range(APPLICATIONS)]
            decider = make_user(Role.DECIDER).email
            waiting = [each.application.reference for each in made]
        yield waiting, decider
        db.session.remove()
        db.engine.dispose()


class Site:
    """A server and a worker, which can be killed and started again."""

    def __init__(self, environ):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}/en"
        self.pids = []
        self.starter = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.site", str(self.port)], cwd=ROOT, text=True,
            env={**os.environ, **environ}, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def start(self):
        for word in ("server", "worker"):
            self.starter.stdin.write(f"{word}\n")
            self.starter.stdin.flush()
            self.pids.append(int(self.starter.stdout.readline()))
        for _ in range(300):
            try:
                if Visitor(self.root).ask("/healthz")[0] == 200:
                    return
            except Unanswered:
                time.sleep(0.05)
        raise AssertionError("the server did not come back")

    def kill(self):
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL)
        self.pids.clear()

    def close(self):
        self.kill()
        self.starter.kill()
        self.starter.communicate()


@pytest.fixture
def site(environ, records):
    running = Site(environ)
    running.start()
    yield running
    running.close()


class Decider(threading.Thread):
    """Grants, suspends and looks up until there is nothing left; notes what was acknowledged."""

    def __init__(self, site, email, waiting, number_of):
        super().__init__(daemon=True)
        self.visitor, self.waiting, self.number_of = Visitor(site.root), waiting, number_of
        self.granted, self.suspended, self.seen_wrong, self.stumbled = [], [], [], []
        assert self.visitor.submit("/account/sign-in", email=email, password=PASSWORD) == 302

    def run(self):
        while True:
            try:
                reference = self.waiting.get_nowait()
            except queue.Empty:
                return
            try:
                self.work_on(reference)
            except Unanswered:
                self.waiting.put(reference)
                time.sleep(0.05)
            except Exception as error:  # told by the test, which a thread cannot do
                self.stumbled.append((reference, repr(error)))

    def work_on(self, reference):
        if not self.number_of(reference):
            code = self.visitor.submit(f"/applications/{reference}/grant")
            assert code in {302, 409, 422}, (reference, code)
            if code == 302:
                self.granted.append(reference)
        number = self.number_of(reference)
        if self.visitor.submit(f"/licenses/{number}/suspend", basis=BASIS, reason="Seen.") == 302:
            self.suspended.append(number)
        code, page = self.visitor.ask(f"/register/{number}")
        if code != 200 or "Suspended" not in page:
            self.seen_wrong.append((number, code))


BASIS = "PAUSE"


@pytest.fixture
def number_of(environ):
    """The license that was issued under an application, as the database knows it now."""
    engine = sa.create_engine(environ["DATABASE_URL"], isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _:
                     connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}"))

    def found(reference):
        with engine.connect() as connection:
            return connection.scalar(sa.text("SELECT number FROM license WHERE decision = :r"),
                                     {"r": reference})

    yield found
    engine.dispose()


def statuses():
    rows = db.session.execute(sa.text("SELECT number, decision, status FROM license"))
    return [tuple(row) for row in rows]


def test_twenty_kills_lose_nothing_that_was_acknowledged(site, records, number_of):
    waiting = queue.Queue()
    for reference in records[0]:
        waiting.put(reference)
    deciders = [Decider(site, records[1], waiting, number_of) for _ in range(2)]
    for decider in deciders:
        decider.start()
    for turn in range(ROUNDS):
        time.sleep(0.15 + 0.05 * (turn % 7))
        site.kill()
        site.start()
    for decider in deciders:
        decider.join(PATIENCE)
    assert_all_kept(deciders, records[0])


def assert_all_kept(deciders, references):
    known = statuses()
    assert [decider.stumbled for decider in deciders] == [[], []]
    assert sorted(decision for _, decision, _ in known) == sorted(references)
    assert len({number for number, _, _ in known}) == len(references)
    suspended = {number for number, _, status in known if status == "suspended"}
    for decider in deciders:
        assert set(decider.suspended) <= suspended
        assert set(decider.granted) <= set(references)
        assert decider.seen_wrong == []
    assert len(suspended) == len(references)
    faults = [f for f in cases.findings() if not f.subject.startswith("membership-")]
    assert faults == []
