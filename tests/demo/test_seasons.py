from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from broker_admin.clock import day_of, start_of
from broker_admin.demo import history, seasons
from broker_admin.rules.calendar import SHIPPED
from tests.conftest import NOON

OPENING = start_of(history.FIRST_DAY) + timedelta(hours=9)
PLANS = history.plans(NOON, "")
PAST = seasons.past(OPENING, NOON, "")
STAFFED = seasons.staffed(PAST, PLANS)
# As long as a candidate must wait before the same subject.
RETAKE = timedelta(days=30)


def test_seasons_are_numbered_in_their_order():
    assert [season.number for season in PAST] == list(range(len(PAST)))
    assert [season.opens for season in PAST] == sorted(season.opens for season in PAST)


@pytest.mark.parametrize("season", PAST, ids=lambda season: str(day_of(season.opens)))
def test_exams_are_held_on_working_days(season):
    assert SHIPPED.is_working(day_of(season.opens))


def test_seasons_lie_far_enough_apart():
    assert all(after.opens - before.opens > RETAKE for before, after in pairwise(PAST))


def test_everybody_planned_sits_exactly_once():
    sitting = [index for season in STAFFED for index in season.staff]
    assert sorted(sitting) == sorted(index for plan in PLANS for index in plan.people)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.firm.mailbox)
def test_results_are_out_before_the_firm_begins(plan):
    season = next(season for season in STAFFED if plan.people[0] in season.staff)
    assert season.released < plan.begins


def test_no_season_is_larger_than_its_room():
    assert max(len(season.staff) + len(season.candidates) for season in STAFFED) <= 120


def test_no_two_seasons_share_a_candidate():
    numbers = [number for season in PAST for number in season.candidates]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("day", [
    NOON, datetime(2026, 2, 18, 1, tzinfo=UTC), datetime(2027, 10, 2, 22, tzinfo=UTC)])
def test_there_is_a_life_for_every_state_of_a_sitting(day):
    assert len(seasons.around(day, 9, "")) == 6


@pytest.mark.parametrize("day", [
    NOON, datetime(2026, 5, 1, 1, tzinfo=UTC), datetime(2028, 1, 30, 22, tzinfo=UTC)])
def test_firms_find_a_season_whatever_today_is(day):
    found = seasons.staffed(seasons.past(OPENING, day, ""), history.plans(day, ""))
    assert sum(len(season.staff) for season in found) >= 300
