from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from broker_admin.db import db
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.supervision.models import Rectification
from tests.supervision.factories import make_rectification

WAYS = {Z.ANSWERED: ("answer",), Z.VERIFIED: ("answer", "verify"), Z.REJECTED: ("answer", "reject")}


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def refused(steps, **changes):
    made = make_rectification(*steps)
    for column, value in changes.items():
        setattr(made.case, column, value)
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("status", WAYS)
def test_no_judgment_stands_without_an_answer(status):
    refused(WAYS[status], answer=None)


@pytest.mark.parametrize("status", [*WAYS])
def test_a_state_cannot_be_jumped_to(status):
    refused((), status=status)


def test_a_verified_order_keeps_its_day():
    refused(("answer", "verify"), verified_on=None)


def test_a_day_of_verification_needs_the_state():
    refused(("answer",), verified_on=date(2026, 9, 24))


def test_the_time_cannot_run_before_the_order():
    refused((), running_from=date(2026, 9, 23))


@pytest.mark.parametrize("column", ["reference", "document_number", "demands", "ordered_by_id",
                                    "ordered_on", "running_from", "source"])
def test_an_order_is_whole(column):
    made = make_rectification()
    with pytest.raises(IntegrityError):
        db.session.execute(db.update(Rectification).where(Rectification.id == made.case.id)
                           .values({column: None}))


@pytest.mark.parametrize("column", ["reference", "document_number"])
def test_the_numbers_of_orders_are_their_own(column):
    first, second = make_rectification(), make_rectification()
    setattr(second.case, column, getattr(first.case, column))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_two_who_act_at_once_cannot_both():
    made = make_rectification()
    db.session.execute(db.update(Rectification).values(version=Rectification.version + 1),
                       execution_options={"synchronize_session": False})
    made.case.demands = "Something else."
    with pytest.raises(StaleDataError):
        db.session.flush()


def test_the_holder_is_party_to_its_order():
    made = make_rectification()
    assert made.case.party_organization_ids == {made.license.organization_id}
    assert made.case.party_ids == made.case.barred_ids == frozenset()
