"""When exams are held, and who sits them: before anybody can be hired there must be certificates."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from broker_admin.demo.brokers import Plan
from broker_admin.demo.examinations import Season, call_off, hold, plan_only
from broker_admin.demo.moments import later, working
from broker_admin.demo.timeline import Life

# Two people may not sit too often, so seasons lie apart.
BETWEEN = timedelta(days=100)
FIRST_AFTER = timedelta(days=50)
# Before today there is one season whose papers are marked and whose results nobody has released.
_MARKED_AGO = timedelta(days=10)
_LAST_AGO = timedelta(days=45)


def past(first: datetime, until: datetime, password_hash: str) -> list[Season]:
    """Every hundred days, up to a month and a half ago."""
    seasons: list[Season] = []
    opens = working(first + FIRST_AFTER, 1, 9)
    while opens < until - _LAST_AGO:
        seasons.append(Season(len(seasons), opens, password_hash))
        opens = working(opens + BETWEEN, 1, 9)
    return seasons


def staffed(seasons: Sequence[Season], plans: Iterable[Plan]) -> list[Season]:
    """Whoever is to be hired sits the last season whose results are out when the firm begins."""
    people: dict[int, list[int]] = {season.number: [] for season in seasons}
    for plan in plans:
        out = [season.number for season in seasons if season.released < plan.begins]
        people[out[-1]].extend(plan.people)
    return [replace(season, staff=tuple(people[season.number])) for season in seasons]


def around(until: datetime, number: int, password_hash: str) -> list[Life]:
    """One sitting in each state that a visitor may want to see today."""
    days = (working(until - _MARKED_AGO, 1, 9), working(until + timedelta(days=2), 1, 9),
            working(until + timedelta(days=33), 1, 9))
    # The latest time to begin has not passed: examinee05 may sit down and begin.
    running = Season(0, until - timedelta(minutes=12), password_hash, series="examinee")
    called_off = Season(number + len(days), later(until, 20, 9), password_hash)
    return [*(hold(Season(number + n, day, password_hash)) for n, day in enumerate(days)),
            hold(running), call_off(called_off),
            plan_only(later(until, 80, 9), until - timedelta(hours=20))]
