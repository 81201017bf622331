from datetime import timedelta

import pytest
from sqlalchemy import func, select

from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.models import AnswerEvent
from broker_admin.exams.service import sweeping
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import SittingStatus as S
from broker_admin.permissions import SYSTEM
from tests.conftest import NOON
from tests.exams.factories import (
    answer_all,
    make_bank,
    make_candidate,
    make_sitting,
    sealed_sitting,
    started_attempt,
    submitted_attempt,
)

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
END = NOON + 30 * MINUTE


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def states(sitting):
    return [a.status for a in queries.attempts_of(sitting)]


def test_a_sitting_begins_with_its_hour():
    sitting = sealed_sitting()
    sweeping.sweep(sitting, at=NOON - SECOND)
    assert sitting.status is S.SEALED
    sweeping.sweep(sitting, at=NOON)
    assert sitting.status is S.RUNNING


@pytest.mark.parametrize(("seconds", "closed"), [(0, False), (6, False), (7, True), (600, True)])
def test_a_paper_is_closed_behind_the_grace(seconds, closed):
    sitting = sealed_sitting()
    attempt = started_attempt(sitting)
    sweeping.sweep(sitting, at=END + seconds * SECOND)
    assert (attempt.status is A.SUBMITTED) is closed


def test_what_was_saved_counts_after_the_sweep():
    sitting = sealed_sitting()
    attempt = started_attempt(sitting)
    answer_all(attempt, right=2)
    sweeping.sweep(sitting, at=END + 7 * SECOND)
    assert (attempt.answered, attempt.submitted_at) == (2, END)


def test_an_empty_paper_is_not_lost():
    sitting = sealed_sitting()
    attempt = started_attempt(sitting)
    sweeping.sweep(sitting, at=END + MINUTE)
    sweeping.score_attempt({"attempt_id": attempt.id}, END + MINUTE)
    assert (attempt.status, attempt.result.earned) == (A.SCORED, 0)


def test_a_sitting_ends_when_nobody_works():
    sitting = sealed_sitting(make_candidate(), make_candidate())
    started_attempt(sitting)
    sweeping.sweep(sitting, at=NOON + 29 * MINUTE)
    assert states(sitting) == [A.IN_PROGRESS, A.PREPARED]
    sweeping.sweep(sitting, at=NOON + 31 * MINUTE)
    assert states(sitting) == [A.SUBMITTED, A.NO_SHOW]
    assert sitting.status is S.CLOSED


def test_handing_in_early_keeps_the_entry_open():
    sitting = sealed_sitting(make_candidate(), make_candidate())
    submitted_attempt(sitting=sitting)
    sweeping.sweep(sitting, at=NOON + 10 * MINUTE)
    assert sitting.status is S.RUNNING


def test_sweeping_twice_changes_nothing_more():
    sitting = sealed_sitting()
    started_attempt(sitting)
    assert sweeping.sweep(sitting, at=END + MINUTE) == 1
    count = db.session.scalar(select(func.count(AnswerEvent.id)))
    assert sweeping.sweep(sitting, at=END + 2 * MINUTE) == 0
    assert db.session.scalar(select(func.count(AnswerEvent.id))) == count


def test_the_night_sweeps_what_a_lost_job_left():
    sitting = sealed_sitting()
    attempt = started_attempt(sitting)
    db.session.commit()
    assert sweeping.sweep_due(NOON.date(), actor=SYSTEM, at=END + MINUTE) == 1
    assert attempt.status is A.SUBMITTED


def test_nothing_is_due_before_its_hour():
    make_sitting()
    sealed_sitting()
    assert queries.due(NOON - SECOND) == []
    assert len(queries.due(NOON)) == 1


@pytest.mark.parametrize("job", [
    lambda: sweeping.sweep_sitting({"sitting_id": 10**6}, NOON),
    lambda: sweeping.score_attempt({"attempt_id": 10**6}, NOON)])
def test_a_job_for_nothing_does_nothing(job):
    assert job() is None
    assert queries.due(NOON) == []
