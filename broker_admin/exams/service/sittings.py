"""The hours at which the exam is held: planned, opened, closed, called off."""

from datetime import datetime, timedelta

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.exams import queries
from broker_admin.exams.blueprints import BLUEPRINTS
from broker_admin.exams.events import (
    AttemptDropped,
    BookingDropped,
    BookingOpened,
    SittingCancelled,
    SittingClosed,
    SittingPlanned,
)
from broker_admin.exams.models import Sitting
from broker_admin.exams.service import attempts
from broker_admin.exams.service.locking import lock
from broker_admin.exams.workflow import (
    ATTEMPT,
    BOOKING,
    SITTING,
    AttemptStatus,
    SittingStatus,
    SubmitReason,
)
from broker_admin.permissions import Actor, Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.regime import regime_on
from broker_admin.sequences import next_reference
from broker_admin.workflow import TransitionRefused


def plan_sitting(
    *, blueprint: str, place: str, opens_at: datetime, ends_at: datetime, capacity: int,
    actor: Actor, at: datetime,
) -> Sitting:
    """By the announced form of the subject; who plans it may not release its results."""
    form = BLUEPRINTS[blueprint]
    if opens_at <= at:
        raise Refused(N_("A sitting must be planned for a later time."))
    if ends_at - opens_at < form.duration:
        raise Refused(N_("The sitting must last at least the %(minutes)s minutes of the paper."),
                      minutes=form.duration // timedelta(minutes=1))
    # By a person, never by a job: who planned it is barred from releasing, so somebody must have.
    if actor.id is None:
        raise TransitionRefused(N_("You may not take this step in this case."))
    sitting = Sitting(
        reference=next_reference("KS", day_of(opens_at).year), status=SittingStatus.PLANNED,
        regime=regime_on(day_of(at)).version, subject=form.subject, blueprint_code=blueprint,
        place=place, opens_at=opens_at, ends_at=ends_at, capacity=capacity,
        minutes=form.duration // timedelta(minutes=1), planned_by_id=actor.id, planned_at=at)
    if not can(actor, Permission.SITTING_ADMINISTER, sitting):
        raise TransitionRefused(N_("You may not take this step in this case."))
    db.session.add(sitting)
    # For the id, by which the papers are drawn later.
    db.session.flush()
    record(SittingPlanned(case=sitting, actor=actor, at=at, subject=form.subject,
                          opens_at=opens_at.isoformat(), capacity=capacity))
    return sitting


def open_booking(sitting: Sitting, *, actor: Actor, at: datetime) -> None:
    """Announce it to everybody."""
    if at >= sitting.opens_at:
        raise Refused(N_("The hour of this sitting has passed."))
    SITTING.fire("open_booking", sitting, actor)
    record(BookingOpened(case=sitting, actor=actor, at=at))


def close(sitting: Sitting, *, reason: str, actor: Actor, at: datetime) -> None:
    """End it now, for everybody who still works on a paper; what they saved counts."""
    lock(sitting)
    SITTING.fire("close", sitting, actor)
    sitting.closed_at = at
    for attempt in queries.open_attempts(sitting):
        # Nobody may begin any more; that is no fault of the candidate and counts as no attempt.
        if attempt.status is AttemptStatus.PREPARED:
            attempts.miss(attempt, at=at)
        else:
            attempts.terminate(attempt, actor=actor, at=at)
    record(SittingClosed(case=sitting, actor=actor, at=at, reason=reason))


def cancel(sitting: Sitting, *, reason: str, actor: Actor, at: datetime) -> None:
    """Call it off before it begins; everybody who holds a seat is told."""
    SITTING.fire("cancel", sitting, actor)
    sitting.cancelled_at, sitting.cancel_reason = at, reason
    # Papers go with the sitting: what was drawn for it must not be sat anywhere else.
    for attempt in queries.attempts_of(sitting):
        ATTEMPT.fire("drop", attempt, actor)
        record(AttemptDropped(case=attempt, actor=actor, at=at))
    for booking in queries.seats_in(sitting):
        BOOKING.fire("drop", booking, actor)
        booking.cancelled_at = at
        record(BookingDropped(case=booking, actor=actor, at=at, sitting=sitting.reference))
    record(SittingCancelled(case=sitting, actor=actor, at=at, reason=reason))


def end(sitting: Sitting, *, actor: Actor, at: datetime) -> None:
    """No paper is open any more and nobody can begin."""
    SITTING.fire("end", sitting, actor)
    sitting.closed_at = at
    record(SittingClosed(case=sitting, actor=actor, at=at, reason=SubmitReason.DEADLINE))
