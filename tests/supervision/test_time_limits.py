from datetime import date

import pytest

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.regime import regime_on
from broker_admin.supervision.models import AnnualReview
from broker_admin.supervision.time_limits import objection, window, year_to_report
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
