"""Many lives told in one order: each is a generator that says when it goes on.  Pure but for commits."""

import heapq
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Generic, TypeVar

from broker_admin import clock
from broker_admin.clock import now
from broker_admin.db import transaction
from broker_admin.demo.moments import working

Life = Generator[datetime, None, None]
Progress = Callable[[int, int], None]
Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Step(Generic[Subject]):
    """Something that is done so many working days after the step before it."""

    days: int
    act: Callable[[Subject], None]
    hour: int = 10
    minute: int = 0


def play(subject: Subject, steps: Iterable[Step[Subject]]) -> Life:
    """A life that follows a table; where the table ends is how far the case has come."""
    for step in steps:
        yield working(now(), step.days, step.hour, step.minute)
        step.act(subject)


def tell(lives: list[Life], until: datetime, progress: Progress) -> None:
    """Let every life go on in the order of the moments, up to one; each step a transaction.

    What a life still had before it after that moment has not happened: it is the open end that
    the demonstration shows.
    """
    order = count()
    waiting: list[tuple[datetime, int, Life]] = []
    for life in lives:
        _wait(waiting, order, life)
    began = present = waiting[0][0] if waiting else until
    while waiting and waiting[0][0] <= until:
        moment, _, life = heapq.heappop(waiting)
        # A life may name an hour that has passed (today at ten, said at eleven); time goes on.
        present = max(present, moment)
        with clock.at(present), transaction():
            _wait(waiting, order, life)
        progress(int((present - began).total_seconds()), int((until - began).total_seconds()))


def _wait(waiting: list[tuple[datetime, int, Life]], order: "count[int]", life: Life) -> None:
    following = next(life, None)
    if following is not None:
        heapq.heappush(waiting, (following, next(order), life))
