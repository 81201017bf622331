"""Moments are UTC; days are counted in Guangdong, where the law counts them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

GUANGDONG = ZoneInfo("Asia/Shanghai")

_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)


def now() -> datetime:
    """The moment, aware and in UTC."""
    return _pinned.get() or datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The calendar day in Guangdong on which this moment falls."""
    return moment.astimezone(GUANGDONG).date()


def start_of(day: date) -> datetime:
    """The moment, in UTC, at which this day begins in Guangdong."""
    return datetime.combine(day, time(), GUANGDONG).astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at one moment: for made-up history and for tests, never for a request."""
    token = _pinned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)
