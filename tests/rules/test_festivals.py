from datetime import date, timedelta

import pytest

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.festivals import provisional_notice, statutory_holidays


def test_the_statutory_holidays_of_2027_are_thirteen():
    assert [f"{day:%m-%d %a}" for day in statutory_holidays(2027)] == [
        "01-01 Fri", "02-05 Fri", "02-06 Sat", "02-07 Sun", "02-08 Mon", "04-05 Mon",
        "05-01 Sat", "05-02 Sun", "06-09 Wed", "09-15 Wed",
        "10-01 Fri", "10-02 Sat", "10-03 Sun",
    ]


def test_a_provisional_year_has_holidays_but_no_worked_weekends():
    notice = provisional_notice(2027)

    assert notice.provisional
    assert not notice.work_weekends
    assert sorted(f"{day:%m-%d}" for day in notice.off_weekdays) == [
        "01-01", "02-05", "02-08", "04-05", "06-09", "09-15", "10-01",
    ]


@pytest.mark.parametrize(("year", "holidays"), [
    (2028, 12),  # Mid-autumn falls on 3 October
    (2031, 12),  # and on 1 October
    (2039, 12),  # and on 2 October
    (2040, 13),
    (2041, 6),  # beyond the table: only the fixed days
])
def test_festivals_that_coincide_are_one_day(year, holidays):
    assert len(statutory_holidays(year)) == holidays


@pytest.mark.parametrize("year", range(2027, 2041))
def test_the_moving_festivals_keep_their_distances(year):
    eve = next(day for day in statutory_holidays(year) if day > date(year, 1, 1))
    new_year = eve + timedelta(days=1)
    rest = [day for day in statutory_holidays(year) if day > new_year + timedelta(days=2)]
    dragon_boat = next(day for day in rest if day > date(year, 5, 2))
    mid_autumn = [day for day in rest if date(year, 9, 1) < day][:4]

    assert date(year, 1, 21) <= new_year <= date(year, 2, 21)
    assert rest[0] in {date(year, 4, 4), date(year, 4, 5), date(year, 4, 6)}
    # Four lunar months lie between the two, five when one is doubled (29 or 30 days each).
    assert (dragon_boat - new_year).days in range(120, 154)
    assert any((day - dragon_boat).days in range(97, 130) for day in mid_autumn)


def test_a_provisional_year_calls_on_the_calendar_for_it():
    assert SHIPPED.notice(2027) == provisional_notice(2027)
