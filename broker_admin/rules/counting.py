"""Counting days, working days and months from a day that is itself not counted (民法典 201-203)."""

from datetime import date, timedelta

from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.limits import Unit
from broker_admin.rules.stops import ONE_DAY, Interval


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has none (民法典 202)."""
    count = day.year * 12 + day.month - 1 + months
    following = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    last = following - ONE_DAY
    return last.replace(day=min(day.day, last.day))


def count(calendar: WorkingCalendar, after: date, last: date, unit: Unit) -> int:
    """Days of this kind after ``after`` up to ``last``."""
    if unit is Unit.WD:
        return calendar.count_working(after + ONE_DAY, last)
    return max(0, (last - after).days)


def advance(
    calendar: WorkingCalendar, day: date, amount: int, unit: Unit, stops: list[Interval]
) -> date | None:
    """The day on which so much has been counted; ``None`` if an open stop comes before it."""
    # Months are fixed in days before any stop is met: a stopped clock gives back days, not months.
    if unit is Unit.M:
        amount = (add_months(day, amount) - day).days
    for began, ended in stops:
        if ended is not None and ended <= day:
            continue
        # Reached before this stop begins, or on the very day before: the stop comes too late.
        counted = count(calendar, day, began - ONE_DAY, unit)
        if counted >= amount:
            break
        if ended is None:
            return None
        amount -= counted
        day = ended
    if unit is Unit.WD:
        return calendar.add_working(day, amount)
    return day + timedelta(days=amount)


def go_back(calendar: WorkingCalendar, event: date, amount: int, unit: Unit) -> date:
    """The day so long before an event, which is itself not counted."""
    if unit is Unit.WD:
        return calendar.add_working(event, -amount)
    if unit is Unit.M:
        return add_months(event, -amount)
    return event - timedelta(days=amount)


def roll(calendar: WorkingCalendar, end: date, stops: list[Interval]) -> date | None:
    """The last day, or the next one that is neither a rest day nor stopped (民法典 203).

    ``None`` where an open stop begins before such a day.
    """
    day = calendar.next_working(end)
    for began, ended in stops:
        if began > day:
            break
        if ended is None:
            return None
        day = max(day, calendar.next_working(ended + ONE_DAY))
    return day
