"""Sittings, from the plan to the certificates.

Whoever a firm is to employ sits the exam the season before; a few candidates nobody employs show
how else an exam may end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.demo import answering, cast
from broker_admin.demo.brokers import newcomer
from broker_admin.demo.moments import working
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Life
from broker_admin.exams import queries
from broker_admin.exams.models import Candidate, Sitting
from broker_admin.exams.service import (
    bank,
    bookings,
    candidates,
    marking,
    papers,
    sittings,
    sweeping,
)
from broker_admin.exams.workflow import AttemptStatus, Qualification
from broker_admin.practitioners.certification import certify_passed

FORMS = ("LAW-1", "PRACTICE-1")
PLACE = "广州市越秀区考试中心（演示）"
SEATS = 5
# Whose names and numbers the candidates have that no firm waits for.
_SERIES = {"candidate": 5_000, "examinee": 9_000}
# Working days to the day of the exam, and from it to the results.
_PLANNED, _BOOKED, _SEALED, _MARKING = 30, 25, 5, 10


@dataclass(frozen=True)
class Season:
    """One day of exams: both papers, for the staff of firms to come and for some candidates."""

    number: int
    opens: datetime
    password_hash: str
    staff: tuple[int, ...] = ()
    series: str = "candidate"

    @property
    def candidates(self) -> range:
        first = self.number * SEATS + 1
        return range(first, first + SEATS)

    @property
    def released(self) -> datetime:
        return working(self.opens, _MARKING, 10)


def open_bank(opening: datetime) -> Life:
    """The bank is imported before anything is planned."""
    yield opening + timedelta(hours=1)
    bank.import_bank(actor=officer("exam"), at=now())


def hold(season: Season) -> Life:
    """Planned six weeks before, booked five weeks before, sealed the week before."""
    yield working(season.opens, -_PLANNED, 9)
    planned = [_plan(form, season.opens + timedelta(hours=4 * index))
               for index, form in enumerate(FORMS)]
    yield working(season.opens, -_BOOKED, 11)
    people = [*_employees(season), *_candidates(season)]
    for sitting in planned:
        _book(sitting, people)
    yield working(season.opens, -_SEALED, 16)
    for sitting in planned:
        papers.seal(sitting, actor=officer("exam"), at=now())
    for sitting in planned:
        yield from _sit(sitting)
    yield season.released
    for sitting in planned:
        marking.release(sitting, actor=officer("exam2"), at=now())
    db.session.flush()
    for person in people:
        certify_passed({"user_id": person.user_id}, now())


def call_off(season: Season) -> Life:
    """Announced and booked, and then the place is not to be had."""
    yield working(season.opens, -_PLANNED, 9)
    sitting = _plan(FORMS[0], season.opens)
    yield working(season.opens, -_BOOKED, 11)
    people = _candidates(season)
    _book(sitting, people)
    bookings.cancel(queries.seats_in(sitting)[0], actor=people[0].user, at=now())
    papers.seal(sitting, actor=officer("exam"), at=now())
    yield working(season.opens, -_BOOKED + 4, 11)
    sittings.cancel(sitting, reason="考场因故不能使用。", actor=officer("exam"), at=now())


def plan_only(opens: datetime, planned_at: datetime) -> Life:
    """A sitting that nobody has been told of yet."""
    yield planned_at
    _new_sitting(FORMS[0], opens)


def _plan(form: str, opens: datetime) -> Sitting:
    sitting = _new_sitting(form, opens)
    sittings.open_booking(sitting, actor=officer("exam"), at=now())
    return sitting


def _new_sitting(form: str, opens: datetime) -> Sitting:
    return sittings.plan_sitting(
        blueprint=form, place=PLACE, opens_at=opens, ends_at=opens + timedelta(hours=3),
        capacity=120, actor=officer("exam"), at=now())


def _employees(season: Season) -> list[Candidate]:
    return [_register(f"person{index}", index, season.password_hash) for index in season.staff]


def _candidates(season: Season) -> list[Candidate]:
    return [_register(f"{season.series}{number:02}", _SERIES[season.series] + number,
                      season.password_hash) for number in season.candidates]


def _register(mailbox: str, index: int, password_hash: str) -> Candidate:
    user = newcomer(mailbox, cast.person(index), password_hash)
    return candidates.register(user, name=user.name, identity=cast.identity(index), actor=user,
                               at=now(), qualification=Qualification.DIPLOMA)


def _book(sitting: Sitting, people: Iterable[Candidate]) -> None:
    for person in people:
        bookings.book(sitting, person, actor=person.user, at=now())


def _sit(sitting: Sitting) -> Life:
    """All start when the doors open; what nobody hands in, the clock closes."""
    yield sitting.opens_at
    sweeping.sweep(sitting, at=now())
    manners = answering.manners_of(sitting)
    for act in answering.ACTS:
        yield sitting.opens_at + act.after
        answering.do(act, sitting, manners)
    yield sitting.ends_at + timedelta(minutes=5)
    sweeping.sweep(sitting, at=now())
    for attempt in queries.attempts_of(sitting):
        if attempt.status is AttemptStatus.SUBMITTED:
            marking.score(attempt, at=now())

