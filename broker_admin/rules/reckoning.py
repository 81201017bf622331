"""A limit reckoned step by step, so that a page can say why it ends on the day it does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.counting import count
from broker_admin.rules.limits import Unit
from broker_admin.rules.notices import is_weekend
from broker_admin.rules.stops import ONE_DAY, Stop


class StepCode(StrEnum):
    """In brackets: which of a step's values a sentence about it needs."""

    START = "start"  # not counted itself (first)
    EVENT = "event"  # the limit is counted back from it (first)
    COUNTED = "counted"  # (first, last, amount, unit)
    COUNTED_BACK = "counted_back"  # (first, last, amount, unit); first is the earlier day
    EXTENDED = "extended"  # (first: granted on, amount, unit, reason)
    HOLIDAY = "holiday"  # a run of days off that holds a weekday (first, last, amount of days)
    ADJUSTED_WORKDAY = "adjusted_workday"  # a weekend day that counts (first)
    WEEKENDS = "weekends"  # ordinary weekend days not counted (amount)
    STOPPED = "stopped"  # (first, last, amount not counted, unit, kind, reason, document)
    STILL_STOPPED = "still_stopped"  # (first, kind, reason, document)
    ROLLED = "rolled"  # from a rest day (first) to the next working day (last)
    PROVISIONAL = "provisional"  # the year's notice is not published (first: 1 January)
    DUE = "due"  # (first)


@dataclass(frozen=True)
class Step:
    code: StepCode
    first: date
    last: date
    amount: int = 0
    unit: Unit | None = None
    kind: str = ""
    reason: str = ""
    document: str = ""


@dataclass(frozen=True)
class Part:
    """The limit itself or one extension: what was counted after ``after`` up to ``last``.

    ``last`` is ``None`` when the counting is held up by an open stop.
    """

    after: date
    last: date | None
    amount: int
    unit: Unit


def on_day(code: StepCode, day: date) -> Step:
    return Step(code, day, day)


def steps_of_part(calendar: WorkingCalendar, part: Part, stops: tuple[Stop, ...]) -> list[Step]:
    """What was counted, left out and held up in this part, in the order of the days."""
    steps = list(_held_up(calendar, part, stops))
    # Only a limit in working days leaves rest days out.
    if part.unit is Unit.WD:
        last = part.last or max(step.first for step in steps)
        steps += _days_left_out(calendar, part.after + ONE_DAY, last, stops)
    steps.sort(key=lambda step: step.first)
    if part.last:
        first = part.after + ONE_DAY
        steps.append(Step(StepCode.COUNTED, first, part.last, part.amount, part.unit))
    return steps


def provisional_years(calendar: WorkingCalendar, first: date, last: date) -> Iterator[Step]:
    for year in range(first.year, last.year + 1):
        if calendar.notice(year).provisional:
            yield on_day(StepCode.PROVISIONAL, date(year, 1, 1))


def _held_up(calendar: WorkingCalendar, part: Part, stops: tuple[Stop, ...]) -> Iterator[Step]:
    """The stops within the part; a day that two of them cover is told with the first only."""
    reached = part.after
    for stop in sorted(stops, key=lambda stop: stop.began_on):
        first = max(stop.began_on, reached + ONE_DAY)
        if part.last and first > part.last:
            return
        if stop.ended_on is None:
            yield Step(StepCode.STILL_STOPPED, first, first, 0, None,
                       stop.kind, stop.reason, stop.document)
            return
        if stop.ended_on > reached:
            reached = stop.ended_on
            unit = Unit.WD if part.unit is Unit.WD else Unit.CD
            lost = count(calendar, first - ONE_DAY, reached, unit)
            yield Step(StepCode.STOPPED, first, reached, lost, unit,
                       stop.kind, stop.reason, stop.document)


def _days_left_out(
    calendar: WorkingCalendar, first: date, last: date, stops: Iterable[Stop]
) -> Iterator[Step]:
    """Holidays and weekends in between that were not counted, and weekend days that were."""
    def counts(day: date) -> bool | None:
        return None if any(stop.covers(day) for stop in stops) else calendar.is_working(day)

    weekends = 0
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    for counted, run in groupby(days, counts):
        group = list(run)
        if counted:
            adjusted = filter(is_weekend, group)
            yield from (on_day(StepCode.ADJUSTED_WORKDAY, day) for day in adjusted)
        # An ordinary weekend is no news; a run of days off with a weekday in it is a holiday.
        elif counted is False and all(map(is_weekend, group)):
            weekends += len(group)
        elif counted is False:
            yield Step(StepCode.HOLIDAY, group[0], group[-1], len(group), Unit.CD)
    if weekends:
        yield Step(StepCode.WEEKENDS, last, last, weekends, Unit.CD)
