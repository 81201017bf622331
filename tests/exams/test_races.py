"""What happens when two do it at once, on a database that several connections share."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest
from sqlalchemy import func, select

from broker_admin import create_app
from broker_admin.db import db, transaction
from broker_admin.exams import queries
from broker_admin.exams.models import AnswerEvent, Booking, Candidate, ExamAttempt, Sitting
from broker_admin.exams.protocol import Batch, Entry, Obstacle, SaveRefused
from broker_admin.exams.service import answers, attempts, bookings, papers, sweeping
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import EventKind
from broker_admin.refusals import Refused
from tests.conftest import NOON, settings
from tests.exams.factories import (
    DAY,
    EARLIER,
    HOUR,
    make_bank,
    make_candidate,
    make_sitting,
    sealed_sitting,
    started_attempt,
)

CROWD = 6


@pytest.fixture
def shared(fresh_database_url):
    """The app on a database that every thread reaches by a connection of its own."""
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def prepared(app, make):
    """What ``make`` makes, committed; its number."""
    with app.test_request_context(), transaction():
        make_bank()
        made = make()
        db.session.flush()
        return made.id


def at_once(app, *deeds):
    """Each deed in a thread and a transaction of its own, begun together; what each gave or raised."""
    together = Barrier(len(deeds))

    def run(deed):
        with app.test_request_context(method="POST"):
            together.wait()
            try:
                with transaction():
                    return deed()
            except Refused as refusal:
                return refusal
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def submit(number):
    attempt = db.session.get(ExamAttempt, number)
    return attempts.submit(attempt, actor=attempt.booking.candidate.user, at=NOON)


def save(number, seq, letter="A"):
    attempt = db.session.get(ExamAttempt, number)
    batch = Batch("window-1", 1, (Entry(seq, 1, (letter,)),))
    return answers.save(attempt, batch, actor=attempt.booking.candidate.user, at=NOON)


def sweep(number):
    return sweeping.sweep(db.session.get(Sitting, number), at=NOON + HOUR)


def kinds(app, number):
    with app.app_context():
        attempt = db.session.get(ExamAttempt, number)
        return [event.kind for event in queries.events_of(attempt)], attempt.receipt


def test_handing_in_at_once_happens_once(shared):
    number = prepared(shared, started_attempt)
    receipts = at_once(shared, *[lambda: submit(number)] * CROWD)
    events, receipt = kinds(shared, number)
    assert set(receipts) == {receipt}
    assert events.count(EventKind.SUBMITTED) == 1


def test_an_answer_is_before_the_handing_in_or_refused(shared):
    number = prepared(shared, started_attempt)
    saves = [lambda seq=seq: save(number, seq) for seq in range(1, CROWD)]
    *saved, _ = at_once(shared, *saves, lambda: submit(number))
    events, _ = kinds(shared, number)
    taken = [result for result in saved if not isinstance(result, SaveRefused)]
    refused = [result for result in saved if isinstance(result, SaveRefused)]
    assert events == [EventKind.STARTED, *[EventKind.SAVED] * len(taken), EventKind.SUBMITTED]
    assert {r.obstacle for r in refused} <= {Obstacle.CLOSED}


def test_the_same_request_at_once_is_stored_once(shared):
    number = prepared(shared, started_attempt)
    assert at_once(shared, *[lambda: save(number, 1)] * CROWD) == [[1]] * CROWD
    assert kinds(shared, number)[0] == [EventKind.STARTED, EventKind.SAVED]


def test_answers_at_once_keep_the_chain(shared):
    number = prepared(shared, started_attempt)
    at_once(shared, *[lambda seq=seq: save(number, seq, "ABCD"[seq % 4]) for seq in range(1, CROWD)])
    with shared.app_context():
        attempt = db.session.get(ExamAttempt, number)
        events = queries.events_of(attempt)
        stored = {a.position: (a.letters, a.flagged) for a in attempt.answers}
        assert [e.number for e in events] == list(range(1, CROWD + 1))
        assert all(e.previous == before.seal for before, e in pairwise(events))
        assert stored == answers.rebuild(attempt) == {1: (["B"], False)}


def test_two_sweepers_close_once(shared):
    number = prepared(shared, lambda: started_attempt().sitting)
    assert sorted(at_once(shared, *[lambda: sweep(number)] * 3)) == [0, 0, 1]
    with shared.app_context():
        count = select(func.count(AnswerEvent.id)).where(AnswerEvent.kind == EventKind.SUBMITTED)
        assert db.session.scalar(count) == 1


def test_handing_in_and_sweeping_agree(shared):
    sitting = prepared(shared, lambda: started_attempt().sitting)
    with shared.app_context():
        number = db.session.scalars(select(ExamAttempt.id)).one()
    at_once(shared, lambda: sweep(sitting), lambda: submit(number))
    events, receipt = kinds(shared, number)
    assert events.count(EventKind.SUBMITTED) == 1
    assert receipt


def test_the_last_seats_are_given_once(shared):
    def make():
        for _ in range(CROWD):
            make_candidate()
        return make_sitting(capacity=2)

    number = prepared(shared, make)

    def book(candidate):
        person = db.session.get(Candidate, candidate)
        bookings.book(db.session.get(Sitting, number), person, actor=person.user, at=EARLIER)

    with shared.app_context():
        people = list(db.session.scalars(select(Candidate.id)))
    results = at_once(shared, *[lambda c=c: book(c) for c in people])
    assert sum(isinstance(result, Refused) for result in results) == CROWD - 2
    with shared.app_context():
        assert db.session.scalar(select(func.count(Booking.id))) == 2


def test_sealing_at_once_draws_one_paper_each(shared):
    def make():
        sitting = make_sitting()
        person = make_candidate()
        bookings.book(sitting, person, actor=person.user, at=EARLIER)
        return sitting

    number = prepared(shared, make)

    def seal():
        sitting = db.session.get(Sitting, number)
        office = db.session.get(type(sitting.bookings[0].candidate.user), sitting.planned_by_id)
        papers.seal(sitting, actor=office, at=NOON - DAY)

    results = at_once(shared, seal, seal, seal)
    assert sorted(type(result).__name__ for result in results) == [
        "NoneType", "TransitionRefused", "TransitionRefused"]


def test_starting_at_once_starts_once(shared):
    number = prepared(shared, lambda: queries.attempts_of(sealed_sitting())[0])

    def start():
        attempt = db.session.get(ExamAttempt, number)
        attempts.start(attempt, actor=attempt.booking.candidate.user, at=NOON)

    results = at_once(shared, start, start, start)
    assert sum(result is None for result in results) == 1
    with shared.app_context():
        assert db.session.get(ExamAttempt, number).status is A.IN_PROGRESS
    assert kinds(shared, number)[0] == [EventKind.STARTED]
