from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from broker_admin.audit.queries import history
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.supervision import inspecting
from broker_admin.supervision.inspecting import Found
from broker_admin.supervision.inspection_workflow import InspectionResult
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.models import Rectification
from broker_admin.workflow import TransitionRefused
from tests.factories import make_user
from tests.supervision.factories import JUNE, make_inspection


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize("status", list(J))
def test_every_state_can_be_reached(status):
    made = make_inspection(status)
    db.session.commit()
    assert made.inspection.status is status


def test_only_the_pair_may_act():
    made = make_inspection()
    third = next(o for o in made.officers if o.id not in made.inspection.officer_ids)
    for actor in (third, make_user(Role.ENFORCEMENT_OFFICER), made.planner, made.holder):
        with pytest.raises(TransitionRefused):
            inspecting.notify(made.inspection, visit_on=day_of(JUNE), actor=actor, at=JUNE)


def test_a_visit_is_not_announced_for_the_past():
    made = make_inspection()
    with pytest.raises(Refused, match="has passed"):
        inspecting.notify(made.inspection, visit_on=day_of(JUNE) - timedelta(days=1), at=JUNE,
                          actor=made.inspection.first_officer)


def test_a_visit_is_recorded_on_its_day():
    made = make_inspection(J.NOTIFIED)
    made.inspection.visit_on = day_of(JUNE) + timedelta(days=2)
    with pytest.raises(Refused, match="2026-06-10"):
        made.record()


@pytest.mark.parametrize("found", [
    {}, {"I01": Found("Y")}, {"I01": Found("Y"), "I07": Found("N", " ")},
    {"I01": Found("Y"), "I07": Found("maybe")},
    {"I01": Found("Y"), "I07": Found("Y"), "I10": Found("Y")},
])
def test_every_item_needs_its_finding(found):
    made = make_inspection(J.NOTIFIED)
    with pytest.raises(Refused):
        inspecting.record_visit(made.inspection, found=found, facts="x", at=made.at,
                                actor=made.inspection.first_officer)
    assert made.inspection.status is J.NOTIFIED


def test_the_writer_of_the_record_does_not_conclude():
    made = make_inspection(J.RECORDED)
    with pytest.raises(TransitionRefused):
        inspecting.conclude(made.inspection, result=InspectionResult.NO_ISSUE, conclusion="x", at=made.at,
                            actor=made.inspection.first_officer)


def test_the_database_knows_the_two_people_rule():
    made = make_inspection(J.CONCLUDED)
    made.inspection.concluded_by_id = made.inspection.recorded_by_id
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_no_issue_contradicts_a_breach():
    made = make_inspection(J.NOTIFIED)
    made.record("N")
    with pytest.raises(Refused, match="not complied with"):
        made.conclude()


@pytest.mark.parametrize(("result", "codes"), [
    (InspectionResult.CASE, ()), (InspectionResult.NO_ISSUE, ("C01",)), (InspectionResult.RECTIFY, ("C01",)),
])
def test_conduct_is_named_for_cases_only(result, codes):
    made = make_inspection(J.RECORDED)
    with pytest.raises(Refused, match="conduct"):
        made.conclude(result, codes)


FOLLOWED_UP = {InspectionResult.RECTIFY, InspectionResult.CASE}


@pytest.mark.parametrize("result", sorted(set(InspectionResult) - FOLLOWED_UP))
def test_other_results_have_no_follow_up(result):
    made = make_inspection(J.RECORDED)
    made.conclude(result)
    made.tell()
    assert (made.inspection.follow_up, made.inspection.result) == (None, result)


def test_telling_orders_the_rectification():
    made = make_inspection(J.RECORDED)
    made.conclude(InspectionResult.RECTIFY)
    assert db.session.scalars(select(Rectification)).all() == []
    made.tell()
    order = db.session.scalars(select(Rectification)).one()
    assert made.inspection.follow_up == order.reference
    assert (order.source, order.demands) == (made.inspection.reference, "Keep records.")


def test_telling_opens_the_case():
    made = make_inspection(J.RECORDED)
    made.conclude(InspectionResult.CASE, ("C04", "C01"))
    made.tell()
    case = db.session.scalars(select(Case)).one()
    assert (made.inspection.follow_up, case.source) == (case.reference, made.inspection.reference)
    assert case.conduct_codes == ["C01", "C04"]


def test_a_recused_officer_is_replaced_by_the_next():
    made = make_inspection()
    before = made.inspection.officer_ids
    third = next(o for o in made.officers if o.id not in before)
    leaving = made.inspection.first_officer_id
    inspecting.recuse(made.inspection, leaving, reason="A cousin.", actor=made.planner, at=made.at)
    assert made.inspection.officer_ids == (before - {leaving}) | {third.id}


def test_a_pool_can_run_out_of_officers():
    made = make_inspection(officers=2)
    with pytest.raises(Refused, match="No other officer"):
        inspecting.recuse(made.inspection, made.inspection.first_officer_id, reason="x",
                          actor=made.planner, at=made.at)


def test_officers_are_not_replaced_after_the_notice():
    made = make_inspection(J.NOTIFIED)
    with pytest.raises(TransitionRefused):
        inspecting.recuse(made.inspection, made.inspection.first_officer_id, reason="x",
                          actor=made.planner, at=made.at)


def test_every_step_is_in_the_history():
    made = make_inspection(J.PUBLISHED)
    db.session.commit()
    names = [entry.name.removeprefix("inspection.") for entry in history(made.inspection.reference)]
    assert names == ["drawn", "notified", "recorded", "concluded", "told", "published"]
