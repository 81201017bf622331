"""One candidate's attempt: begun, continued elsewhere, handed in."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from broker_admin import chain, sealing
from broker_admin.db import db
from broker_admin.events import enqueue, record
from broker_admin.exams.events import (
    AttemptStarted,
    AttemptSubmitted,
    AttemptTakenOver,
    CandidateAttended,
    CandidateMissed,
)
from broker_admin.exams.models import AnswerEvent, ExamAttempt
from broker_admin.exams.protocol import Obstacle, SaveRefused
from broker_admin.exams.service import candidates
from broker_admin.exams.service.locking import lock
from broker_admin.exams.timing import SWEEP_MARGIN, AttemptClock, Entry
from broker_admin.exams.workflow import (
    ATTEMPT,
    BOOKING,
    HANDED_IN,
    AttemptStatus,
    EventKind,
    SittingStatus,
    SubmitReason,
)
from broker_admin.permissions import SYSTEM, Actor
from broker_admin.refusals import N_, Refused

_STEPS = {SubmitReason.CANDIDATE: "submit", SubmitReason.DEADLINE: "expire",
          SubmitReason.TERMINATED: "terminate"}


def start(attempt: ExamAttempt, *, actor: Actor, at: datetime) -> None:
    """From now the server's clock runs."""
    lock(attempt)
    # Again, since a seat may have been booked before the role was given.
    candidates.refuse_insiders(attempt.booking.candidate.user)
    sitting = attempt.sitting
    if sitting.status not in {SittingStatus.SEALED, SittingStatus.RUNNING}:
        raise Refused(N_("This sitting is not running."))
    if sitting.times.entry(at) is Entry.TOO_EARLY:
        raise Refused(N_("The sitting has not opened yet."))
    if sitting.times.entry(at) is Entry.TOO_LATE:
        raise Refused(N_("The latest time to begin has passed."))
    ATTEMPT.fire("start", attempt, actor)
    clock = AttemptClock(at, sitting.times)
    attempt.started_at, attempt.closes_at = at, clock.closes_at
    note(attempt, EventKind.STARTED, at=at)
    BOOKING.fire("attend", attempt.booking, actor)
    record(CandidateAttended(case=attempt.booking, actor=actor, at=at))
    record(AttemptStarted(case=attempt, actor=actor, at=at, closes_at=clock.closes_at.isoformat()))
    enqueue("sweep_sitting", key=attempt.reference, sitting_id=sitting.id,
            at=clock.closes_at + sitting.times.grace + SWEEP_MARGIN)


def take_over(attempt: ExamAttempt, *, client: str, actor: Actor, at: datetime) -> None:
    """This window goes on; whatever another one sends from now is refused."""
    lock(attempt)
    check_open(attempt, at)
    ATTEMPT.check("submit", attempt, actor)
    attempt.lease, attempt.epoch = client, attempt.epoch + 1
    note(attempt, EventKind.TAKEN_OVER, client=client, at=at)
    record(AttemptTakenOver(case=attempt, actor=actor, at=at, epoch=attempt.epoch))


def submit(attempt: ExamAttempt, *, actor: Actor, at: datetime) -> str:
    """Hand in, once; asked again the answer is the same receipt."""
    lock(attempt)
    if attempt.status in HANDED_IN and actor.id in attempt.party_ids:
        return attempt.receipt or ""
    check_open(attempt, at)
    return _hand_in(attempt, SubmitReason.CANDIDATE, counted_at=at, actor=actor, at=at)


def expire(attempt: ExamAttempt, *, at: datetime) -> None:
    """The time is up: what was saved counts, and counts as handed in when the time ended."""
    _hand_in(attempt, SubmitReason.DEADLINE, counted_at=attempt.clock.closes_at, actor=SYSTEM, at=at)


def terminate(attempt: ExamAttempt, *, actor: Actor, at: datetime) -> None:
    """The examination office ends it; what was saved counts."""
    _hand_in(attempt, SubmitReason.TERMINATED, counted_at=at, actor=actor, at=at)


def miss(attempt: ExamAttempt, *, at: datetime) -> None:
    """The candidate has not begun, and cannot begin any more."""
    ATTEMPT.fire("miss", attempt, SYSTEM)
    BOOKING.fire("miss", attempt.booking, SYSTEM)
    record(CandidateMissed(case=attempt, actor=SYSTEM, at=at))
    record(CandidateMissed(case=attempt.booking, actor=SYSTEM, at=at))


def check_open(attempt: ExamAttempt, at: datetime) -> None:
    """Raises SaveRefused when nothing is taken any more; by the rule by which papers are closed."""
    if attempt.status is not AttemptStatus.IN_PROGRESS or attempt.clock.refusal(at):
        raise SaveRefused(Obstacle.CLOSED)


def note(attempt: ExamAttempt, kind: EventKind, *, at: datetime, **columns: Any) -> AnswerEvent:
    """Append to the attempt's chain."""
    attempt.event_count += 1
    event = AnswerEvent(attempt_id=attempt.id, number=attempt.event_count, kind=kind, at=at,
                        **{"in_grace": False, **columns}, previous=attempt.chain_head)
    event.seal = attempt.chain_head = chain.seal(event.previous, event.content())
    db.session.add(event)
    return event


def _hand_in(
    attempt: ExamAttempt, reason: SubmitReason, *, counted_at: datetime, actor: Actor, at: datetime
) -> str:
    # Read first: a query in between would write a state without its columns.
    answered = sum(bool(answer.letters) for answer in attempt.answers)
    ATTEMPT.fire(_STEPS[reason], attempt, actor)
    note(attempt, EventKind.SUBMITTED, at=at)
    attempt.submitted_at, attempt.submit_reason = counted_at, reason
    attempt.answered = answered
    attempt.receipt = receipt_of(attempt)
    record(AttemptSubmitted(case=attempt, actor=actor, at=at, reason=reason,
                            answered=answered, receipt=attempt.receipt))
    enqueue("score_attempt", key=attempt.reference, at=at + timedelta(seconds=1),
            attempt_id=attempt.id)
    return attempt.receipt


def receipt_of(attempt: ExamAttempt) -> str:
    """Twelve characters that only this system can make, for exactly these saved answers."""
    facts = (attempt.id, attempt.event_count, attempt.chain_head, attempt.answered,
             attempt.submitted_at.isoformat() if attempt.submitted_at else "")
    key = sealing.derive(current_app.config["FIELD_KEY"], "exam receipt")
    text = hmac.new(key, "|".join(map(str, facts)).encode(), hashlib.sha256).hexdigest().upper()
    return "-".join((text[:4], text[4:8], text[8:12]))
