"""Annual reviews: the authority grades the year before, and some holders object."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from broker_admin.clock import day_of, now, start_of
from broker_admin.demo.annual_reports import holders
from broker_admin.demo.moments import working
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Life, Step, play
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LIVE
from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.regime import regime_on
from broker_admin.supervision import reviewing
from broker_admin.supervision.models import AnnualReview
from broker_admin.supervision.reviewing import Assessment

_DAYS = 12
_LOST = (0, 1, 3, 0, 2, 6)
# The reviews of the last year are under way: more than the period of objection, which is ten days.
_UNDER_WAY = timedelta(days=40)
_JUST_NOW = timedelta(minutes=5)


@dataclass
class Grading:
    """One review, and the holder's place in the list, by which its marks differ."""

    review: AnnualReview
    index: int


def reviews(year: int, until: datetime) -> list[Life]:
    return [_day(year, day, until) for day in range(_DAYS)]


def _day(year: int, day: int, until: datetime) -> Life:
    """The holders whose turn it is that day: opened together, and each led to its stage."""
    last = year == until.year
    yield working(until - _UNDER_WAY if last else start_of(date(year, 5, 6)), 1 + day, 10)
    gradings = [_open(license, index, year) for index, license in enumerate(holders(year - 1))
                if index % _DAYS == day and license.status in LIVE]
    for grading in gradings:
        yield from play(grading, _UNDER_WAY_STAGES[day] if last else _past(grading))
    if last and day in _LATE:
        before, act = _LATE[day]
        yield min(working(until - before, 1, 9), until - _JUST_NOW)
        for grading in gradings:
            act(grading)


def _open(license: License, index: int, year: int) -> Grading:
    review = reviewing.open_review(license, year=year - 1, actor=officer("supervision"), at=now())
    return Grading(review, index)


def _past(grading: Grading) -> tuple[Step[Grading], ...]:
    return _CONTESTED if grading.index % 7 == 0 else _TOLD


def _score(grading: Grading) -> None:
    reviewing.score(grading.review, assessment(grading.index), actor=officer("supervision"), at=now())


def _announce(grading: Grading) -> None:
    reviewing.announce(grading.review, calendar=SHIPPED, actor=officer("supervision"), at=now())


def _object(grading: Grading) -> None:
    reviewing.object_to(grading.review, objection="投诉扣分与事实不符，请复核。", calendar=SHIPPED,
                        actor=grading.review.organization.members[0], at=now())


def _answer(grading: Grading) -> None:
    reviewing.answer(grading.review, answer="经复核，扣分有据，维持原评分。", amended=None,
                     actor=officer("supervision"), at=now())


def _finalise(grading: Grading) -> None:
    reviewing.finalise(grading.review, calendar=SHIPPED, actor=officer("decider"), at=now())


def assessment(index: int) -> Assessment:
    """Marks and reasons for every part of the review that the law in force lists."""
    parts = regime_on(day_of(now())).supervision.review
    lost = _LOST[index % len(_LOST)]
    return Assessment(
        marks={part.code: max(part.weight - lost * part.weight // 15, 0) for part in parts},
        reasons={part.code: "依据年度报告和日常监督情况评分。" for part in parts})


_SCORED = (Step(0, _score, 14),)
_TOLD = (*_SCORED, Step(0, _announce, 15))
_OBJECTED = (*_TOLD, Step(1, _object, 11))
_ANSWERED = (*_OBJECTED, Step(2, _answer, 9))
_CONTESTED = (*_ANSWERED, Step(12, _finalise, 10))

# Day by day in the last year, so that every stage is there to be seen.
_UNDER_WAY_STAGES: tuple[tuple[Step[Grading], ...], ...] = (
    (), _SCORED, _TOLD, _OBJECTED, _ANSWERED, _SCORED, _ANSWERED, _SCORED, _TOLD, _OBJECTED, (),
    _ANSWERED)
# What time would soon end by itself is done last: a final grade is published the next night.
_LATE: dict[int, tuple[timedelta, Callable[[Grading], None]]] = {
    5: (timedelta(days=5), _announce), 6: (timedelta(0), _finalise)}
