import pytest
from cryptography.exceptions import InvalidTag

from broker_admin.clock import now
from broker_admin.complaints import service
from broker_admin.complaints.models import Question
from broker_admin.db import db
from tests.complaints.factories import (
    CANARY,
    SECRETS,
    account,
    assert_refused,
    make_accepted,
    make_complaint,
    make_report,
)
from tests.conftest import NOON

STRANGER = {"respondent_name": "某某工作室", "respondent_number": None}


@pytest.mark.parametrize("make", [make_complaint, make_report])
def test_the_respondent_is_party_and_nobody_else(scene, make):
    filing = make(scene)
    assert filing.party_organization_ids == {scene.organization.id}
    assert filing.party_ids == filing.barred_ids == frozenset()


@pytest.mark.parametrize("make", [make_complaint, make_report])
def test_nobody_known_is_party_to_nothing(scene, make):
    assert make(scene, about=account(scene, **STRANGER)).party_organization_ids == frozenset()


@pytest.mark.parametrize("column", ["name", "phone", "email", "address"])
def test_each_word_about_the_filer_is_sealed(scene, column):
    informant = make_complaint(scene).informant
    db.session.flush()
    kept = db.session.scalar(db.text(f"SELECT {column} FROM informant"))  # noqa: S608
    assert kept.startswith("v1:")
    assert getattr(informant, column) in SECRETS


def test_a_seal_fits_only_its_own_column(scene):
    make_complaint(scene)
    db.session.flush()
    db.session.execute(db.text("UPDATE informant SET address = name"))
    db.session.expire_all()
    informant = make_complaint(scene).informant.__class__
    with pytest.raises(InvalidTag):
        db.session.scalars(db.select(informant.address)).first()


def test_the_same_name_is_sealed_differently_twice(scene):
    make_complaint(scene)
    make_complaint(scene)
    db.session.flush()
    first, second = db.session.scalars(db.text("SELECT name FROM informant")).all()
    assert first != second
    assert CANARY not in first + second


@pytest.mark.parametrize("lie", [{"reply": "In May."}, {"replied_at": NOON}, {"text": None},
                                 {"asked_at": None}, {"asked_by_id": None}, {"subject": None}], ids=str)
def test_the_database_refuses_half_an_answer(scene, lie):
    question = service.ask(make_accepted(scene), text="When?", actor=scene.officer, at=now())
    assert_refused(question, **lie)


def test_a_question_belongs_to_what_was_filed(scene):
    complaint = make_accepted(scene)
    service.ask(complaint, text="When?", actor=scene.officer, at=now())
    kept = db.session.scalars(db.select(Question)).one()
    assert (kept.subject, kept.asked_by_id) == (complaint.reference, scene.officer.id)
