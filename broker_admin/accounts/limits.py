"""How often something may be tried, and how long one waits after that.  Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

NO_WAIT = timedelta(0)


@dataclass(frozen=True)
class Count:
    """How often something was tried, and since when that is counted."""

    number: int
    since: datetime


class Limit(Protocol):
    def wait(self, count: Count, at: datetime) -> timedelta:
        """How long until one may try again; nothing where one may now."""

    def next(self, count: Count, at: datetime) -> Count:
        """The count with one more try, made now."""


@dataclass(frozen=True)
class Window:
    """So many times in so long a time, counted from the first."""

    most: int
    lasts: timedelta

    def wait(self, count: Count, at: datetime) -> timedelta:
        return NO_WAIT if count.number < self.most else max(count.since + self.lasts - at, NO_WAIT)

    def next(self, count: Count, at: datetime) -> Count:
        fresh = count.number == 0 or at >= count.since + self.lasts
        return Count(1, at) if fresh else Count(count.number + 1, count.since)


@dataclass(frozen=True)
class Backoff:
    """After so many times in a row each further one waits twice as long, but never longer than this.

    A count is forgotten after a while without tries.
    """

    most: int
    longest: timedelta
    forgotten_after: timedelta

    def wait(self, count: Count, at: datetime) -> timedelta:
        # Asked first, as of two requests at once the later may be counted before the earlier.
        if count.number < self.most:
            return NO_WAIT
        # Bounded before it is doubled: a count of some thousands would not fit into a duration.
        doublings = min(count.number - self.most + 1, 20)
        needed = min(timedelta(seconds=2 ** doublings), self.longest)
        return max(count.since + needed - at, NO_WAIT)

    def next(self, count: Count, at: datetime) -> Count:
        return Count(1 if at >= count.since + self.forgotten_after else count.number + 1, at)


_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# What is counted (the page), and by what: the account that was named, or whence the request came.
LIMITS: Mapping[str, Limit] = {
    # Nobody is locked out for ever: a stranger's wrong guesses must not shut the owner out.
    "sign_in account": Backoff(10, longest=15 * _MINUTE, forgotten_after=_DAY),
    "sign_in address": Window(10, 5 * _MINUTE),
    # Against guessing from many addresses at once, as with lists of stolen passwords.
    "sign_in everybody": Window(1000, 5 * _MINUTE),
    "reset account": Window(5, _DAY),
    "reset address": Window(20, _DAY),
    "confirmation account": Window(3, 6 * _HOUR),
    "confirmation address": Window(20, _DAY),
    "new_address account": Window(5, _DAY),
    "sign_up address": Window(20, _HOUR),
    "filing address": Window(10, _HOUR),
    "query address": Window(30, 5 * _MINUTE),
    "lookup address": Window(120, _MINUTE),
    "upload address": Window(20, _MINUTE),
}
