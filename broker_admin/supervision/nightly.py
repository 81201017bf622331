"""What time alone does to cases of supervision; each case in a transaction of its own."""

from datetime import date, datetime

from broker_admin.db import db, one_by_one
from broker_admin.permissions import Actor
from broker_admin.supervision import queries, rectifying, reviewing
from broker_admin.supervision.models import AnnualReview, Rectification
from broker_admin.supervision.time_limits import objection, rectify_by
from broker_admin.workdays import calendar


def finalise_reviews(day: date, *, actor: Actor, at: datetime) -> int:
    """Make final what nobody objected to in time; returns how many."""
    # Where somebody objected a person decides, so those are not even looked at.
    return one_by_one(_unopposed(day), lambda number: _finalise(number, actor, at))


def publish_reviews(day: date, *, actor: Actor, at: datetime) -> int:
    """Publish every final grade; returns how many."""
    final = db.session.scalars(queries.to_be_published()).all()
    return one_by_one(final, lambda number: _publish(number, actor, at))


def _unopposed(day: date) -> list[int]:
    reviews = db.session.scalars(queries.in_objection_window())
    windows = ((review.id, objection(review)) for review in reviews)
    return [number for number, window in windows if window and window.is_overdue(calendar(), day)]


# Locked and read again, since the holder may have objected since the list was made.
def _finalise(number: int, actor: Actor, at: datetime) -> None:
    review = db.session.get_one(AnnualReview, number, with_for_update=True)
    reviewing.finalise(review, calendar=calendar(), actor=actor, at=at)


def _publish(number: int, actor: Actor, at: datetime) -> None:
    review = db.session.get_one(AnnualReview, number, with_for_update=True)
    reviewing.publish(review, actor=actor, at=at)


def overdue_rectifications(day: date, *, actor: Actor, at: datetime) -> int:
    """Mark the orders whose time is over; returns how many."""
    running = db.session.scalars(queries.running_rectifications()).all()
    due = ((case.id, rectify_by(case, calendar())) for case in running)
    late = [number for number, last in due if last and day > last]
    return one_by_one(late, lambda number: _lapse(number, at))


def _lapse(number: int, at: datetime) -> None:
    case = db.session.get_one(Rectification, number, with_for_update=True)
    rectifying.lapse(case, calendar=calendar(), at=at)
