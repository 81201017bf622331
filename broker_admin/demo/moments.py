"""When things happen: on working days, in office hours.  Pure."""

from datetime import datetime, timedelta

from broker_admin.clock import day_of, start_of
from broker_admin.rules.calendar import SHIPPED


def working(after: datetime, days: int, hour: int = 10, minute: int = 0) -> datetime:
    """So many working days later, at this time in Guangdong; none: the same day, if it is worked."""
    day = day_of(after)
    day = SHIPPED.add_working(day, days) if days else SHIPPED.next_working(day)
    return start_of(day) + timedelta(hours=hour, minutes=minute)


def later(after: datetime, days: int, hour: int = 15, minute: int = 0) -> datetime:
    """So many calendar days later, at this time in Guangdong."""
    return start_of(day_of(after) + timedelta(days=days)) + timedelta(hours=hour, minutes=minute)
