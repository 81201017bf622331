import pytest
from sqlalchemy import select

from broker_admin.complaints.models import Complaint
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.db import db
from broker_admin.demo.complaining import COMPLAINTS


@pytest.fixture
def complaints(app):
    return db.session.scalars(select(Complaint).order_by(Complaint.id)).all()


def of(complaints, *states):
    return [complaint for complaint in complaints if complaint.status in states]


@pytest.mark.parametrize(("stage", "expected"), [
    ("received", "file"),
    ("declined", "file decline"),
    ("accepted", "file accept"),
    ("asked", "file accept ask"),
    ("withdrawn", "file accept withdraw"),
    ("answered", "file accept answer"),
    ("mediating", "file accept answer mediate"),
    ("settled", "file accept answer mediate settle"),
    ("terminated", "file accept answer mediate terminate"),
    ("closed", "file accept answer mediate settle close"),
])
def test_the_way_to_every_stage_is_a_table(stage, expected):
    assert [step.act.__name__.strip("_") for step in COMPLAINTS[stage]] == expected.split()


def test_every_complaint_names_a_holder(complaints):
    assert all(complaint.license is not None for complaint in complaints)


def test_complaints_are_about_different_things(complaints):
    assert len({code for complaint in complaints for code in complaint.conduct_codes}) >= 4


def test_a_refusal_has_a_ground_and_reasons(complaints):
    declined = of(complaints, S.NOT_ACCEPTED)
    assert declined
    assert all(complaint.grounds and complaint.outcome for complaint in declined)


def test_what_was_settled_says_how(complaints):
    ended = of(complaints, S.SETTLED, S.TERMINATED, S.CLOSED)
    assert ended
    assert all(complaint.outcome for complaint in ended)


def test_only_the_respondent_has_answered(complaints):
    for complaint in complaints:
        if complaint.answered_by_id:
            assert complaint.answered_by_id in {user.id for user in complaint.organization.members}


def test_receipts_and_codes_are_all_different(complaints):
    assert len({complaint.receipt_number for complaint in complaints}) == len(complaints)
    assert len({complaint.code_hash for complaint in complaints}) == len(complaints)


def test_nobody_who_complains_can_be_reached(complaints):
    assert {c.informant.email.rpartition("@")[2] for c in complaints} == {"example.org"}
