"""How candidates behave in the room: most know their subject, and some stay away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.models import Booking, Candidate, ExamAttempt, ItemVersion, Sitting
from broker_admin.exams.protocol import Batch, Entry
from broker_admin.exams.service import answers, attempts

Keys = Mapping[int, frozenset[str]]


class Manner(StrEnum):
    """What a candidate does with a paper."""

    STEADY = auto()
    HASTY = auto()
    SLOW = auto()
    WEAK = auto()
    ABSENT = auto()


M = Manner

# In turn, for the candidates that no firm waits for.
_CANDIDATES = (M.WEAK, M.HASTY, M.SLOW, M.STEADY, M.ABSENT)
# Which answers are wrong: every so-manieth question.
_EVERY = {M.STEADY: 6, M.HASTY: 5, M.SLOW: 5, M.WEAK: 2}


@dataclass(frozen=True)
class Act:
    """A moment in the room, and who does something then."""

    after: timedelta
    starting: frozenset[Manner] = frozenset()
    saving: frozenset[Manner] = frozenset()
    handing_in: frozenset[Manner] = frozenset()


ACTS = (
    Act(timedelta(minutes=1), starting=frozenset({M.STEADY, M.HASTY, M.SLOW, M.WEAK})),
    Act(timedelta(minutes=8), saving=frozenset({M.HASTY}), handing_in=frozenset({M.HASTY})),
    # Who is slow saves and never hands in: the clock closes the paper.
    Act(timedelta(minutes=45), saving=frozenset({M.STEADY, M.SLOW, M.WEAK}),
        handing_in=frozenset({M.STEADY, M.WEAK})),
)


def manners_of(sitting: Sitting) -> dict[int, Manner]:
    """By attempt; those whom a firm waits for are steady."""
    return {attempt.id: manner_of(attempt.booking.candidate.user.email)
            for attempt in attempts_with_people(sitting)}


def attempts_with_people(sitting: Sitting) -> list[ExamAttempt]:
    """All at once: to load each person by itself took a fifth of the whole history's time."""
    seats = {seat.id: seat for seat in db.session.scalars(
        select(Booking).where(Booking.sitting_id == sitting.id)
        .options(joinedload(Booking.candidate).joinedload(Candidate.user)))}
    found = queries.attempts_of(sitting)
    for attempt in found:
        # Joined to the attempt itself, they would be locked with it, which PostgreSQL refuses.
        set_committed_value(attempt, "booking", seats[attempt.booking_id])
    return found


def manner_of(email: str) -> Manner:
    """Read from the number in the address, so that a visitor can know whom to sign in as."""
    mailbox = email.partition("@")[0]
    name = mailbox.rstrip("0123456789")
    number = int(mailbox.removeprefix(name))
    return M.STEADY if name == "person" else _CANDIDATES[number % len(_CANDIDATES) - 1]


def do(act: Act, sitting: Sitting, manners: Mapping[int, Manner]) -> None:
    """Let everybody do what is theirs at this moment."""
    keys = keys_of(sitting)
    for attempt in attempts_with_people(sitting):
        manner, user = manners[attempt.id], attempt.booking.candidate.user
        if manner in act.starting:
            attempts.start(attempt, actor=user, at=now())
        if manner in act.saving:
            batch = Batch(client="demonstration", epoch=attempt.epoch,
                          entries=tuple(entries(attempt, keys, _EVERY[manner])))
            answers.save(attempt, batch, actor=user, at=now())
        if manner in act.handing_in:
            attempts.submit(attempt, actor=user, at=now())


def keys_of(sitting: Sitting) -> Keys:
    """The right options of every question that the sitting could draw."""
    rows = db.session.execute(select(ItemVersion.id, ItemVersion.answer).where(
        ItemVersion.id.in_(sitting.pool or ())))
    return {number: frozenset(answer) for number, answer in rows}


def entries(attempt: ExamAttempt, keys: Keys, every: int) -> Iterator[Entry]:
    """An answer to each question, wrong in every so-manieth."""
    versions = attempt.paper.version_ids
    for line in attempt.paper.lines:
        key = keys[versions[line.position]]
        right = tuple(letter for letter in line.letters if line.key_behind(letter) in key)
        given = _beside(right, line.letters) if line.position % every == 0 else right
        yield Entry(line.position, line.position, given)


def _beside(right: tuple[str, ...], letters: tuple[str, ...]) -> tuple[str, ...]:
    """One option that is not the answer: whoever is weak does not pass by luck."""
    return letters[:1] if right != letters[:1] else letters[1:2]
