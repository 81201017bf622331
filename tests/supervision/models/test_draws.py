import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from broker_admin.db import db
from broker_admin.supervision.inspection_workflow import DrawStatus as D
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.models import Draw, InspectionPlan
from tests.supervision.factories import JUNE, MadeInspection, make_inspection


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def refused(thing, **changes):
    for column, value in changes.items():
        setattr(thing, column, value)
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("changes", [
    {"seed": "0" * 64}, {"drawn_at": JUNE}, {"sealed_seed": None}, {"status": D.DRAWN},
    {"pool_sha256": "abc"}, {"commitment": ""}, {"reference": None}])
def test_a_committed_draw_tells_no_lie(changes):
    refused(MadeInspection().draw, **changes)


@pytest.mark.parametrize("changes", [
    {"seed": None}, {"drawn_at": None}, {"sealed_seed": "x"}, {"status": D.COMMITTED}])
def test_a_made_draw_keeps_its_seed(changes):
    refused(MadeInspection().make().draw, **changes)


@pytest.mark.parametrize("changes", [{"number": 1}, {"reference": "same"}])
def test_the_numbers_of_draws_are_their_own(changes):
    made = MadeInspection().make()
    made.draw.reference = "same"
    kept = {"pool": {}, "pool_sha256": "0" * 64, "commitment": "0" * 64, "sealed_seed": "x",
            "committed_at": JUNE, "committed_by_id": made.planner.id, "plan_id": made.plan.id}
    db.session.add(Draw(**{"reference": "another", "number": 2, **kept, **changes}))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("column", ["reference", "year", "title", "published_at", "published_by_id"])
def test_a_plan_is_whole(column):
    refused(MadeInspection().plan, **{column: None})


def test_the_seed_cannot_be_read_before_the_draw():
    draw = MadeInspection().draw
    raw = db.session.connection().exec_driver_sql("SELECT sealed_seed FROM draw").scalar()
    assert draw.sealed_seed not in raw


def test_two_who_draw_at_once_cannot_both(app):
    draw = MadeInspection().draw
    db.session.execute(db.update(Draw).values(version=Draw.version + 1),
                       execution_options={"synchronize_session": False})
    draw.result = [{}]
    with pytest.raises(StaleDataError):
        db.session.flush()


@pytest.mark.parametrize("made", [InspectionPlan(), Draw()])
def test_nobody_outside_is_party_to_a_draw(made):
    assert made.party_ids == made.party_organization_ids == made.barred_ids == frozenset()


@pytest.mark.parametrize("status", list(J))
def test_a_draw_is_disclosed_when_all_know(status):
    assert make_inspection(status).draw.is_disclosed is (status is not J.DRAWN)


def test_a_committed_draw_is_not_disclosed():
    assert not MadeInspection().draw.is_disclosed
