from datetime import UTC, datetime, timedelta

import pytest

from broker_admin.accounts.housekeeping import _COUNTS
from broker_admin.accounts.limits import LIMITS, NO_WAIT, Backoff, Count, Window

BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
FIVE = Window(5, timedelta(minutes=5))
GROWING = Backoff(10, longest=timedelta(minutes=15), forgotten_after=timedelta(days=1))


def seconds(limit, number, after):
    return limit.wait(Count(number, BEGAN), BEGAN + timedelta(seconds=after)).total_seconds()


@pytest.mark.parametrize(("number", "after", "wait"), [
    (0, 0, 0), (4, 10, 0), (5, 0, 300), (5, 290, 10), (5, 300, 0), (5, 301, 0), (100, 299, 1),
])
def test_only_what_goes_beyond_a_window_waits(number, after, wait):
    assert seconds(FIVE, number, after) == wait


@pytest.mark.parametrize(("number", "after", "counted"), [
    (0, 60, (1, 60)), (1, 60, (2, 0)), (4, 299, (5, 0)), (4, 300, (1, 300)), (5, 300, (1, 300)),
])
def test_a_window_counts_from_its_first_try(number, after, counted):
    at = BEGAN + timedelta(seconds=after)
    assert FIVE.next(Count(number, BEGAN), at) == Count(
        counted[0], BEGAN + timedelta(seconds=counted[1]))


@pytest.mark.parametrize(("number", "wait"), [
    (0, 0), (1, 0), (9, 0), (10, 2), (11, 4), (12, 8), (13, 16), (14, 32), (15, 64), (16, 128),
    (17, 256), (18, 512), (19, 900), (20, 900), (100, 900), (10**6, 900),
])
def test_each_further_failure_waits_twice_as_long(number, wait):
    assert seconds(GROWING, number, 0) == wait


@pytest.mark.parametrize(("number", "after", "wait"), [(10, 1, 1), (10, 2, 0), (19, 899, 1), (19, 900, 0)])
def test_a_growing_wait_ends(number, after, wait):
    assert seconds(GROWING, number, after) == wait


@pytest.mark.parametrize("limit", [FIVE, GROWING])
def test_being_counted_late_is_no_reason_to_wait(limit):
    assert seconds(limit, 3, after=-1) == 0


@pytest.mark.parametrize(("hours", "number"), [(0, 13), (23, 13), (24, 1), (48, 1)])
def test_failures_are_forgotten_after_a_day(hours, number):
    at = BEGAN + timedelta(hours=hours)
    assert GROWING.next(Count(12, BEGAN), at) == Count(number, at)


def test_nobody_is_locked_out_for_long():
    assert max(LIMITS["sign_in account"].wait(Count(n, BEGAN), BEGAN)
               for n in range(1000)) == timedelta(minutes=15)


@pytest.mark.parametrize(("name", "most", "lasts"), [
    ("sign_in address", 10, timedelta(minutes=5)), ("sign_in everybody", 1000, timedelta(minutes=5)),
    ("reset account", 5, timedelta(days=1)), ("reset address", 20, timedelta(days=1)),
    ("confirmation account", 3, timedelta(hours=6)), ("sign_up address", 20, timedelta(hours=1)),
])
def test_the_windows_are_as_demanded(name, most, lasts):
    assert LIMITS[name] == Window(most, lasts)


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_lets_the_first_try_in(name):
    assert LIMITS[name].wait(Count(0, BEGAN), BEGAN) == NO_WAIT


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_says_what_and_by_what(name):
    assert name.split()[1] in {"account", "address", "everybody"}


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_no_count_is_swept_while_it_matters(limit):
    assert getattr(limit, "lasts", None) or limit.forgotten_after <= _COUNTS
    assert getattr(limit, "lasts", _COUNTS) <= _COUNTS
