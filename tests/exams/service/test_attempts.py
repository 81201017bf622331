from datetime import timedelta

import pytest
from sqlalchemy import select

from broker_admin import chain
from broker_admin.accounts.models import RoleGrant
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.protocol import Obstacle, SaveRefused
from broker_admin.exams.service import attempts, sweeping
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import BookingStatus as B
from broker_admin.exams.workflow import EventKind, SubmitReason
from broker_admin.ledger import Job, Message
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.workflow import TransitionRefused
from tests.conftest import NOON
from tests.exams.factories import (
    answer_all,
    make_admin,
    make_attempt,
    make_bank,
    make_sitting,
    save,
    sealed_sitting,
    seat,
    started_attempt,
    submitted_attempt,
)
from tests.factories import make_user

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def person(attempt):
    return attempt.booking.candidate.user


def submit(attempt, at=NOON):
    return attempts.submit(attempt, actor=person(attempt), at=at)


def test_starting_sets_the_end_of_the_time():
    attempt = started_attempt()
    assert attempt.status is A.IN_PROGRESS
    assert attempt.closes_at == NOON + 30 * MINUTE
    assert attempt.booking.status is B.ATTENDED


def test_starting_late_ends_with_the_sitting():
    attempt = started_attempt(ends_at=NOON + 40 * MINUTE, at=NOON + 20 * MINUTE)
    assert attempt.closes_at == NOON + 40 * MINUTE


@pytest.mark.parametrize(("minutes", "sentence"), [(-1, "not opened"), (31, "latest time")])
def test_nobody_starts_outside_the_entry(minutes, sentence):
    attempt = make_attempt()
    with pytest.raises(Refused, match=sentence):
        attempts.start(attempt, actor=person(attempt), at=NOON + minutes * MINUTE)
    assert attempt.status is A.PREPARED


def test_nobody_starts_for_another():
    attempt = make_attempt()
    for other in (make_user(), make_admin()):
        with pytest.raises(TransitionRefused):
            attempts.start(attempt, actor=other, at=NOON)


def test_whoever_reads_the_bank_meanwhile_cannot_start():
    attempt = make_attempt()
    person(attempt).grants = [RoleGrant(role=Role.QUESTION_AUTHOR, given_at=NOON)]
    with pytest.raises(Refused, match="item bank"):
        attempts.start(attempt, actor=person(attempt), at=NOON)
    assert attempt.status is A.PREPARED


def test_a_paper_is_started_once():
    attempt = started_attempt()
    with pytest.raises(TransitionRefused):
        attempts.start(attempt, actor=person(attempt), at=NOON + MINUTE)
    assert attempt.started_at == NOON


def test_a_sitting_called_off_is_not_started():
    sitting = make_sitting()
    seat(sitting)
    assert queries.attempts_of(sitting) == []


def test_starting_orders_the_end():
    attempt = started_attempt()
    job = db.session.scalars(select(Job).where(
        Job.dedupe_key == f"sweep_sitting:{attempt.reference}")).one()
    assert job.due_at == NOON + 30 * MINUTE + 7 * SECOND


def test_handing_in_counts_what_is_answered():
    attempt = submitted_attempt(right=3)
    assert (attempt.status, attempt.answered) == (A.SUBMITTED, 3)
    assert attempt.submit_reason is SubmitReason.CANDIDATE
    assert len(attempt.receipt) == 14


def test_a_blank_paper_may_be_handed_in():
    attempt = submitted_attempt(right=0)
    assert (attempt.answered, attempt.status) == (0, A.SUBMITTED)


def test_handing_in_again_gives_the_same_receipt():
    attempt = submitted_attempt()
    receipts = {submit(attempt, NOON + n * MINUTE) for n in range(5)}
    kinds = [event.kind for event in queries.events_of(attempt)]
    assert receipts == {attempt.receipt}
    assert kinds.count(EventKind.SUBMITTED) == 1


def test_the_receipt_proves_the_answers():
    attempt = submitted_attempt()
    assert attempts.receipt_of(attempt) == attempt.receipt
    attempt.answered = 3
    assert attempts.receipt_of(attempt) != attempt.receipt


def test_the_receipt_is_mailed():
    attempt = submitted_attempt()
    mail = db.session.scalars(select(Message).where(Message.name == "attempt.submitted")).one()
    assert attempt.receipt in mail.body


def test_strangers_learn_no_receipt():
    attempt = submitted_attempt()
    with pytest.raises(SaveRefused):
        attempts.submit(attempt, actor=make_user(), at=NOON)


def test_nothing_is_handed_in_after_the_grace():
    attempt = started_attempt()
    with pytest.raises(SaveRefused) as refusal:
        submit(attempt, NOON + 30 * MINUTE + 6 * SECOND)
    assert refusal.value.obstacle is Obstacle.CLOSED
    assert submit(attempt, NOON + 30 * MINUTE + 5 * SECOND)


def test_the_deadline_counts_and_not_the_sweep():
    attempt = started_attempt()
    answer_all(attempt, right=2)
    attempts.expire(attempt, at=NOON + 35 * MINUTE)
    assert attempt.submitted_at == NOON + 30 * MINUTE
    assert (attempt.submit_reason, attempt.answered) == (SubmitReason.DEADLINE, 2)


def test_another_window_takes_over():
    attempt = started_attempt()
    save(attempt, 1, ["A"])
    attempts.take_over(attempt, client="window-2", actor=person(attempt), at=NOON)
    with pytest.raises(SaveRefused) as refusal:
        save(attempt, 2, ["A"], epoch=1)
    assert refusal.value.obstacle is Obstacle.LEASE_LOST
    save(attempt, 2, ["B"], client="window-2")
    assert (attempt.epoch, attempt.lease) == (2, "window-2")


def test_nothing_is_taken_over_after_the_end():
    attempt = submitted_attempt()
    with pytest.raises(SaveRefused):
        attempts.take_over(attempt, client="window-2", actor=person(attempt), at=NOON)


def test_strangers_take_nothing_over():
    attempt = started_attempt()
    with pytest.raises(TransitionRefused):
        attempts.take_over(attempt, client="window-2", actor=make_user(), at=NOON)


def test_who_did_not_come_has_missed():
    sitting = sealed_sitting()
    sweeping.sweep(sitting, at=NOON + 31 * MINUTE)
    attempt = queries.attempts_of(sitting)[0]
    assert (attempt.status, attempt.booking.status) == (A.NO_SHOW, B.NO_SHOW)


def test_every_event_is_chained_to_the_last():
    attempt = submitted_attempt()
    events = queries.events_of(attempt)
    rows = [(e.number, e.previous, e.seal, e.content()) for e in events]
    assert chain.first_break(rows) is None
    assert [e.kind for e in events] == ["started", *["saved"] * 4, "submitted"]
    assert attempt.chain_head == events[-1].seal


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_changed_event_is_found(number):
    rows = [[e.number, e.previous, e.seal, e.content()]
            for e in queries.events_of(submitted_attempt())]
    rows[number - 1][3]["letters"] = ["Z"]
    assert chain.first_break(map(tuple, rows)) == number
