from datetime import date, timedelta

import pytest

from broker_admin.exams import retakes
from broker_admin.refusals import Refused
from broker_admin.rules.regime import regime_on

DAY = date(2026, 11, 23)
EXAM = regime_on(DAY).exam


def test_a_first_attempt_is_free():
    retakes.check(DAY, [], EXAM)
    assert EXAM.retake_days == 30


@pytest.mark.parametrize("days", [0, 1, 29, -1, -29])
def test_two_attempts_lie_thirty_days_apart(days):
    with pytest.raises(Refused, match="30 days"):
        retakes.check(DAY, [DAY - timedelta(days=days)], EXAM)


@pytest.mark.parametrize("days", [30, 31, -30])
def test_thirty_days_apart_is_enough(days):
    retakes.check(DAY, [DAY - timedelta(days=days)], EXAM)
    assert EXAM.attempts_per_year == 4


def test_a_fifth_attempt_in_a_year_is_refused():
    sat = [date(2026, month, 1) for month in (1, 3, 5, 7)]
    with pytest.raises(Refused, match="4 times"):
        retakes.check(DAY, sat, EXAM)
    retakes.check(date(2027, 1, 10), sat, EXAM)


@pytest.mark.parametrize(("born", "old_enough"), [
    (date(2008, 11, 23), True), (date(2008, 11, 24), False), (date(1950, 1, 1), True), (None, False)])
def test_only_adults_sit_the_exam(born, old_enough):
    if old_enough:
        retakes.check_age(born, DAY, EXAM)
    else:
        with pytest.raises(Refused, match="18 or older"):
            retakes.check_age(born, DAY, EXAM)
    assert EXAM.least_age == 18
