from datetime import timedelta

import pytest
from sqlalchemy import select

from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.service import bookings, marking
from broker_admin.exams.workflow import BookingStatus as B
from broker_admin.ledger import Message
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.workflow import TransitionRefused
from tests.conftest import NOON
from tests.exams.factories import (
    DAY,
    EARLIER,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
    make_sitting,
    seal,
    seat,
)
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def cancel(booking, at=EARLIER):
    bookings.cancel(booking, actor=booking.candidate.user, at=at)


def test_booking_takes_a_seat_and_tells():
    candidate = make_candidate()
    booking = seat(make_sitting(), candidate)
    message = db.session.scalars(select(Message).where(Message.name == "booking.booked")).one()
    assert booking.status is B.BOOKED
    assert message.address == candidate.user.email
    assert "12:00" in message.body
    assert "12:30" in message.body


def test_no_mail_carries_the_identity_number():
    candidate = make_candidate()
    seat(make_sitting(), candidate)
    assert all(candidate.identity not in m.body for m in db.session.scalars(select(Message)))


@pytest.mark.parametrize("role", [Role.QUESTION_AUTHOR, Role.EXAM_ADMIN])
def test_whoever_reads_the_bank_gets_no_seat(role):
    insider = make_candidate(make_user(role))
    with pytest.raises(Refused, match="item bank"):
        seat(make_sitting(), insider)


def test_the_last_seat_is_given_once():
    sitting = make_sitting(capacity=1)
    seat(sitting)
    with pytest.raises(Refused, match="full"):
        seat(sitting)


def test_a_seat_given_back_is_free():
    sitting = make_sitting(capacity=1)
    cancel(seat(sitting))
    assert seat(sitting).status is B.BOOKED


def test_a_candidate_has_one_seat_in_a_sitting():
    candidate, sitting = make_candidate(), make_sitting()
    seat(sitting, candidate)
    with pytest.raises(Refused, match="already"):
        seat(sitting, candidate)


def test_a_second_seat_in_the_subject_must_wait():
    candidate = make_candidate()
    seat(make_sitting(), candidate)
    with pytest.raises(Refused, match="for this subject"):
        seat(make_sitting(opens_at=NOON + 60 * DAY), candidate)


def test_both_subjects_may_be_booked():
    candidate = make_candidate()
    seat(make_sitting(), candidate)
    seat(make_sitting(blueprint="SMALL-PRACTICE"), candidate)
    assert len(queries.seats_of_user(candidate.user)) == 2


def test_a_cancelled_seat_may_be_booked_again():
    candidate, sitting = make_candidate(), make_sitting()
    cancel(seat(sitting, candidate))
    assert seat(sitting, candidate).status is B.BOOKED


def test_nothing_is_booked_before_the_opening():
    with pytest.raises(Refused, match="no bookings"):
        seat(make_sitting(opened=False))


def test_nothing_is_booked_after_sealing():
    make_bank()
    sitting = make_sitting()
    booking = seat(sitting)
    seal(sitting)
    with pytest.raises(Refused, match="no bookings"):
        seat(sitting)
    with pytest.raises(Refused, match="drawn"):
        cancel(booking)


def test_nothing_is_booked_after_the_hour():
    with pytest.raises(Refused, match="no bookings"):
        seat(make_sitting(), at=NOON)


def test_strangers_cancel_nobodys_seat():
    booking = seat(make_sitting())
    with pytest.raises(TransitionRefused):
        bookings.cancel(booking, actor=make_user(), at=EARLIER)
    assert booking.status is B.BOOKED


def test_a_retake_waits_thirty_days():
    make_bank()
    candidate = make_candidate()
    closed_sitting(candidate, right=0)
    with pytest.raises(Refused, match="30 days"):
        seat(make_sitting(opens_at=NOON + 29 * DAY), candidate)
    assert seat(make_sitting(opens_at=NOON + 30 * DAY), candidate).status is B.BOOKED


def test_a_seat_left_empty_is_no_attempt():
    make_bank()
    candidate = make_candidate()
    booking = seat(make_sitting(), candidate)
    booking.status = B.NO_SHOW
    assert seat(make_sitting(opens_at=NOON + DAY), candidate).status is B.BOOKED


def test_a_valid_pass_is_not_sat_again():
    make_bank()
    candidate = make_candidate()
    marking.release(closed_sitting(candidate), actor=make_admin(), at=NOON + DAY)
    with pytest.raises(Refused, match="still valid"):
        seat(make_sitting(opens_at=NOON + 60 * DAY), candidate)
    assert seat(make_sitting(opens_at=NOON + timedelta(days=731)), candidate)
