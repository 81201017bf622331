from collections import Counter

import pytest
from sqlalchemy import select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.demo import inspections
from broker_admin.rules.calendar import SHIPPED
from broker_admin.supervision.inspection_workflow import CONCLUDED, InspectionResult
from broker_admin.supervision.inspection_workflow import DrawStatus as D
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.supervision.models import Draw, Inspection, Rectification
from tests.conftest import NOON

TODAY = day_of(NOON)


@pytest.fixture
def visits(app):
    return db.session.scalars(select(Inspection).order_by(Inspection.id)).all()


@pytest.fixture
def orders(app):
    return db.session.scalars(select(Rectification).order_by(Rectification.id)).all()


def test_a_draw_was_made_in_every_year(app):
    draws = db.session.scalars(select(Draw).where(Draw.status == D.DRAWN)).all()
    assert {draw.plan.year for draw in draws} >= {2025, 2026}


def test_every_inspection_was_drawn(visits):
    assert visits
    assert all(visit.draw.status is D.DRAWN for visit in visits)


def test_two_different_officers_go_to_every_place(visits):
    assert all(len(visit.officer_ids) == 2 for visit in visits)


def test_nobody_concludes_what_they_recorded(visits):
    concluded = [visit for visit in visits if visit.status in CONCLUDED]
    assert concluded
    assert all(visit.concluded_by_id != visit.recorded_by_id for visit in concluded)


def test_inspections_end_in_several_results(visits):
    results = {visit.result for visit in visits if visit.result}
    assert results >= {InspectionResult.NO_ISSUE, InspectionResult.RECTIFY, InspectionResult.CASE}


def test_visits_are_made_on_working_days(visits):
    days = [visit.visit_on for visit in visits if visit.visit_on]
    assert days
    assert all(SHIPPED.is_working(day) for day in days)


def test_no_record_is_older_than_its_visit(visits):
    recorded = [visit for visit in visits if visit.recorded_at]
    assert all(day_of(visit.recorded_at) >= visit.visit_on for visit in recorded)


def test_only_published_inspections_have_their_day(visits):
    for visit in visits:
        assert (visit.published_on is not None) is (visit.status is J.PUBLISHED)


def test_an_order_follows_every_breach(visits, orders):
    known = {order.reference for order in orders}
    found = [visit for visit in visits if visit.result is InspectionResult.RECTIFY]
    assert found
    assert {visit.follow_up for visit in found} <= known


def test_orders_stand_at_every_stage(orders):
    assert Counter(order.status for order in orders).keys() == set(Z)


def test_no_order_lies_ahead_of_today(orders):
    assert all(order.ordered_on <= TODAY for order in orders)


def test_an_overdue_order_was_never_answered_in_time(orders):
    overdue = [order for order in orders if order.status is Z.OVERDUE]
    assert overdue
    assert all(order.ordered_on < TODAY for order in overdue)


@pytest.mark.parametrize("course", sorted({course for _, course in inspections._ORDERS}))
def test_every_course_of_an_order_is_a_table(course):
    assert course in inspections._COURSES


@pytest.mark.parametrize(("days", "stage", "result"), inspections._RECENT)
def test_recent_visits_have_time_to_get_where_they_are(days, stage, result):
    steps = inspections._STEPS[:list(J).index(stage)]
    needed = sum(days for days, _ in steps)
    assert needed * 7 / 5 <= days
    assert result in InspectionResult


def test_the_steps_lead_through_the_states_in_order():
    names = [step.__name__ for _, step in inspections._STEPS]
    assert names == ["_notify", "_record", "_conclude", "_tell", "_publish"]
    assert len(names) == len(J) - 1
