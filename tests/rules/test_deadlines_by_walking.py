"""A hundred thousand made-up limits, each reckoned a second time by walking from day to day.

The walker shares nothing with the code that it checks: not the calendar, not the arithmetic.
"""

import random
from datetime import date, timedelta

from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.deadlines import Deadline, Extension, Limit, Stop, Unit

CASES = 100_000
DAY = timedelta(days=1)

# Typed again from the notices of the State Council; 2027 from the statute alone.
DAYS_OFF = """
2024 0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007
2025 0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008
2026 0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925
2026 1001 1002 1005 1006 1007
2027 0101 0205 0208 0405 0609 0915 1001
"""
WORKED = """
2024 0204 0218 0407 0428 0511 0914 0929 1012
2025 0126 0208 0427 0928 1011
2026 0104 0214 0228 0509 0920 1010
"""


def listed(table: str) -> set[date]:
    rows = (line.split() for line in table.strip().splitlines())
    return {
        date(int(year), int(day[:2]), int(day[2:])) for year, *days in rows for day in days
    }


def rest_days() -> set[int]:
    off, worked = listed(DAYS_OFF), listed(WORKED)
    rest, day = set(), date(2023, 12, 1)
    while day < date(2029, 1, 1):
        if day in off or (day.weekday() in (5, 6) and day not in worked):
            rest.add(day.toordinal())
        day += DAY
    return rest


REST = rest_days()


def days_of_months(start: int, months: int) -> int:
    """How many steps it takes to the same day of a later month, or to that month's last day."""
    begin = day = date.fromordinal(start)
    passed = 0
    while passed < months or (day.day != begin.day and (day + DAY).day != 1):
        day += DAY
        if day.day == 1:
            passed += 1
    return (day - begin).days


def walk(start: int, parts: list[tuple[int, str]], stops: list[tuple[int, int | None]]):
    """The last day as a day number, or None where the walk comes to an open stop."""
    held = {day for first, last in stops if last for day in range(first, last + 1)}
    barrier = min((first for first, last in stops if last is None), default=10**9)
    day = start
    for amount, unit in parts:
        left = days_of_months(day, amount) if unit == "M" else amount
        while left:
            day += 1
            if day >= barrier:
                return None
            if day not in held and not (unit == "WD" and day in REST):
                left -= 1
    while day in REST or day in held:
        day += 1
    return None if day >= barrier else day


def made_up_part(chance: random.Random) -> tuple[int, str]:
    unit = chance.choice(["WD", "WD", "CD", "M"])
    return chance.randint(1, {"WD": 45, "CD": 90, "M": 6}[unit]), unit


def made_up_stop(chance: random.Random, start: int) -> tuple[int, int | None]:
    first = start + chance.randint(-15, 90)
    return first, None if chance.random() < 0.1 else first + chance.randint(0, 25)


def made_up_case(chance: random.Random):
    start = chance.randint(date(2024, 1, 1).toordinal(), date(2026, 12, 31).toordinal())
    parts = [made_up_part(chance) for _ in range(chance.choice([1, 1, 1, 2, 3]))]
    stops = [made_up_stop(chance, start) for _ in range(chance.choice([0, 0, 1, 1, 2, 4]))]
    return start, parts, stops


def reckoned(start: int, parts: list[tuple[int, str]], stops: list[tuple[int, int | None]]):
    (amount, unit), *added = parts
    begin = date.fromordinal(start)
    deadline = Deadline(
        Limit("made_up", amount, Unit(unit)),
        begin,
        tuple(
            Stop("hearing", date.fromordinal(first), last and date.fromordinal(last))
            for first, last in stops
        ),
        tuple(Extension(more, Unit(kind), begin) for more, kind in added),
    )
    due = deadline.due(SHIPPED)
    return due and due.toordinal()


def test_a_hundred_thousand_limits_end_where_walking_ends():
    chance = random.Random(20260415)  # noqa: S311 (made-up cases, the same in every run)
    open_ends = 0
    for _ in range(CASES):
        case = made_up_case(chance)
        expected = walk(*case)
        assert reckoned(*case) == expected, case
        open_ends += expected is None

    assert CASES // 50 < open_ends < CASES // 5
