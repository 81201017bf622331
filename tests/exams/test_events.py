from dataclasses import fields

import pytest
from sqlalchemy import select

from broker_admin.db import db
from broker_admin.events import Event
from broker_admin.exams import events
from broker_admin.exams.service import bookings, marking, sittings
from broker_admin.ledger import AuditEntry, Message
from tests.conftest import NOON
from tests.exams.factories import (
    DAY,
    EARLIER,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
    make_sitting,
    seat,
)
from tests.factories import make_user

EVENTS = [e for e in vars(events).values()
          if isinstance(e, type) and issubclass(e, Event) and hasattr(e, "name")]


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def mails(name):
    return db.session.scalars(select(Message).where(Message.name == name)).all()


def test_every_event_has_a_name_of_its_own():
    names = [event.name for event in EVENTS]
    assert len(set(names)) == len(names) == 22


def test_no_event_carries_a_mark_or_a_number_of_a_person():
    carried = {field.name for event in EVENTS for field in fields(event)}
    assert not carried & {"earned", "passed", "marks", "identity", "answer", "key", "letters", "name"}


@pytest.mark.parametrize(("language", "words"), [("zh", "您已报名成功"), ("en", "your seat is booked")])
def test_mails_speak_the_candidates_language(language, words):
    seat(make_sitting(), make_candidate(make_user(language=language)))
    mail, = mails("booking.booked")
    assert words in mail.title
    assert mail.body.count("http://") == 1
    assert f"/{language}/exams/mine" in mail.body


def test_a_cancelled_booking_is_confirmed():
    booking = seat(make_sitting())
    bookings.cancel(booking, actor=booking.candidate.user, at=EARLIER)
    mail, = mails("booking.cancelled")
    assert booking.sitting.reference in mail.title


def test_a_sitting_called_off_is_told_to_its_candidates():
    admin = make_admin()
    sitting = make_sitting(admin)
    seat(sitting)
    sittings.cancel(sitting, reason="Flood warning.", actor=admin, at=EARLIER)
    mail, = mails("booking.dropped")
    assert "does not count as an attempt" in mail.body


@pytest.mark.parametrize("right", [0, 4])
def test_the_mail_of_a_result_tells_no_result(right):
    marking.release(closed_sitting(right=right), actor=make_admin(), at=NOON + DAY)
    mail, = mails("attempt.released")
    assert "is released. Sign in to read it." in mail.body


def test_every_step_is_on_record():
    marking.release(closed_sitting(), actor=make_admin(), at=NOON + DAY)
    db.session.commit()
    names = set(db.session.scalars(select(AuditEntry.name)))
    assert {"sitting.planned", "sitting.opened", "sitting.sealed", "sitting.begun", "sitting.closed",
            "sitting.released", "booking.booked", "booking.attended", "attempt.prepared",
            "attempt.started", "attempt.submitted", "attempt.scored", "attempt.released"} <= names
