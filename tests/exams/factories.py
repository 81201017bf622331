"""A small exam, from the bank to the result; every part valid unless a test says otherwise."""

from datetime import timedelta
from itertools import count

from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.blueprints import Blueprint, Cell
from broker_admin.exams.items import ItemKind, load_bank
from broker_admin.exams.models import Item, ItemVersion
from broker_admin.exams.protocol import Batch, Entry
from broker_admin.exams.service import (
    answers,
    attempts,
    bookings,
    candidates,
    papers,
    sittings,
    sweeping,
)
from broker_admin.exams.topics import Subject
from broker_admin.exams.workflow import Qualification
from broker_admin.permissions import Role
from broker_admin.rules.identifiers import identity_with_check
from tests.conftest import NOON
from tests.factories import make_user

BANK = load_bank()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EARLIER = NOON - 20 * DAY
_numbers = count(1)


def _small(code, subject, topic):
    cells = (Cell(topic, ItemKind.SINGLE, 2), Cell(topic, ItemKind.MULTIPLE, 1),
             Cell(topic, ItemKind.TRUE_FALSE, 1))
    return Blueprint(code, subject, timedelta(minutes=30), dict.fromkeys(ItemKind, 25_00), cells)


SMALL_LAW = _small("SMALL-LAW", Subject.LAW, "DSL")
SMALL_PRACTICE = _small("SMALL-PRACTICE", Subject.PRACTICE, "SRC")


def make_bank(*topics):
    """The items of these topics, without the events of an import."""
    for text in BANK:
        if text.topic in (topics or ("DSL", "SRC")):
            item = Item(code=text.code, subject=text.subject, topic=text.topic, kind=text.kind)
            item.versions.append(ItemVersion(
                number=1, made_at=EARLIER, **ItemVersion.columns_of(text)))
            db.session.add(item)
    db.session.flush()


def make_identity(number=None, born="19900101"):
    return identity_with_check(f"440106{born}{(number or next(_numbers)) % 1000:03d}")


def make_candidate(user=None, **changes):
    user = user or make_user()
    return candidates.register(user, **{
        "name": f"考生{user.id}", "identity": make_identity(), "actor": user, "at": EARLIER,
        "qualification": Qualification.DIPLOMA, **changes})


def make_admin():
    return make_user(Role.EXAM_ADMIN)


def make_sitting(admin=None, *, opened=True, at=EARLIER, **changes):
    """An hour at NOON that takes bookings."""
    admin = admin or make_admin()
    opens_at = changes.pop("opens_at", NOON)
    sitting = sittings.plan_sitting(**{
        "blueprint": "SMALL-LAW", "place": "广州市越秀区考试中心", "opens_at": opens_at,
        "ends_at": opens_at + HOUR, "capacity": 20, "actor": admin, "at": at, **changes})
    if opened:
        sittings.open_booking(sitting, actor=admin, at=at)
    return sitting


def seat(sitting, candidate=None, at=EARLIER):
    candidate = candidate or make_candidate()
    return bookings.book(sitting, candidate, actor=candidate.user, at=at)


def sealed_sitting(*people, admin=None, **changes):
    """A sitting with papers for these candidates, or for one made-up person."""
    admin = admin or make_admin()
    sitting = make_sitting(admin, **changes)
    for candidate in people or (make_candidate(),):
        seat(sitting, candidate)
    seal(sitting, admin)
    return sitting


def seal(sitting, admin=None, at=None):
    papers.seal(sitting, actor=admin or make_admin(), at=at or sitting.opens_at - 5 * DAY)


def make_attempt(sitting=None, **changes):
    """Prepared, and not begun."""
    return queries.attempts_of(sitting or sealed_sitting(**changes))[0]


def started_attempt(sitting=None, at=NOON, **changes):
    attempt = make_attempt(sitting, **changes)
    attempts.start(attempt, actor=attempt.booking.candidate.user, at=at)
    db.session.flush()
    return attempt


def save(attempt, position, letters, seq=None, *, at=NOON, client="window-1", **changes):
    """One answer from one window."""
    entry = Entry(seq or answers.next_seq(attempt, client), position, tuple(letters),
                  changes.pop("flagged", False))
    return answers.save(
        attempt, Batch(client, changes.pop("epoch", attempt.epoch), (entry,)), at=at,
        actor=attempt.booking.candidate.user)


def right_letters(attempt, position):
    """What earns the marks of one question on this candidate's paper."""
    line = attempt.paper.lines[position - 1]
    answer = next(text.answer for text in BANK if text.code == line.code)
    return [letter for letter in line.letters if line.key_behind(letter) in answer]


def answer_all(attempt, right=4, at=NOON):
    """The first questions right, the others blank."""
    for position in range(1, right + 1):
        save(attempt, position, right_letters(attempt, position), at=at)


def submitted_attempt(right=4, sitting=None, **changes):
    attempt = started_attempt(sitting, **changes)
    answer_all(attempt, right, at=attempt.started_at)
    attempts.submit(attempt, actor=attempt.booking.candidate.user, at=attempt.started_at)
    return attempt


def closed_sitting(*people, right=4, **changes):
    """Sat by these people, over, and waiting for its results."""
    sitting = sealed_sitting(*people, **changes)
    sweeping.sweep(sitting, at=sitting.opens_at)
    for attempt in queries.attempts_of(sitting):
        person = attempt.booking.candidate.user
        attempts.start(attempt, actor=person, at=sitting.opens_at)
        answer_all(attempt, right, at=sitting.opens_at)
        attempts.submit(attempt, actor=person, at=sitting.opens_at + HOUR / 3)
    sweeping.sweep(sitting, at=sitting.ends_at + HOUR)
    return sitting
