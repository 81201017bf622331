"""Lists of the exam: for the public, for candidates, for the examination office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ScalarSelect, Select, case, func, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import User
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.exams.models import (
    Answer,
    AnswerEvent,
    Booking,
    Candidate,
    CandidatePaper,
    ExamAttempt,
    ExamResult,
    Item,
    Sitting,
)
from broker_admin.exams.topics import Subject
from broker_admin.exams.workflow import (
    ANNOUNCED,
    DRAWN,
    AttemptStatus,
    BookingStatus,
    SittingStatus,
)
from broker_admin.permissions import Actor
from broker_admin.rules.counting import add_months
from broker_admin.rules.regime import regime_version

_HOLDS = Booking.status != BookingStatus.CANCELLED


@dataclass(frozen=True)
class Pass:
    """A subject passed, and until when that counts towards the certificate."""

    subject: Subject
    passed_on: date
    valid_to: date


def candidate_of(user: User) -> Candidate | None:
    return db.session.scalar(select(Candidate).where(Candidate.user_id == user.id))


def passes_of(user: User) -> list[Pass]:
    """Released passes, each counted from the day on which the paper was sat."""
    rows = db.session.scalars(
        _results(user).where(ExamResult.passed, ExamAttempt.status == AttemptStatus.RELEASED))
    return [_pass(attempt) for attempt in rows]


def _results(user: User) -> Select[tuple[ExamAttempt]]:
    return (select(ExamAttempt).join(ExamAttempt.booking).join(Booking.candidate)
            .join(ExamAttempt.result).where(Candidate.user_id == user.id)
            .order_by(ExamAttempt.started_at))


def _pass(attempt: ExamAttempt) -> Pass:
    sitting = attempt.sitting
    passed_on = day_of(sitting.opens_at)
    years = regime_version(sitting.regime).exam.rolling_years
    return Pass(sitting.subject, passed_on, add_months(passed_on, 12 * years) - timedelta(days=1))


def holds_pass(user: User, subject: Subject, day: date) -> bool:
    return any(p.subject is subject and day <= p.valid_to for p in passes_of(user))


def has_passed_everything(user: User, day: date) -> bool:
    """Whether every subject is passed, and every pass still counts on this day."""
    return all(holds_pass(user, subject, day) for subject in Subject)


def seats_of(candidate: Candidate, subject: Subject) -> list[Booking]:
    """Every seat held or used in this subject, oldest sitting first."""
    return list(db.session.scalars(
        select(Booking).join(Booking.sitting)
        .where(Booking.candidate_id == candidate.id, Sitting.subject == subject, _HOLDS)
        .order_by(Sitting.opens_at)))


def seats_in(sitting: Sitting) -> list[Booking]:
    return list(db.session.scalars(
        select(Booking).where(Booking.sitting_id == sitting.id, _HOLDS)
        .options(selectinload(Booking.candidate)).order_by(Booking.id)))


def earlier_papers(candidate: Candidate, sitting: Sitting) -> list[CandidatePaper]:
    """Those drawn for this candidate in the subject before this sitting was sealed."""
    # By the hour of sealing, so that an auditor who draws again later counts the same papers.
    before = [Sitting.sealed_at < sitting.sealed_at] if sitting.sealed_at else []
    return list(db.session.scalars(
        select(CandidatePaper).join(CandidatePaper.booking).join(Booking.sitting)
        .where(Booking.candidate_id == candidate.id, Sitting.subject == sitting.subject,
               Sitting.id != sitting.id, *before)))


def attempts_of(sitting: Sitting) -> list[ExamAttempt]:
    return list(db.session.scalars(_attempts(sitting)))


def open_attempts(sitting: Sitting) -> list[ExamAttempt]:
    """Not begun or in progress; locked, so that an answer on its way is waited for."""
    return list(db.session.scalars(
        _attempts(sitting)
        .where(ExamAttempt.status.in_((AttemptStatus.PREPARED, AttemptStatus.IN_PROGRESS)))
        # Only the attempts: a lock on their bookings would make the sweeper wait for whoever cancels.
        .with_for_update(of=ExamAttempt)
        .execution_options(populate_existing=True)))


def _attempts(sitting: Sitting) -> Select[tuple[ExamAttempt]]:
    return (select(ExamAttempt).join(ExamAttempt.booking)
            .where(Booking.sitting_id == sitting.id).order_by(ExamAttempt.id))


def is_open(sitting: Sitting) -> bool:
    """Whether somebody works on a paper or may still begin one."""
    return db.session.scalar(
        select(ExamAttempt.id).join(ExamAttempt.booking)
        .where(Booking.sitting_id == sitting.id, ExamAttempt.status.in_(
            (AttemptStatus.PREPARED, AttemptStatus.IN_PROGRESS))).limit(1)) is not None


def events_of(attempt: ExamAttempt) -> list[AnswerEvent]:
    return list(db.session.scalars(
        select(AnswerEvent).where(AnswerEvent.attempt_id == attempt.id)
        .order_by(AnswerEvent.number)))


def announced(at: datetime) -> list[tuple[Sitting, int]]:
    """Sittings still to come, with the seats that are left."""
    rows = db.session.execute(
        select(Sitting, Sitting.capacity - _seats_taken())
        .where(Sitting.status.in_(ANNOUNCED), Sitting.ends_at > at).order_by(Sitting.opens_at))
    return [(sitting, max(0, left)) for sitting, left in rows]


def _seats_taken() -> ScalarSelect[int]:
    return (select(func.count(Booking.id)).where(Booking.sitting_id == Sitting.id, _HOLDS)
            .correlate(Sitting).scalar_subquery())


def announced_sitting(reference: str) -> Sitting | None:
    """One that everybody may know of."""
    return db.session.scalar(select(Sitting).where(
        Sitting.reference == reference,
        # Whoever has the link of a sitting that was called off must read that, and not find nothing.
        Sitting.status.in_(ANNOUNCED | {SittingStatus.CANCELLED})))


@dataclass(frozen=True)
class Seat:
    """A booking of a person, with the attempt if papers are drawn."""

    booking: Booking
    attempt: ExamAttempt | None


def seats_of_user(user: User) -> list[Seat]:
    rows = db.session.execute(
        of_party(user).add_columns(ExamAttempt)
        .outerjoin(ExamAttempt, ExamAttempt.booking_id == Booking.id))
    return [Seat(booking, attempt) for booking, attempt in rows]


def of_party(actor: Actor) -> Select[tuple[Booking]]:
    """Everything that a person ever booked, the next sitting first."""
    return (select(Booking).join(Booking.candidate).join(Booking.sitting)
            .where(Candidate.user_id == actor.id).order_by(Sitting.opens_at.desc()))


def worklist(status: SittingStatus | None = None) -> Select[tuple[Sitting]]:
    """Every sitting, the latest first."""
    query = select(Sitting).order_by(Sitting.opens_at.desc(), Sitting.id.desc())
    return query if status is None else query.where(Sitting.status == status)


def seats_taken() -> dict[int, int]:
    """By sitting, how many seats are held."""
    rows = db.session.execute(
        select(Booking.sitting_id, func.count(Booking.id)).where(_HOLDS)
        .group_by(Booking.sitting_id))
    return {sitting: count for sitting, count in rows}


def due(at: datetime) -> list[int]:
    """Sittings in which time may have changed something."""
    running = (SittingStatus.SEALED, SittingStatus.RUNNING)
    return list(db.session.scalars(
        select(Sitting.id).where(Sitting.status.in_(running), Sitting.opens_at <= at)
        .order_by(Sitting.id)))


@dataclass(frozen=True)
class Progress:
    """An attempt as the examination office watches it: how much, never what."""

    attempt: ExamAttempt
    answered: int
    flagged: int
    last_saved_at: datetime | None


def progress(sitting: Sitting) -> list[Progress]:
    counted = (
        select(Answer.attempt_id, func.count(Answer.id).label("slots"),
               func.sum(case((func.json_array_length(Answer.letters) > 0, 1), else_=0)).label("n"),
               func.sum(case((Answer.flagged, 1), else_=0)).label("flagged"),
               func.max(Answer.saved_at).label("last"))
        .group_by(Answer.attempt_id).subquery())
    rows = db.session.execute(
        _attempts(sitting).add_columns(counted.c.n, counted.c.flagged, counted.c.last)
        .outerjoin(counted, counted.c.attempt_id == ExamAttempt.id)
        .options(selectinload(ExamAttempt.booking).selectinload(Booking.candidate)))
    return [Progress(attempt, n or 0, flagged or 0, last) for attempt, n, flagged, last in rows]


def results_of(sitting: Sitting) -> list[ExamAttempt]:
    """Whoever handed in a paper, by name."""
    return list(db.session.scalars(
        _attempts(sitting).join(Booking.candidate).join(ExamAttempt.result)
        .options(selectinload(ExamAttempt.result),
                 selectinload(ExamAttempt.booking).selectinload(Booking.candidate))
        .order_by(None).order_by(Candidate.name, ExamAttempt.id)))


def bank_counts() -> dict[tuple[str, str], int]:
    """How many items in use there are, by topic and kind."""
    rows = db.session.execute(
        select(Item.topic, Item.kind, func.count(Item.id)).where(Item.retired_at.is_(None))
        .group_by(Item.topic, Item.kind))
    return {(topic, kind): count for topic, kind, count in rows}


def items(topic: str | None, kind: str | None, words: str = "") -> Select[tuple[Item]]:
    query = select(Item).options(selectinload(Item.versions)).order_by(Item.code)
    if topic:
        query = query.where(Item.topic == topic)
    if kind:
        query = query.where(Item.kind == kind)
    if words:
        # Codes only: words of an item in a search box would end up in logs and histories.
        query = query.where(Item.code.contains(words.upper(), autoescape=True))
    return query


def drawn_on(item: Item) -> int:
    """How many sealed sittings could draw this item."""
    versions = {version.id for version in item.versions}
    # Pools are lists in JSON, which the two databases cannot search alike; there are few of them.
    pools: Iterable[list[int]] = db.session.scalars(
        select(Sitting.pool).where(Sitting.status.in_(DRAWN)))
    return sum(bool(versions & set(pool or ())) for pool in pools)
