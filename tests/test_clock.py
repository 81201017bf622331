import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from broker_admin.clock import GUANGDONG, at, day_of, now, start_of

HALF_PAST_MIDNIGHT = datetime(2026, 11, 22, 0, 30, tzinfo=GUANGDONG)


def test_now_is_aware_and_in_utc():
    before, moment, after = datetime.now(UTC), now(), datetime.now(UTC)

    assert moment.utcoffset() == timedelta(0)
    assert before <= moment <= after


@pytest.mark.parametrize(("moment", "day"), [
    (HALF_PAST_MIDNIGHT, date(2026, 11, 22)),
    (datetime(2026, 11, 21, 16, 30, tzinfo=UTC), date(2026, 11, 22)),
    (datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC), date(2026, 11, 21)),
    (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    (datetime(2026, 11, 21, 12, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 11, 22)),
])
def test_days_are_those_of_guangdong(moment, day):
    assert day_of(moment) == day


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 11, 22), date(2027, 1, 1)])
def test_a_day_begins_at_midnight_in_guangdong(day):
    assert start_of(day) == datetime(day.year, day.month, day.day, tzinfo=GUANGDONG)
    assert start_of(day).utcoffset() == timedelta(0)
    assert day_of(start_of(day)) == day
    assert day_of(start_of(day) - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_the_clock_stands_at_a_given_moment():
    with at(HALF_PAST_MIDNIGHT):
        assert now() == HALF_PAST_MIDNIGHT
        assert now().utcoffset() == timedelta(0)
        assert day_of(now()) == date(2026, 11, 22)

    assert now() != HALF_PAST_MIDNIGHT


def test_moments_within_moments_are_undone_in_turn():
    later = HALF_PAST_MIDNIGHT + timedelta(days=1)

    with at(HALF_PAST_MIDNIGHT):
        with at(later):
            assert now() == later
        assert now() == HALF_PAST_MIDNIGHT


def test_the_clock_runs_again_after_an_error():
    with pytest.raises(KeyError), at(HALF_PAST_MIDNIGHT):
        raise KeyError

    assert now() != HALF_PAST_MIDNIGHT


def test_another_thread_keeps_its_own_clock():
    seen: list[datetime] = []
    with at(HALF_PAST_MIDNIGHT):
        thread = threading.Thread(target=lambda: seen.append(now()))
        thread.start()
        thread.join()

    assert seen[0] != HALF_PAST_MIDNIGHT
