"""The annual review: scored by one, finalised by another, contested in between.  No commits here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.licenses.models import License
from broker_admin.permissions import Permission, SystemActor, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.regime import regime_on, regime_version
from broker_admin.sequences import next_reference
from broker_admin.supervision import credit
from broker_admin.supervision.events import (
    ReviewAnnounced,
    ReviewAnswered,
    ReviewFinalised,
    ReviewObjected,
    ReviewOpened,
    ReviewPublished,
    ReviewScored,
)
from broker_admin.supervision.models import AnnualReview, Score
from broker_admin.supervision.reporting import is_due
from broker_admin.supervision.time_limits import objection
from broker_admin.supervision.workflow import REVIEW, ReviewStatus, Veto
from broker_admin.workflow import TransitionRefused


@dataclass(frozen=True)
class Assessment:
    """What an officer finds: marks and reasons per part, and what weighs more than all marks."""

    marks: Mapping[str, int]
    reasons: Mapping[str, str]
    vetoes: Collection[Veto] = ()


def open_review(license: License, *, year: int, actor: Any, at: datetime) -> AnnualReview:
    """Open the review of a year that has ended; once per license and year."""
    if not can(actor, Permission.REVIEW_SCORE, license):
        raise TransitionRefused(N_("You may not take this step in this case."))
    today = day_of(at)
    # A year is judged when it is over, and by the same test as its report is due.
    if year >= today.year or not is_due(license, year):
        raise Refused(N_("This license cannot be reviewed for %(year)s."), year=str(year))
    if db.session.scalar(select(AnnualReview.id).where(
            AnnualReview.license_id == license.id, AnnualReview.year == year)):
        raise Refused(N_("The review of this license for %(year)s is open already."), year=str(year))
    review = AnnualReview(
        reference=next_reference("PG", today.year), status=ReviewStatus.OPEN,
        regime=regime_on(today).version, license=license, license_id=license.id,
        organization=license.organization, organization_id=license.organization_id, year=year,
        opened_at=at)
    db.session.add(review)
    record(ReviewOpened(case=review, actor=actor, at=at, year=year))
    return review


def score(review: AnnualReview, given: Assessment, *, actor: Any, at: datetime) -> None:
    """Score the year; again, as long as the holder has not been told."""
    REVIEW.fire("score", review, actor)
    # Whoever scores last hears of an objection; everybody who ever scored is barred from the decision.
    review.scorer_id = actor.id
    rated = _rate(review, given, actor=actor, at=at)
    record(ReviewScored(case=review, actor=actor, at=at, total=rated.total, grade=rated.grade,
                        vetoes=list(rated.vetoes)))


def _rate(review: AnnualReview, given: Assessment, *, actor: Any, at: datetime) -> Score:
    supervision = regime_version(review.regime).supervision
    try:
        rating = credit.rate(given.marks, given.vetoes, supervision)
    except credit.MarksError:
        # The form has bounds of its own; this stands between forged input and the grade.
        raise Refused(N_("Give every part its marks, not more than its weight.")) from None
    if not all(given.reasons.get(part.code, "").strip() for part in supervision.review):
        raise Refused(N_("Give the reasons for every part."))
    rated = Score(
        marks=dict(given.marks), reasons=dict(given.reasons), total=rating.total,
        vetoes=sorted(map(str, given.vetoes)), grade=rating.grade,
        explanation=list(rating.explanation), officer_id=actor.id, at=at)
    review.scores.append(rated)
    return rated


def announce(
    review: AnnualReview, *, calendar: WorkingCalendar, actor: Any, at: datetime
) -> None:
    """Tell the holder the preliminary result; from now on it may object for some days."""
    REVIEW.fire("announce", review, actor)
    review.told_on = day_of(at)
    record(ReviewAnnounced(case=review, actor=actor, at=at, grade=_latest(review).grade,
                           object_by=str(_object_by(review, calendar))))


def object_to(
    review: AnnualReview, *, objection: str, calendar: WorkingCalendar, actor: Any, at: datetime
) -> None:
    """The holder disagrees, in time: somebody has to answer before the grade is final."""
    demand_in_time(review, calendar=calendar, actor=actor, at=at)
    REVIEW.fire("object", review, actor)
    review.objection, review.objected_at = objection, at
    record(ReviewObjected(case=review, actor=actor, at=at))


def demand_in_time(
    review: AnnualReview, *, calendar: WorkingCalendar, actor: Any, at: datetime
) -> None:
    """Raise :class:`Refused` where nobody can object (any more), before somebody writes a text in vain."""
    REVIEW.check("object", review, actor)
    last = _object_by(review, calendar)
    if last and day_of(at) > last:
        raise Refused(N_("The time to object ended on %(day)s."), day=str(last))


def answer(
    review: AnnualReview, *, answer: str, amended: Assessment | None, actor: Any, at: datetime
) -> None:
    """Answer the objection; what it was right about is scored anew."""
    REVIEW.fire("answer", review, actor)
    review.answer, review.answered_by_id, review.answered_at = answer, actor.id, at
    if amended:
        _rate(review, amended, actor=actor, at=at)
    record(ReviewAnswered(case=review, actor=actor, at=at, grade=_latest(review).grade,
                          amended=amended is not None))


def finalise(
    review: AnnualReview, *, calendar: WorkingCalendar, actor: Any, at: datetime
) -> None:
    """Make the grade final: by a decider, or by time alone where nobody objected."""
    # Checked first and fired last: whoever may not do this must not learn how long the window runs.
    REVIEW.check("finalise", review, actor)
    unopposed = review.status is ReviewStatus.PRELIMINARY
    last = _object_by(review, calendar)
    if last and day_of(at) <= last:
        raise Refused(N_("The holder may object until %(day)s; the grade is not final before."),
                      day=str(last))
    # Silence makes a grade final; a disputed one takes a person who did not score it.
    if isinstance(actor, SystemActor) and not unopposed:
        raise TransitionRefused(N_("After an objection somebody has to decide."))
    # Read first: to load the scores is to flush, and a final review without a grade is refused.
    grade = _latest(review).grade
    REVIEW.fire("finalise", review, actor)
    review.grade = grade
    review.finalised_by_id, review.finalised_at = actor.id, at
    record(ReviewFinalised(case=review, actor=actor, at=at, grade=review.grade, unopposed=unopposed))


def publish(review: AnnualReview, *, actor: Any, at: datetime) -> None:
    """Show the grade in the public register from now on."""
    REVIEW.fire("publish", review, actor)
    review.published_on = day_of(at)
    record(ReviewPublished(case=review, actor=actor, at=at, grade=review.grade or ""))


def _latest(review: AnnualReview) -> Score:
    if review.score is None:
        raise TransitionRefused(N_("The review has not been scored."))
    return review.score


def _object_by(review: AnnualReview, calendar: WorkingCalendar) -> date | None:
    deadline = objection(review)
    return deadline.due(calendar) if deadline else None
