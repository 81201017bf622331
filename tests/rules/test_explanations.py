"""Every reckoning that a page shows adds up to the day that it names."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.counting import count
from broker_admin.rules.deadlines import Deadline, Extension, Limit, Stop, Unit
from broker_admin.rules.reckoning import StepCode as C
from broker_admin.rules.stops import ONE_DAY

FIRST = date(2024, 1, 2)
SEEDS = range(60)


def made(seed):
    """A limit somewhere in 2024 to 2026, with up to two stops and perhaps an extension."""
    chance = random.Random(seed)  # noqa: S311 (made-up cases, the same in every run)
    start = FIRST + timedelta(days=chance.randrange(900))
    unit = chance.choice([Unit.WD, Unit.WD, Unit.CD])
    stops = tuple(
        Stop("expert_review", began, began + timedelta(days=chance.randrange(12)), "评审", f"{n}号")
        for n in range(chance.randrange(3))
        for began in [start + timedelta(days=chance.randrange(1, 40))])
    added = (Extension(chance.randrange(1, 11), unit, start + ONE_DAY, "疑难"),)
    return Deadline(Limit("test", chance.randrange(1, 31), unit), start, stops,
                    added if chance.random() < 0.4 else ())


def steps(deadline, *codes):
    return [step for step in deadline.explain(SHIPPED) if step.code in codes]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reckoning_ends_on_the_last_day(seed):
    deadline = made(seed)
    told = deadline.explain(SHIPPED)
    assert (told[0].code, told[0].first) == (C.START, deadline.start)
    assert [step.first for step in told if step.code is C.DUE] == [deadline.due(SHIPPED)]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_counted_is_the_limit_and_its_extensions(seed):
    deadline = made(seed)
    counted = sum(step.amount for step in steps(deadline, C.COUNTED))
    assert counted == deadline.limit.amount + sum(e.amount for e in deadline.extensions)


@pytest.mark.parametrize("seed", SEEDS)
def test_days_counted_are_the_days_between_without_the_stops(seed):
    deadline = made(seed)
    end = deadline.counted_end(SHIPPED)
    unit = deadline.limit.unit
    stood = sum(step.amount for step in steps(deadline, C.STOPPED))
    told = sum(step.amount for step in steps(deadline, C.COUNTED))
    after = sum(count(SHIPPED, max(end, step.first - ONE_DAY), step.last, unit)
                for step in steps(deadline, C.STOPPED) if step.last > end)
    assert told == count(SHIPPED, deadline.start, end, unit) - stood + after


@pytest.mark.parametrize("seed", SEEDS)
def test_no_day_stands_still_twice(seed):
    told = steps(made(seed), C.STOPPED)
    for one, other in pairwise(told):
        assert one.last < other.first


@pytest.mark.parametrize("seed", SEEDS)
def test_a_holiday_is_told_with_its_first_and_last_day_off(seed):
    for step in steps(made(seed), C.HOLIDAY):
        days = [step.first + timedelta(days=n) for n in range((step.last - step.first).days + 1)]
        assert step.amount == len(days)
        assert not any(SHIPPED.is_working(day) for day in days)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_weekend_day_that_counts_is_told_by_name(seed):
    deadline = made(seed)
    for step in steps(deadline, C.ADJUSTED_WORKDAY):
        assert step.first.weekday() >= 5
        assert SHIPPED.is_working(step.first)
        assert not deadline.is_stopped(step.first)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_day_is_told_to_roll_only_from_a_day_off(seed):
    deadline = made(seed)
    rolled, end = steps(deadline, C.ROLLED), deadline.counted_end(SHIPPED)
    assert [step.first for step in rolled] == ([end] if deadline.due(SHIPPED) != end else [])
