from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.rules.limits import Unit
from broker_admin.rules.stops import Extension, Stop, merged


def stop(first: int, last: int | None) -> Stop:
    return Stop("hearing", date(2026, 10, first), last and date(2026, 10, last))


def october(first: int, last: int | None) -> tuple[date, date | None]:
    return date(2026, 10, first), last and date(2026, 10, last)


@pytest.mark.parametrize(("stops", "expected"), [
    ([], []),
    ([(1, 3)], [(1, 3)]),
    ([(5, 6), (1, 3)], [(1, 3), (5, 6)]),
    ([(1, 3), (4, 6)], [(1, 6)]),
    ([(1, 9), (4, 6)], [(1, 9)]),
    ([(1, 3), (3, None)], [(1, None)]),
    ([(1, None), (5, 6)], [(1, None)]),
    ([(1, 3), (5, None)], [(1, 3), (5, None)]),
])
def test_stops_that_touch_are_made_one(stops, expected):
    assert merged(stop(*ends) for ends in stops) == [october(*ends) for ends in expected]


@given(st.lists(st.tuples(st.integers(1, 31), st.integers(0, 5)), max_size=6))
def test_merging_keeps_every_stopped_day(starts):
    stops = [stop(first, min(31, first + length)) for first, length in starts]
    days = [date(2026, 10, day) for day in range(1, 32)]
    intervals = merged(stops)

    for day in days:
        inside = sum(began <= day <= (ended or day) for began, ended in intervals)
        assert inside == any(stop.covers(day) for stop in stops)


def test_an_open_stop_covers_everything_after_it_began():
    assert stop(5, None).covers(date(2030, 1, 1))
    assert not stop(5, None).covers(date(2026, 10, 4))


def test_closing_a_stop_leaves_a_closed_one_alone():
    assert stop(5, 7).closed(date(2026, 10, 20)) == stop(5, 7)
    assert stop(5, None).closed(date(2026, 10, 20)) == stop(5, 20)
    assert stop(5, None).closed(date(2026, 10, 1)) == stop(5, 5)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_extension_by_nothing_is_an_error(amount):
    with pytest.raises(ValueError, match="at least 1"):
        Extension(amount, Unit.WD, date(2026, 10, 1))


def test_an_extension_by_one_day_is_one():
    assert Extension(1, Unit.WD, date(2026, 10, 1)).amount == 1
