"""What an attempt, its paper and its record tell about themselves."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.models import Answer, AnswerEvent, CandidatePaper
from broker_admin.exams.workflow import EventKind
from tests.conftest import NOON
from tests.exams.factories import (
    make_attempt,
    make_bank,
    save,
    started_attempt,
    submitted_attempt,
)


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def test_a_paper_keeps_its_lines_as_drawn():
    attempt = make_attempt()
    positions = [line.position for line in attempt.paper.lines]
    assert positions == list(range(1, len(positions) + 1))
    assert set(attempt.paper.version_ids) == set(positions)


def test_a_paper_holds_no_key():
    attempt = make_attempt()
    kept = {name for row in attempt.paper.rows for name in row}
    assert kept == {"position", "code", "topic", "kind", "order", "marks", "digest", "version"}


@pytest.mark.parametrize("statement", [
    sa.update(AnswerEvent).values(letters=["A"]), sa.update(AnswerEvent).values(at=NOON),
    sa.delete(AnswerEvent), sa.update(CandidatePaper).values(seed="0" * 64),
    sa.delete(CandidatePaper),
])
def test_the_database_refuses_to_change_evidence(statement):
    save(started_attempt(), 1, ["A"])
    db.session.flush()
    with pytest.raises(DatabaseError, match="is never changed"):
        db.session.execute(statement)


@pytest.mark.parametrize("column", ["number", "kind", "at", "previous", "seal"])
def test_an_event_without_one_of_its_parts_is_refused(column):
    attempt = started_attempt()
    values = {"attempt_id": attempt.id, "number": 99, "kind": EventKind.SAVED, "at": NOON,
              "previous": "0" * 64, "seal": "f" * 64, column: sa.null()}
    db.session.add(AnswerEvent(**values))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("taken", [{"number": 1}, {"client": "window-1", "seq": 1}])
def test_no_place_in_the_record_is_taken_twice(taken):
    attempt = started_attempt()
    save(attempt, 1, ["A"], seq=1)
    db.session.flush()
    db.session.add(AnswerEvent(**{
        "attempt_id": attempt.id, "number": 99, "kind": EventKind.SAVED, "at": NOON,
        "previous": "0" * 64, "seal": "f" * 64, **taken}))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("field", ["attempt", "number", "kind", "client", "seq", "position",
                                   "letters", "flagged", "in_grace", "at"])
def test_the_seal_of_an_event_covers(field):
    attempt = started_attempt()
    save(attempt, 1, ["A"])
    assert field in queries.events_of(attempt)[-1].content()


def test_an_answer_follows_its_question_in_order():
    attempt = started_attempt()
    for position in (3, 1, 2):
        save(attempt, position, [])
    db.session.expire(attempt)
    assert [answer.position for answer in attempt.answers] == [1, 2, 3]


def test_a_paper_is_sat_once():
    attempt = submitted_attempt()
    db.session.flush()
    twin = sa.insert(Answer).values(attempt_id=attempt.id, position=1, letters=[], flagged=False,
                                    client="w", seq=1, saved_at=NOON)
    with pytest.raises(IntegrityError):
        db.session.execute(twin)


def test_the_clock_of_an_attempt_is_its_sittings():
    attempt = started_attempt()
    assert attempt.clock.started_at == NOON
    assert attempt.closes_at > attempt.started_at
    assert attempt.reference == f"attempt-{attempt.id}"


def test_whoever_planned_the_sitting_is_barred_from_its_attempts():
    attempt = started_attempt()
    assert attempt.barred_ids == {attempt.sitting.planned_by_id}
    assert attempt.party_ids == {attempt.booking.candidate.user_id}
