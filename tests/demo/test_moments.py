from datetime import date

import pytest

from broker_admin.clock import day_of, start_of
from broker_admin.demo.moments import later, working


@pytest.mark.parametrize(("day", "days", "expected"), [
    (date(2026, 9, 30), 1, date(2026, 10, 8)), (date(2026, 2, 13), 1, date(2026, 2, 14)),
    (date(2026, 11, 20), 1, date(2026, 11, 23)), (date(2026, 11, 20), 0, date(2026, 11, 20)),
])
def test_offices_are_closed_on_days_off(day, days, expected):
    assert day_of(working(start_of(day), days)) == expected


def test_calendar_days_are_just_counted():
    assert day_of(later(start_of(date(2026, 9, 30)), 3)) == date(2026, 10, 3)
