"""What time alone does to a sitting.  Asked again, or by two at once, it does nothing more."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from broker_admin.db import db, one_by_one
from broker_admin.events import record
from broker_admin.exams import queries
from broker_admin.exams.events import SittingBegun
from broker_admin.exams.models import ExamAttempt, Sitting
from broker_admin.exams.service import attempts, marking, sittings
from broker_admin.exams.service.locking import lock
from broker_admin.exams.timing import Entry
from broker_admin.exams.workflow import SITTING, AttemptStatus, SittingStatus
from broker_admin.permissions import SYSTEM, Actor


def sweep(sitting: Sitting, *, at: datetime) -> int:
    """Begin it, close what is due, end it; returns how many attempts were closed."""
    lock(sitting)
    if sitting.status is SittingStatus.SEALED and at >= sitting.opens_at:
        SITTING.fire("run", sitting, SYSTEM)
        record(SittingBegun(case=sitting, actor=SYSTEM, at=at))
    # The jobs of one sitting overlap with the nightly sweep; whoever comes second has nothing to do.
    if sitting.status is not SittingStatus.RUNNING:
        return 0
    closed = sum(_close_if_due(a, sitting, at) for a in queries.open_attempts(sitting))
    # Before the question below asks the database which papers are still open.
    db.session.flush()
    if sitting.times.entry(at) is Entry.TOO_LATE and not queries.is_open(sitting):
        sittings.end(sitting, actor=SYSTEM, at=at)
    return closed


def _close_if_due(attempt: ExamAttempt, sitting: Sitting, at: datetime) -> bool:
    if attempt.status is AttemptStatus.PREPARED:
        if sitting.times.entry(at) is not Entry.TOO_LATE:
            return False
        attempts.miss(attempt, at=at)
    elif attempt.clock.is_to_be_swept(at):
        attempts.expire(attempt, at=at)
    else:
        return False
    return True


def sweep_due(day: date, *, actor: Actor, at: datetime) -> int:
    """Every sitting in which something may be due: what a lost job would leave undone."""
    return one_by_one(queries.due(at), lambda number: sweep_sitting({"sitting_id": number}, at))


def sweep_sitting(payload: Mapping[str, Any], at: datetime) -> None:
    """The job behind a moment of a sitting."""
    sitting = db.session.get(Sitting, payload["sitting_id"])
    if sitting is not None:
        sweep(sitting, at=at)


def score_attempt(payload: Mapping[str, Any], at: datetime) -> None:
    """The job behind a paper that was handed in."""
    attempt = db.session.get(ExamAttempt, payload["attempt_id"])
    if attempt is not None:
        marking.score(attempt, at=at)
