"""Sittings, from the plan to the certificates; the last ones lie ahead and take bookings."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from broker_admin.accounts.models import User
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.demo import cast
from broker_admin.demo.moments import later, working
from broker_admin.demo.offices import DOMAIN, officer
from broker_admin.demo.timeline import Life
from broker_admin.exams import queries
from broker_admin.exams.models import Candidate, ExamAttempt, ItemVersion, Sitting
from broker_admin.exams.protocol import Batch, Entry
from broker_admin.exams.service import (
    answers,
    attempts,
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
_FIRST_CANDIDATE = 5_000
_WEEKS_AHEAD = 6
SEATS = 5


def open_bank(opening: datetime) -> Life:
    """The bank is imported before anything is planned."""
    yield opening + timedelta(hours=1)
    bank.import_bank(actor=officer("exam"), at=now())


def season(number: int, opens: datetime, password_hash: str) -> Life:
    """One day of exams: both papers, planned six weeks before, sat by the same few people."""
    yield later(opens, -7 * _WEEKS_AHEAD, 9)
    planned = [_plan(form, opens + timedelta(hours=4 * index)) for index, form in enumerate(FORMS)]
    yield later(opens, -35, 11)
    people = [_candidate(_FIRST_CANDIDATE + number * SEATS + seat, password_hash)
              for seat in range(SEATS)]
    for sitting in planned:
        for person in people:
            bookings.book(sitting, person, actor=person.user, at=now())
    yield working(opens, -5, 16)
    for sitting in planned:
        papers.seal(sitting, actor=officer("exam"), at=now())
    for sitting in planned:
        yield from _sit(sitting, number)
    yield working(opens, 10, 10)
    for sitting in planned:
        marking.release(sitting, actor=officer("exam2"), at=now())
    db.session.flush()
    for person in people:
        certify_passed({"user_id": person.user_id}, now())


def _plan(form: str, opens: datetime) -> Sitting:
    sitting = sittings.plan_sitting(
        blueprint=form, place=PLACE, opens_at=opens, ends_at=opens + timedelta(hours=3),
        capacity=20, actor=officer("exam"), at=now())
    sittings.open_booking(sitting, actor=officer("exam"), at=now())
    return sitting


def _candidate(index: int, password_hash: str) -> Candidate:
    user = User(email=f"candidate{index - _FIRST_CANDIDATE + 1:02}@{DOMAIN}", language="zh",
                name=cast.person(index), password_hash=password_hash, created_at=now(),
                email_verified_at=now())
    db.session.add(user)
    db.session.flush()  # for the number that the registration carries
    return candidates.register(
        user, name=user.name, identity=cast.identity(index), actor=user, at=now(),
        qualification=Qualification.DIPLOMA)


def _sit(sitting: Sitting, number: int) -> Life:
    """Everybody starts within minutes; most hand in, one stays away, one is closed by the clock."""
    for minute, attempt in enumerate(queries.attempts_of(sitting)):
        if (minute + number) % SEATS == SEATS - 1:
            continue
        user = attempt.booking.candidate.user
        yield sitting.opens_at + timedelta(minutes=1 + minute)
        attempts.start(attempt, actor=user, at=now())
        yield sitting.opens_at + timedelta(minutes=40 + minute)
        batch = Batch(client="demonstration", epoch=attempt.epoch,
                      entries=tuple(_answers(attempt, weak=(minute + number) % 5 == 0)))
        answers.save(attempt, batch, actor=user, at=now())
        if minute % 4 != 1:
            attempts.submit(attempt, actor=user, at=now())
    yield sitting.ends_at + timedelta(minutes=5)
    sweeping.sweep(sitting, at=now())
    for attempt in queries.attempts_of(sitting):
        if attempt.status is AttemptStatus.SUBMITTED:
            marking.score(attempt, at=now())


def _answers(attempt: ExamAttempt, *, weak: bool) -> Iterator[Entry]:
    """Right but for every fifth question; the weak are wrong in every second."""
    keys = {version.id: set(version.text.answer) for version in db.session.scalars(
        select(ItemVersion).where(ItemVersion.id.in_(attempt.paper.version_ids.values())))}
    for line in attempt.paper.lines:
        key = keys[attempt.paper.version_ids[line.position]]
        right = tuple(letter for letter in line.letters if line.key_behind(letter) in key)
        wrong = line.position % (2 if weak else 5) == 0
        yield Entry(line.position, line.position, line.letters[:1] if wrong else right)


def seasons(first: datetime, until: datetime, password_hash: str) -> list[Life]:
    """About twice a year from the first one, and one that lies ahead."""
    days, moment, number = [], first, 0
    while moment < until - timedelta(days=30):
        days.append(season(number, moment, password_hash))
        moment, number = moment + timedelta(days=200), number + 1
    ahead = until + timedelta(days=33)
    return [*days, season(number, working(ahead, 1, 9), password_hash)]
