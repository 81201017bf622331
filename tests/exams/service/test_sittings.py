from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from broker_admin.accounts.models import RoleGrant
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.service import sittings, sweeping
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import BookingStatus as B
from broker_admin.exams.workflow import SittingStatus as S
from broker_admin.exams.workflow import SubmitReason
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.workflow import TransitionRefused
from tests.conftest import NOON
from tests.exams.factories import (
    EARLIER,
    HOUR,
    make_admin,
    make_bank,
    make_candidate,
    make_sitting,
    sealed_sitting,
    seat,
    started_attempt,
)
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


@pytest.fixture
def admin(_request):
    return make_admin()


def test_planning_numbers_the_sitting(admin):
    first, second = make_sitting(admin, opened=False), make_sitting(admin, opened=False)
    assert first.status is S.PLANNED
    assert [s.reference[-6:] for s in (first, second)] == ["000001", "000002"]
    assert (first.minutes, first.regime) == (30, "guangdong/2026-04-15")


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"opens_at": EARLIER}, "later time"),
    ({"ends_at": NOON + timedelta(minutes=29)}, "30 minutes"),
    ({"ends_at": NOON - HOUR}, "30 minutes")])
def test_hours_that_do_not_fit_are_refused(admin, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        make_sitting(admin, **changes)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.EXAM_ADMIN])
def test_only_the_office_plans(role):
    with pytest.raises(TransitionRefused):
        make_sitting(make_user(role))


def test_time_alone_plans_nothing():
    with pytest.raises(TransitionRefused):
        make_sitting(SYSTEM)


def test_the_database_wants_seats(admin):
    with pytest.raises(IntegrityError), db.session.begin_nested():
        make_sitting(admin, capacity=0)


def test_booking_opens_before_the_hour_only(admin):
    sitting = make_sitting(admin, opened=False)
    with pytest.raises(Refused, match="hour"):
        sittings.open_booking(sitting, actor=admin, at=NOON)
    assert sitting.status is S.PLANNED


def test_calling_off_gives_back_every_seat(admin):
    sitting = sealed_sitting(make_candidate(), make_candidate(), admin=admin)
    sittings.cancel(sitting, reason="Flood warning.", actor=admin, at=EARLIER)
    db.session.flush()
    assert {a.status for a in queries.attempts_of(sitting)} == {A.CANCELLED}
    assert {b.status for b in sitting.bookings} == {B.CANCELLED}
    told = db.session.scalars(select(Message).where(Message.name == "booking.dropped")).all()
    assert len(told) == 2


def test_a_sitting_called_off_costs_no_attempt(admin):
    candidate, sitting = make_candidate(), make_sitting(admin)
    seat(sitting, candidate)
    sittings.cancel(sitting, reason="Flood warning.", actor=admin, at=EARLIER)
    assert seat(make_sitting(admin), candidate).status is B.BOOKED


def test_closing_hands_in_what_is_open(admin):
    sitting = sealed_sitting(make_candidate(), make_candidate(), admin=admin)
    sweeping.sweep(sitting, at=NOON)
    begun = started_attempt(sitting)
    sittings.close(sitting, reason="Power failure.", actor=admin, at=NOON + HOUR / 4)
    db.session.flush()
    assert (begun.status, begun.submit_reason) == (A.SUBMITTED, SubmitReason.TERMINATED)
    assert [a.status for a in queries.attempts_of(sitting)] == [A.SUBMITTED, A.NO_SHOW]
    assert sitting.closed_at == NOON + HOUR / 4


def test_a_running_sitting_cannot_be_called_off(admin):
    sitting = sealed_sitting(admin=admin)
    sweeping.sweep(sitting, at=NOON)
    with pytest.raises(TransitionRefused):
        sittings.cancel(sitting, reason="Too late.", actor=admin, at=NOON)


def test_an_officer_with_a_seat_is_barred(admin):
    sitting, sitter = make_sitting(admin), make_user()
    seat(sitting, make_candidate(sitter))
    # The seat first: whoever holds the role already is not given one.
    sitter.grants = [RoleGrant(role=Role.EXAM_ADMIN, given_at=EARLIER)]
    with pytest.raises(TransitionRefused):
        sittings.cancel(sitting, reason="My own.", actor=sitter, at=EARLIER)


def test_the_record_tells_the_whole_life(admin):
    sitting = sealed_sitting(admin=admin)
    db.session.commit()
    names = db.session.scalars(
        select(AuditEntry.name).where(AuditEntry.subject == sitting.reference)
        .order_by(AuditEntry.number)).all()
    assert names == ["sitting.planned", "sitting.opened", "sitting.sealed"]
