"""What moves the end of a limit: days on which the clock stands still, and time added to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from broker_admin.rules.limits import Unit

ONE_DAY = timedelta(days=1)
Interval = tuple[date, date | None]


@dataclass(frozen=True)
class Stop:
    """Days that are not counted (许可法 45), the first and the last of them included.

    An open stop has no ``ended_on``; until it ends nobody knows when the limit does.
    """

    kind: str
    began_on: date
    ended_on: date | None = None
    reason: str = ""
    document: str = ""

    def __post_init__(self) -> None:
        if self.ended_on is not None and self.ended_on < self.began_on:
            raise ValueError("a stop cannot end before it begins")

    def covers(self, day: date) -> bool:
        return self.began_on <= day and (self.ended_on is None or day <= self.ended_on)

    def closed(self, today: date) -> "Stop":
        """The same stop, ended today if it is still open."""
        if self.ended_on is not None:
            return self
        return replace(self, ended_on=max(self.began_on, today))


@dataclass(frozen=True)
class Extension:
    """Time added at the end of the limit by the head of the authority."""

    amount: int
    unit: Unit
    granted_on: date
    reason: str = ""

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError("an extension adds at least 1")


def merged(stops: Iterable[Stop]) -> list[Interval]:
    """The stops in order, those that touch made one, so that no day is left out twice."""
    intervals: list[Interval] = []
    for stop in sorted(stops, key=lambda stop: stop.began_on):
        # Two officers may each record a stop for the same days: the clock stands still only once.
        if intervals and _reaches(intervals[-1][1], stop.began_on):
            intervals[-1] = (intervals[-1][0], _later(intervals[-1][1], stop.ended_on))
        else:
            intervals.append((stop.began_on, stop.ended_on))
    return intervals


def _reaches(ended: date | None, began: date) -> bool:
    return ended is None or began <= ended + ONE_DAY


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
