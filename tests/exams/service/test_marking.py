from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.service import bank, marking
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import SittingStatus as S
from broker_admin.ledger import AuditEntry, Job, Message
from broker_admin.permissions import SYSTEM
from broker_admin.workflow import TransitionRefused
from tests.conftest import NOON
from tests.exams.factories import (
    BANK,
    DAY,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
    submitted_attempt,
)
from tests.factories import make_user

LATER = NOON + DAY


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def release(sitting, actor=None):
    count = marking.release(sitting, actor=actor or make_admin(), at=LATER)
    db.session.flush()
    return count


@pytest.mark.parametrize(("right", "earned", "passed"), [
    (0, 0, False), (1, 25_00, False), (2, 50_00, False), (3, 75_00, True), (4, 100_00, True)])
def test_marks_follow_from_the_answers(right, earned, passed):
    attempt = submitted_attempt(right=right)
    marking.score(attempt, at=LATER)
    assert (attempt.result.earned, attempt.result.passed) == (earned, passed)
    assert attempt.result.possible == 100_00


def test_scoring_again_changes_nothing():
    attempt = submitted_attempt()
    marking.score(attempt, at=LATER)
    before = attempt.result
    marking.score(attempt, at=LATER + DAY)
    assert attempt.result is before
    assert before.scored_at == LATER


def test_a_result_can_be_reckoned_again():
    attempt = submitted_attempt(right=3)
    marking.score(attempt, at=LATER)
    again = marking.score_again(attempt)
    assert (again.earned, again.passed) == (attempt.result.earned, attempt.result.passed)
    assert [[line.position, line.marks] for line in again.lines] == attempt.result.marks


def test_marks_follow_the_version_on_the_paper():
    attempt = submitted_attempt(right=4)
    rekeyed = [replace(t, answer=frozenset({"A"})) for t in BANK
               if t.topic == "DSL" and t.answer != {"A"} and t.kind == "single"]
    bank.import_bank(rekeyed, actor=SYSTEM, at=LATER)
    assert marking.score_again(attempt).earned == 100_00


def test_releasing_tells_every_candidate():
    sitting = closed_sitting(make_candidate(), make_candidate())
    assert release(sitting) == 2
    mails = db.session.scalars(select(Message).where(Message.name == "attempt.released")).all()
    assert len(mails) == 2
    assert not any("100" in m.body or "pass" in m.body.lower() for m in mails)
    assert sitting.status is S.PUBLISHED


def test_releasing_marks_what_no_job_has_marked():
    sitting = closed_sitting()
    release(sitting)
    assert [a.status for a in queries.attempts_of(sitting)] == [A.RELEASED]


def test_who_planned_does_not_release():
    admin = make_admin()
    sitting = closed_sitting(admin=admin)
    with pytest.raises(TransitionRefused):
        marking.release(sitting, actor=admin, at=LATER)
    assert sitting.status is S.CLOSED


def test_the_database_wants_two_people():
    sitting = closed_sitting()
    release(sitting)
    sitting.released_by_id = sitting.planned_by_id
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_strangers_release_nothing():
    sitting = closed_sitting()
    for actor in (make_user(), SYSTEM):
        with pytest.raises(TransitionRefused):
            marking.release(sitting, actor=actor, at=LATER)


def test_nothing_is_passed_before_the_release():
    candidate = make_candidate()
    sitting = closed_sitting(candidate)
    marking.score(queries.attempts_of(sitting)[0], at=LATER)
    assert queries.passes_of(candidate.user) == []
    release(sitting)
    assert [p.subject for p in queries.passes_of(candidate.user)] == ["LAW"]


def test_a_failed_paper_is_no_pass():
    candidate = make_candidate()
    release(closed_sitting(candidate, right=2))
    assert queries.passes_of(candidate.user) == []


def test_the_record_holds_no_marks():
    release(closed_sitting())
    db.session.commit()
    facts = [e.facts for e in db.session.scalars(select(AuditEntry))]
    assert not any({"earned", "passed", "marks"} & set(f) for f in facts)


def test_both_passes_order_the_certificate():
    candidate = make_candidate()
    release(closed_sitting(candidate))
    jobs = select(Job).where(Job.kind == "certify")
    assert db.session.scalars(jobs).all() == []
    release(closed_sitting(candidate, blueprint="SMALL-PRACTICE"))
    assert [j.payload for j in db.session.scalars(jobs)] == [{"user_id": candidate.user_id}]


def test_the_database_keeps_the_pass_mark():
    attempt = submitted_attempt(right=2)
    marking.score(attempt, at=LATER)
    db.session.flush()
    attempt.result.passed = True
    with pytest.raises(IntegrityError):
        db.session.flush()
