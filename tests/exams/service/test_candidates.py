import pytest
from sqlalchemy import select, text

from broker_admin.db import db
from broker_admin.exams.workflow import Qualification
from broker_admin.ledger import AuditEntry
from broker_admin.refusals import Refused
from tests.exams.factories import make_candidate, make_identity
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _database(app):
    return app


def test_registering_seals_the_identity_number():
    number = make_identity()
    candidate = make_candidate(identity=number)
    stored = db.session.execute(text("SELECT identity, identity_index FROM candidate")).one()
    assert candidate.identity == number
    assert number not in "".join(stored)


@pytest.mark.parametrize("spaced", ["{0[0]} {0[1]}", "　{0[0]}{0[1]} "])
def test_a_number_is_read_as_people_type_it(spaced):
    number = make_identity()
    candidate = make_candidate(identity=spaced.format((number[:6], number[6:])))
    assert candidate.identity == number


def test_one_person_registers_once():
    number = make_identity()
    make_candidate(identity=number)
    with pytest.raises(Refused, match="registered already"):
        make_candidate(identity=number)


def test_one_account_registers_once():
    user = make_user()
    make_candidate(user)
    with pytest.raises(Refused, match="registered already"):
        make_candidate(user)


@pytest.mark.parametrize("number", ["", "123", "440106199001010011", "44010619900101001X", "x" * 18])
def test_a_wrong_number_registers_nobody(number):
    with pytest.raises(Refused):
        make_candidate(identity=number)
    assert db.session.scalar(text("SELECT count(*) FROM candidate")) == 0


def test_minors_do_not_register():
    with pytest.raises(Refused, match="18 or older"):
        make_candidate(identity=make_identity(born="20100101"))


def test_the_record_holds_no_identity_number():
    number = make_identity()
    make_candidate(identity=number, qualification=Qualification.EXPERIENCE)
    db.session.commit()
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.name == "candidate.registered")).one()
    assert entry.facts == {"qualification": "experience"}
