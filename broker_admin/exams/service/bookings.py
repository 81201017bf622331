"""Seats in a sitting."""

from datetime import date, datetime

from sqlalchemy import func, select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.exams import queries, retakes
from broker_admin.exams.events import BookingCancelled, SeatBooked
from broker_admin.exams.models import Booking, Candidate, Sitting
from broker_admin.exams.service import candidates
from broker_admin.exams.service.locking import lock
from broker_admin.exams.workflow import BOOKING, BookingStatus, SittingStatus
from broker_admin.permissions import Actor
from broker_admin.refusals import N_, Refused
from broker_admin.rules.regime import regime_version


def book(sitting: Sitting, candidate: Candidate, *, actor: Actor, at: datetime) -> Booking:
    """Take a free seat, if the law lets this candidate sit this subject on that day."""
    # Locked until the end of the transaction, so that the last seat is given once.
    lock(sitting)
    if sitting.status is not SittingStatus.OPEN or at >= sitting.opens_at:
        raise Refused(N_("This sitting takes no bookings now."))
    candidates.refuse_insiders(candidate.user)
    _check_candidate(sitting, candidate)
    if _taken(sitting) >= sitting.capacity:
        raise Refused(N_("This sitting is full."))
    booking = Booking(sitting=sitting, candidate=candidate, status=BookingStatus.BOOKED, booked_at=at)
    db.session.add(booking)
    db.session.flush()  # for the number in its reference
    record(SeatBooked(case=booking, actor=actor, at=at, sitting=sitting.reference))
    return booking


def cancel(booking: Booking, *, actor: Actor, at: datetime) -> None:
    """Give the seat back, as long as no paper has been drawn for it."""
    lock(booking.sitting)
    if booking.sitting.status is not SittingStatus.OPEN:
        raise Refused(N_("The papers are drawn. The booking cannot be cancelled any more."))
    BOOKING.fire("cancel", booking, actor)
    booking.cancelled_at = at
    record(BookingCancelled(case=booking, actor=actor, at=at, sitting=booking.sitting.reference))


def _check_candidate(sitting: Sitting, candidate: Candidate) -> None:
    day, exam = day_of(sitting.opens_at), regime_version(sitting.regime).exam
    # Per subject: Law and Practice are booked, failed and passed independently of one another.
    held = queries.seats_of(candidate, sitting.subject)
    if any(booking.sitting_id == sitting.id for booking in held):
        raise Refused(N_("You have a seat in this sitting already."))
    # Otherwise one person could hold the last seats of several sittings and use one of them.
    if any(booking.status is BookingStatus.BOOKED for booking in held):
        raise Refused(N_("You have a seat for this subject already. Sit it, or cancel it first."))
    if queries.holds_pass(candidate.user, sitting.subject, day):
        raise Refused(N_("You have passed this subject, and the pass is still valid."))
    retakes.check(day, _days(held), exam)


def _days(held: list[Booking]) -> list[date]:
    """A seat that was left empty is no attempt."""
    return [day_of(b.sitting.opens_at) for b in held if b.status is BookingStatus.ATTENDED]


def _taken(sitting: Sitting) -> int:
    return db.session.scalar(
        select(func.count(Booking.id)).where(
            Booking.sitting_id == sitting.id, Booking.status != BookingStatus.CANCELLED)) or 0
