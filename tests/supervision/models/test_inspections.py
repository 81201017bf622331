import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.supervision.inspection_workflow import InspectionResult as R
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.models import Inspection
from tests.supervision.factories import JUNE, make_inspection

TODAY = day_of(JUNE)


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def refused(status, /, **changes):
    made = make_inspection(status)
    for column, value in changes.items():
        setattr(made.inspection, column, value)
    with pytest.raises(IntegrityError):
        db.session.flush()


FILLED_FROM = {
    "visit_on": J.NOTIFIED, "notice_number": J.NOTIFIED, "recorded_by_id": J.RECORDED,
    "result": J.CONCLUDED, "concluded_on": J.CONCLUDED, "told_at": J.TOLD, "published_on": J.PUBLISHED,
}


@pytest.mark.parametrize("column", FILLED_FROM)
def test_no_state_is_reached_without_its_column(column):
    refused(FILLED_FROM[column], **{column: None})


@pytest.mark.parametrize("column", FILLED_FROM)
def test_the_last_state_keeps_every_column(column):
    refused(J.PUBLISHED, **{column: None})


@pytest.mark.parametrize("changes", [
    {"visit_on": TODAY}, {"notice_number": "X"}, {"result": R.NO_ISSUE}, {"concluded_on": TODAY},
    {"published_on": TODAY}])
def test_no_column_is_filled_before_its_state(changes):
    refused(J.DRAWN, **changes)


@pytest.mark.parametrize("status", sorted(set(J) - {J.DRAWN}))
def test_a_state_cannot_be_jumped_to(status):
    refused(J.DRAWN, status=status)


@pytest.mark.parametrize("column", ["first_officer_id", "second_officer_id", "draw_id", "license_id",
                                    "organization_id", "reference", "created_at"])
def test_an_inspection_is_whole(column):
    made = make_inspection()
    statement = db.update(Inspection).where(Inspection.id == made.inspection.id).values({column: None})
    with pytest.raises(IntegrityError):
        db.session.execute(statement)


def test_a_pair_are_two_people():
    made = make_inspection()
    made.inspection.second_officer = made.inspection.first_officer
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_writer_of_the_record_cannot_have_concluded():
    made = make_inspection(J.CONCLUDED)
    made.inspection.concluded_by_id = made.inspection.recorded_by_id
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_two_who_act_at_once_cannot_both():
    inspection = make_inspection().inspection
    db.session.execute(db.update(Inspection).values(version=Inspection.version + 1),
                       execution_options={"synchronize_session": False})
    inspection.facts = "Another story."
    with pytest.raises(StaleDataError):
        db.session.flush()


@pytest.mark.parametrize(("answer", "breach"), [("Y", False), ("NA", False), ("N", True)])
def test_a_breach_is_an_item_not_complied_with(answer, breach):
    made = make_inspection(J.NOTIFIED)
    assert not made.inspection.has_breach
    made.record(answer)
    assert made.inspection.has_breach is breach


def test_the_holder_is_party_to_its_inspection():
    made = make_inspection()
    assert made.inspection.party_organization_ids == {made.license.organization_id}
    assert made.inspection.party_ids == made.inspection.barred_ids == frozenset()
