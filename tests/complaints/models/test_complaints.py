from datetime import date

import pytest
from sqlalchemy.orm.exc import StaleDataError

from broker_admin.complaints.models import Complaint
from broker_admin.complaints.workflow import OPEN_COMPLAINTS
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.db import db
from broker_admin.permissions import Permission as P
from tests.complaints.factories import (
    assert_refused,
    make_accepted,
    make_answered,
    make_complaint,
    make_declined,
    make_mediating,
    make_settled,
)
from tests.conftest import NOON

DAY = date(2026, 11, 23)
ACCEPTED = {"accepted_on": DAY, "told": "It."}


@pytest.mark.parametrize("lie", [
    {"status": S.ACCEPTED},
    {"status": S.ACCEPTED, "accepted_on": DAY},
    {"status": S.ACCEPTED, "told": "It."},
    {"status": S.ANSWERED, **ACCEPTED},
    {"status": S.MEDIATING, **ACCEPTED},
    {"status": S.SETTLED, **ACCEPTED},
    {"status": S.TERMINATED, **ACCEPTED},
    {"status": S.TERMINATED, "outcome": "None."},
    {"status": S.NOT_ACCEPTED, "outcome": "Old."},
    {"status": S.NOT_ACCEPTED, "grounds": ["TOO_OLD"]},
    {"status": S.ANSWERED, "answered_at": NOON, **ACCEPTED},
    {"answer": "Nobody gave it."},
    {"amount": -1},
], ids=str)
def test_the_database_refuses_half_a_complaint(scene, lie):
    assert_refused(make_complaint(scene), **lie)


@pytest.mark.parametrize(("make", "column"), [
    (make_accepted, "accepted_on"), (make_accepted, "told"), (make_answered, "answered_at"),
    (make_answered, "answer"), (make_mediating, "mediation_on"), (make_settled, "outcome"),
    (make_settled, "told"), (make_declined, "grounds"), (make_declined, "outcome")])
def test_what_a_step_wrote_is_not_taken_away(scene, make, column):
    assert_refused(make(scene), **{column: None})


@pytest.mark.parametrize("column", ["reference", "receipt_number", "informant_id"])
def test_no_two_complaints_share_a_number(scene, column):
    first, second = make_complaint(scene), make_complaint(scene)
    db.session.flush()
    assert_refused(second, **{column: getattr(first, column)})


@pytest.mark.parametrize("column", [
    "reference", "receipt_number", "code_hash", "received_at", "received_on", "regime", "narrative",
    "respondent_name", "request", "disclose"])
def test_no_complaint_lacks_what_makes_it_one(scene, column):
    assert_refused(make_complaint(scene), **{column: None})


def test_a_second_change_at_once_is_noticed(scene):
    complaint = make_complaint(scene)
    db.session.flush()
    db.session.execute(db.update(Complaint).values(version=Complaint.version + 1),
                       execution_options={"synchronize_session": False})
    complaint.other_bodies = "Court"
    with pytest.raises(StaleDataError):
        db.session.flush()


def test_a_complaint_knows_who_handles_it():
    assert (Complaint.is_report, Complaint.open_states) == (False, OPEN_COMPLAINTS)
    assert (Complaint.read_by, Complaint.handled_by) == (P.COMPLAINT_READ, P.COMPLAINT_HANDLE)
