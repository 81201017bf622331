from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.counting import add_months, advance, count, go_back, roll
from broker_admin.rules.limits import Unit


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("start", "months", "expected"), [
    ("2026-01-31", 1, "2026-02-28"),
    ("2024-01-31", 1, "2024-02-29"),
    ("2026-11-30", 1, "2026-12-30"),
    ("2026-11-30", 2, "2027-01-30"),
    ("2026-12-15", 12, "2027-12-15"),
    ("2026-03-31", -1, "2026-02-28"),
    ("2026-01-15", -1, "2025-12-15"),
    ("2026-01-15", -13, "2024-12-15"),
    ("2026-06-30", 0, "2026-06-30"),
])
def test_months_end_on_the_same_day_or_the_last(start, months, expected):
    assert add_months(day(start), months) == day(expected)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-300, 300))
def test_months_are_added_in_one_step_or_many(start, months):
    later = add_months(start, months)

    assert (later.year - start.year) * 12 + later.month - start.month == months
    assert later.day <= start.day


def test_counting_leaves_the_first_day_out():
    assert count(SHIPPED, day("2026-10-12"), day("2026-10-19"), Unit.WD) == 5
    assert count(SHIPPED, day("2026-10-12"), day("2026-10-19"), Unit.CD) == 7
    assert count(SHIPPED, day("2026-10-19"), day("2026-10-12"), Unit.CD) == 0


@pytest.mark.parametrize(("unit", "expected"), [
    (Unit.WD, "2026-10-23"), (Unit.CD, "2026-10-19"), (Unit.M, "2027-03-14"),
])
def test_advancing_skips_a_stop_of_two_days(unit, expected):
    stops = [(day("2026-10-14"), day("2026-10-15"))]
    amount = {Unit.WD: 7, Unit.CD: 5, Unit.M: 5}[unit]

    assert advance(SHIPPED, day("2026-10-12"), amount, unit, stops) == day(expected)


def test_advancing_halts_at_an_open_stop():
    stops = [(day("2026-10-14"), None)]

    assert advance(SHIPPED, day("2026-10-12"), 1, Unit.CD, stops) == day("2026-10-13")
    assert advance(SHIPPED, day("2026-10-12"), 2, Unit.CD, stops) is None


@pytest.mark.parametrize(("amount", "unit", "expected"), [
    (7, Unit.WD, "2026-09-28"), (7, Unit.CD, "2026-10-06"), (2, Unit.M, "2026-08-13"),
])
def test_going_back_leaves_the_event_out(amount, unit, expected):
    assert go_back(SHIPPED, day("2026-10-13"), amount, unit) == day(expected)


def test_a_last_day_rolls_past_holidays_and_stops():
    stop = (day("2026-10-08"), day("2026-10-10"))

    assert roll(SHIPPED, day("2026-10-02"), []) == day("2026-10-08")
    assert roll(SHIPPED, day("2026-10-02"), [stop]) == day("2026-10-12")
    assert roll(SHIPPED, day("2026-10-02"), [(stop[0], None)]) is None
    assert roll(SHIPPED, day("2026-10-12"), [stop]) == day("2026-10-12")
