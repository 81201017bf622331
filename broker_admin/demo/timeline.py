"""Many lives told in one order: each is a generator that says when it goes on.  Pure but for commits."""

import heapq
from collections.abc import Callable, Generator
from datetime import datetime
from itertools import count

from broker_admin import clock
from broker_admin.db import transaction

Life = Generator[datetime, None, None]


def tell(lives: list[Life], until: datetime, progress: Callable[[int, int], None]) -> None:
    """Let every life go on in the order of the moments, up to one; each step a transaction.

    What a life still had before it after that moment has not happened: it is the open end that
    the demonstration shows.
    """
    order = count()
    waiting: list[tuple[datetime, int, Life]] = []
    for life in lives:
        _wait(waiting, order, life)
    began = waiting[0][0] if waiting else until
    while waiting and waiting[0][0] <= until:
        moment, _, life = heapq.heappop(waiting)
        with clock.at(moment), transaction():
            _wait(waiting, order, life)
        progress(int((moment - began).total_seconds()), int((until - began).total_seconds()))


def _wait(waiting: list[tuple[datetime, int, Life]], order: "count[int]", life: Life) -> None:
    following = next(life, None)
    if following is not None:
        heapq.heappush(waiting, (following, next(order), life))
