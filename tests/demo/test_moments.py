from datetime import UTC, date, timedelta

import pytest

from broker_admin.clock import GUANGDONG, day_of, start_of
from broker_admin.demo.moments import later, working


@pytest.mark.parametrize(("day", "days", "expected"), [
    (date(2026, 9, 30), 1, date(2026, 10, 8)), (date(2026, 2, 13), 1, date(2026, 2, 14)),
    (date(2026, 11, 20), 1, date(2026, 11, 23)), (date(2026, 11, 20), 0, date(2026, 11, 20)),
    (date(2026, 11, 20), 5, date(2026, 11, 27)), (date(2024, 2, 9), 1, date(2024, 2, 18)),
    (date(2026, 11, 21), 0, date(2026, 11, 23)), (date(2026, 10, 1), 0, date(2026, 10, 8)),
])
def test_offices_are_closed_on_days_off(day, days, expected):
    assert day_of(working(start_of(day), days)) == expected


@pytest.mark.parametrize(("hour", "minute"), [(9, 0), (10, 30), (16, 45)])
def test_the_hour_is_that_of_guangdong(hour, minute):
    moment = working(start_of(date(2026, 11, 20)), 1, hour, minute).astimezone(GUANGDONG)
    assert (moment.hour, moment.minute) == (hour, minute)


def test_an_hour_in_the_evening_counts_for_its_own_day():
    evening = start_of(date(2026, 11, 20)) + timedelta(hours=23)
    assert day_of(working(evening, 0)) == date(2026, 11, 20)


def test_calendar_days_are_just_counted():
    assert day_of(later(start_of(date(2026, 9, 30)), 3)) == date(2026, 10, 3)


@pytest.mark.parametrize("days", [-42, -1, 0, 30])
def test_days_may_be_counted_back(days):
    day = date(2026, 3, 2)
    assert day_of(later(start_of(day), days)) == day + timedelta(days=days)


@pytest.mark.parametrize("moment", [working, later])
def test_moments_are_kept_in_universal_time(moment):
    assert moment(start_of(date(2026, 11, 20)), 1).tzinfo is UTC
