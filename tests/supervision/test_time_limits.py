from datetime import date, timedelta

import pytest

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.regime import regime_on
from broker_admin.supervision.inspection_workflow import RUNNING
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.supervision.models import AnnualReview, Inspection, Rectification
from broker_admin.supervision.time_limits import (
    may_extend,
    objection,
    publication,
    rectification,
    rectify_by,
    window,
    year_to_report,
)
from broker_admin.supervision.workflow import ReviewStatus as V

REGIME = regime_on(date(2026, 5, 1))


def test_a_year_is_reported_in_the_next():
    assert window(REGIME, 2025) == (date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 12, 31)])
def test_the_year_before_is_due(today):
    assert year_to_report(REGIME, today) == 2025


def objection_until(told_on):
    review = AnnualReview(status=V.PRELIMINARY, told_on=told_on, regime="guangdong/2026-04-15")
    return objection(review).due(SHIPPED)


@pytest.mark.parametrize(("told", "last"), [
    (date(2026, 3, 2), date(2026, 3, 9)),
    (date(2026, 9, 24), date(2026, 10, 9)),
    (date(2026, 2, 12), date(2026, 2, 26)),
])
def test_the_window_counts_working_days_over_holidays(told, last):
    assert SHIPPED.count_working(told, last) - SHIPPED.count_working(told, told) == 5
    assert objection_until(told) == last


@pytest.mark.parametrize("status", sorted(set(V) - {V.PRELIMINARY}))
def test_no_window_runs_in_other_states(status):
    review = AnnualReview(status=status, told_on=date(2026, 3, 2), regime="guangdong/2026-04-15")
    assert objection(review) is None


ORDERED = date(2026, 9, 24)


def order(status=Z.ISSUED, **changes):
    return Rectification(**{"status": status, "regime": "guangdong/2026-04-15", "ordered_on": ORDERED,
                            "running_from": ORDERED, **changes})


@pytest.mark.parametrize(("ordered", "last"), [
    (date(2026, 3, 2), date(2026, 3, 23)),
    (date(2026, 9, 24), date(2026, 10, 22)),
    (date(2026, 2, 12), date(2026, 3, 11)),
])
def test_an_order_runs_fifteen_working_days(ordered, last):
    assert rectify_by(order(ordered_on=ordered, running_from=ordered), SHIPPED) == last
    assert SHIPPED.count_working(ordered + timedelta(days=1), last) == 15


def test_an_extension_counts_on_from_the_end():
    extended = order(extended_on=date(2026, 10, 12), extension_reason="Parts are late.")
    assert rectify_by(extended, SHIPPED) == date(2026, 11, 12)
    assert rectification(extended, SHIPPED).explain(SHIPPED)[-1].first == date(2026, 11, 12)


def test_a_rejection_does_not_bring_back_the_extension():
    again = order(Z.REJECTED, running_from=date(2026, 11, 2), extended_on=date(2026, 10, 12))
    assert rectify_by(again, SHIPPED) == date(2026, 11, 23)


@pytest.mark.parametrize(("running_from", "last"), [
    (date(2026, 12, 1), date(2026, 12, 22)), (date(2026, 12, 2), date(2026, 12, 23)),
    (date(2026, 12, 3), date(2026, 12, 23)), (date(2026, 12, 20), date(2026, 12, 23)),
    (date(2027, 1, 20), date(2026, 12, 23)),
])
def test_ninety_days_from_the_order_bound_every_run(running_from, last):
    case = order(Z.REJECTED, running_from=running_from)
    assert rectify_by(case, SHIPPED) == last
    assert last <= ORDERED + timedelta(days=90)


def test_the_bound_explains_itself_by_its_name():
    bound = rectification(order(Z.REJECTED, running_from=date(2026, 12, 20)), SHIPPED)
    assert (bound.limit.code, bound.start) == ("rectification_longest", ORDERED)


@pytest.mark.parametrize("status", sorted(set(Z) - RUNNING))
def test_no_time_runs_for_an_order_in_other_states(status):
    assert rectification(order(status), SHIPPED) is None
    assert rectify_by(order(status), SHIPPED) is None
    assert not may_extend(order(status), SHIPPED, ORDERED)


@pytest.mark.parametrize(("today", "may"), [
    (ORDERED, True), (date(2026, 10, 22), True), (date(2026, 10, 23), False)])
def test_time_is_given_up_to_the_last_day(today, may):
    assert may_extend(order(), SHIPPED, today) is may


@pytest.mark.parametrize("changes", [
    {"extended_on": date(2026, 10, 12)},
    {"extended_on": date(2026, 10, 12), "running_from": date(2026, 11, 2)},
    {"running_from": date(2026, 12, 10)},
])
def test_no_time_is_given_twice_or_beyond_the_bound(changes):
    assert not may_extend(order(Z.REJECTED, **changes), SHIPPED, changes.get("running_from", ORDERED))


def inspected(status, **changes):
    return Inspection(status=status, regime="guangdong/2026-04-15", **changes)


def test_a_result_is_published_in_twenty_working_days():
    concluded = inspected(J.CONCLUDED, concluded_on=date(2026, 3, 2))
    assert publication(concluded).due(SHIPPED) == date(2026, 3, 30)


@pytest.mark.parametrize("inspection", [
    inspected(J.DRAWN), inspected(J.RECORDED),
    inspected(J.PUBLISHED, concluded_on=date(2026, 3, 2)),
])
def test_nothing_is_to_be_published_before_or_after(inspection):
    assert publication(inspection) is None


@pytest.mark.parametrize("year", [2024, 2025, 2027])
def test_every_year_has_its_window(year):
    assert window(REGIME, year) == (date(year + 1, 1, 1), date(year + 1, 3, 31))


def test_the_objection_runs_by_the_rules_of_its_review():
    review = AnnualReview(status=V.PRELIMINARY, told_on=date(2026, 3, 2), regime=REGIME.version)
    limit = objection(review).limit
    assert (limit.code, limit.amount) == ("review_objection", 5)
    assert limit.name("zh") == "对年度评估结果提出异议"


def test_nobody_objects_to_what_was_not_told():
    assert objection(AnnualReview(status=V.PRELIMINARY, told_on=None, regime=REGIME.version)) is None
