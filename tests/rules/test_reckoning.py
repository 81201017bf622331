from datetime import date

import pytest

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.limits import Unit
from broker_admin.rules.reckoning import Part, Step, StepCode, provisional_years, steps_of_part
from broker_admin.rules.stops import Stop


def day(text: str) -> date:
    return date.fromisoformat(text)


def told(part: Part, *stops: Stop) -> list[tuple[str, str, str, int]]:
    steps = steps_of_part(SHIPPED, part, stops)
    return [(step.code.value, f"{step.first:%m-%d}", f"{step.last:%m-%d}", step.amount)
            for step in steps]


def test_everything_between_is_told_in_the_order_of_days():
    part = Part(day("2026-09-24"), day("2026-10-15"), 10, Unit.WD)
    review = Stop("expert_review", day("2026-10-09"), day("2026-10-09"))

    assert told(part, review) == [
        ("holiday", "09-25", "09-27", 3),
        ("holiday", "10-01", "10-07", 7),
        ("stopped", "10-09", "10-09", 1),
        ("adjusted_workday", "10-10", "10-10", 0),
        ("weekends", "10-15", "10-15", 1),
        ("counted", "09-25", "10-15", 10),
    ]


def test_rest_days_within_a_stop_are_told_with_the_stop():
    part = Part(day("2026-09-29"), day("2026-10-13"), 3, Unit.WD)
    review = Stop("expert_review", day("2026-10-01"), day("2026-10-11"))

    assert told(part, review) == [
        ("stopped", "10-01", "10-11", 3),
        ("counted", "09-30", "10-13", 3),
    ]


def test_a_stop_splits_a_holiday_in_two():
    part = Part(day("2026-09-30"), day("2026-10-08"), 1, Unit.WD)
    review = Stop("expert_review", day("2026-10-03"), day("2026-10-04"))

    assert told(part, review)[:3] == [
        ("holiday", "10-01", "10-02", 2),
        ("stopped", "10-03", "10-04", 0),
        ("holiday", "10-05", "10-07", 3),
    ]


@pytest.mark.parametrize(("began", "ended"), [
    ("2026-10-01", "2026-10-12"), ("2026-10-20", "2026-10-21"),
])
def test_a_stop_outside_the_count_is_not_told(began, ended):
    part = Part(day("2026-10-12"), day("2026-10-19"), 5, Unit.WD)

    assert "stopped" not in [step[0] for step in told(part, Stop("h", day(began), day(ended)))]


def test_calendar_days_skip_nothing_but_stops():
    part = Part(day("2026-09-28"), day("2026-10-10"), 10, Unit.CD)
    hearing = Stop("hearing", day("2026-10-03"), day("2026-10-04"))

    assert told(part, hearing) == [("stopped", "10-03", "10-04", 2), ("counted", "09-29", "10-10", 10)]


def test_an_open_stop_is_told_instead_of_a_count():
    part = Part(day("2026-09-30"), None, 5, Unit.WD)

    assert told(part, Stop("hearing", day("2026-10-12"))) == [
        ("holiday", "10-01", "10-07", 7),
        ("adjusted_workday", "10-10", "10-10", 0),
        ("still_stopped", "10-12", "10-12", 0),
        ("weekends", "10-12", "10-12", 1),
    ]


def test_each_provisional_year_is_told_once():
    steps = list(provisional_years(SHIPPED, day("2025-06-01"), day("2028-01-01")))

    assert steps == [
        Step(StepCode.PROVISIONAL, date(year, 1, 1), date(year, 1, 1)) for year in (2027, 2028)
    ]
