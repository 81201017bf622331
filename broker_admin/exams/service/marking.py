"""From answers to marks, and from marks to results."""

from datetime import datetime

from sqlalchemy import select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.events import enqueue, record
from broker_admin.exams import queries
from broker_admin.exams.events import AttemptScored, ResultReleased, ResultsReleased
from broker_admin.exams.models import ExamAttempt, ExamResult, Item, ItemVersion, Sitting
from broker_admin.exams.scoring import Key, KeyVersion, Score
from broker_admin.exams.scoring import score as mark
from broker_admin.exams.service.locking import lock
from broker_admin.exams.workflow import ATTEMPT, SITTING, AttemptStatus
from broker_admin.permissions import SYSTEM, Actor


def score(attempt: ExamAttempt, *, at: datetime) -> None:
    """Once; a job that is repeated finds it done."""
    # Two workers may hold the same job when a lease ran out; the second finds the paper marked.
    lock(attempt)
    if attempt.status is not AttemptStatus.SUBMITTED:
        return
    ATTEMPT.fire("score", attempt, SYSTEM)
    found = score_again(attempt)
    # In hundredths of a mark throughout: 2.5 marks in binary fractions would not always add up to 60.
    attempt.result = ExamResult(
        earned=found.earned, possible=found.possible, passed=found.passed,
        answered=found.answered, key_version=found.key_version, scored_at=at,
        marks=[[line.position, line.marks] for line in found.lines],
        profile=[[t.topic, t.earned, t.possible] for t in found.profile])
    record(AttemptScored(case=attempt, actor=SYSTEM, at=at, key_version=found.key_version))


def score_again(attempt: ExamAttempt) -> Score:
    """From the stored answers and the versions on the paper: always the stored result."""
    answers = {answer.position: answer.letters for answer in attempt.answers}
    return mark(attempt.paper.lines, answers, _keys(attempt))


def _keys(attempt: ExamAttempt) -> KeyVersion:
    # The keys alone: to make whole questions of them took half the time of the marking.
    rows = db.session.execute(
        select(Item.code, ItemVersion.answer).join(ItemVersion.item)
        .where(ItemVersion.id.in_(attempt.paper.version_ids.values())))
    return KeyVersion(1, {code: Key.of(frozenset(answer)) for code, answer in rows})


def release(sitting: Sitting, *, actor: Actor, at: datetime) -> int:
    """Make the results known, by somebody else than planned the sitting; returns how many."""
    SITTING.fire("release", sitting, actor)
    sitting.published_at, sitting.released_by_id = at, actor.id
    # Marked here too: a release must not wait for, nor miss, a job that is still queued.
    for attempt in queries.attempts_of(sitting):
        score(attempt, at=at)
    released = [a for a in queries.attempts_of(sitting) if a.status is AttemptStatus.SCORED]
    for attempt in released:
        ATTEMPT.fire("release", attempt, actor)
        record(ResultReleased(case=attempt, actor=actor, at=at))
    db.session.flush()
    for attempt in released:
        _order_certificate(attempt, at)
    record(ResultsReleased(case=sitting, actor=actor, at=at, results=len(released)))
    return len(released)


def _order_certificate(attempt: ExamAttempt, at: datetime) -> None:
    """Queued here and done above: certificates belong to the room of practitioners."""
    user = attempt.booking.candidate.user
    if queries.has_passed_everything(user, day_of(at)):
        enqueue("certify", key=f"{user.id}:{attempt.sitting.reference}", at=at, user_id=user.id)
