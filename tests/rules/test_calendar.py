from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.rules.calendar import SHIPPED, WorkingCalendar, YearNotice, parse_notice

DAYS = st.dates(date(2022, 1, 1), date(2030, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_shipped_year_has_its_published_working_days(year, working_days):
    assert SHIPPED.count_working(date(year, 1, 1), date(year, 12, 31)) == working_days


@pytest.mark.parametrize(("text", "working"), [
    ("2026-09-30", True),
    ("2026-10-01", False),  # National Day
    ("2026-10-07", False),  # bridge day
    ("2026-10-10", True),  # Saturday, worked
    ("2026-10-11", False),  # Sunday
    ("2026-02-14", True),  # Saturday before Spring Festival, worked
    ("2025-01-26", True),  # Sunday, worked
    ("2024-02-09", True),  # the eve was no holiday before 2025
    ("2025-01-28", False),  # since 2025 it is
])
def test_each_kind_of_day_is_known(text, working):
    assert SHIPPED.is_working(day(text)) is working


@pytest.mark.parametrize(("year", "provisional"), [
    (1999, True), (2023, True), (2024, False), (2025, False), (2026, False), (2027, True),
    (2041, True),
])
def test_only_years_with_a_notice_are_certain(year, provisional):
    assert SHIPPED.is_provisional(date(year, 6, 1)) is provisional


def test_every_shipped_year_names_its_source():
    assert all("国办发明电" in notice.source for notice in SHIPPED.notices)


def test_before_the_first_notice_only_weekends_are_known():
    SHIPPED.is_working(day("1999-01-01"))

    assert SHIPPED.is_working(day("2023-10-02"))
    assert not SHIPPED.is_working(day("2023-10-01"))
    assert SHIPPED.count_working(day("2023-01-01"), day("2023-12-31")) == 260
    assert SHIPPED.count_working(day("2021-01-01"), day("2021-01-01")) == 1


@pytest.mark.parametrize(("start", "expected"), [
    ("2026-09-30", "2026-09-30"),
    ("2026-10-01", "2026-10-08"),
    ("2026-10-10", "2026-10-10"),
    ("2026-12-31", "2026-12-31"),
    ("2027-01-01", "2027-01-04"),
])
def test_the_next_working_day_may_be_today(start, expected):
    assert SHIPPED.next_working(day(start)) == day(expected)


@pytest.mark.parametrize(("start", "amount", "expected"), [
    ("2026-09-30", 0, "2026-09-30"),
    ("2026-10-01", 0, "2026-10-01"),
    ("2026-09-30", 1, "2026-10-08"),
    ("2026-10-08", -1, "2026-09-30"),
    ("2026-10-05", -1, "2026-09-30"),
    ("2025-12-31", 1, "2026-01-04"),
    ("2026-01-04", -1, "2025-12-31"),
    ("2024-01-02", 500, "2026-01-05"),
    ("2026-01-05", -500, "2024-01-02"),
])
def test_working_days_are_added_across_years(start, amount, expected):
    assert SHIPPED.add_working(day(start), amount) == day(expected)


def test_crossed_days_hold_no_working_day():
    assert SHIPPED.count_working(day("2026-10-09"), day("2026-10-08")) == 0


@given(DAYS, DAYS)
def test_counting_agrees_with_asking_every_day(one, other):
    first, last = sorted((one, other))
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))

    assert SHIPPED.count_working(first, last) == sum(map(SHIPPED.is_working, days))


@given(DAYS, st.integers(1, 400))
def test_adding_and_taking_away_meet_again(start, amount):
    later = SHIPPED.add_working(start, amount)

    assert SHIPPED.is_working(later)
    assert SHIPPED.count_working(start + timedelta(days=1), later) == amount
    assert SHIPPED.add_working(later, -amount) <= start


def test_an_imported_notice_makes_its_year_certain():
    notice = parse_notice(
        'year = 2027\nsource = "n"\noff_weekdays = [2027-02-09]\nwork_weekends = [2027-02-20]'
    )
    calendar = SHIPPED.with_notice(notice)

    assert not calendar.is_provisional(day("2027-02-09"))
    assert not calendar.is_working(day("2027-02-09"))
    assert calendar.is_working(day("2027-02-20"))
    assert SHIPPED.is_working(day("2027-02-09"))


def test_a_second_notice_replaces_the_first():
    emptied = YearNotice(2026, frozenset({day("2026-03-02")}), frozenset(), "corrected")
    calendar = SHIPPED.with_notice(emptied)

    assert [notice.year for notice in calendar.notices] == [2024, 2025, 2026]
    assert calendar.is_working(day("2026-10-01"))
    assert not calendar.is_working(day("2026-03-02"))


def test_calendars_with_equal_notices_are_equal():
    SHIPPED.count_working(day("2026-01-01"), day("2029-01-01"))

    assert WorkingCalendar(SHIPPED.notices) == SHIPPED
    assert hash(WorkingCalendar(SHIPPED.notices)) == hash(SHIPPED)
