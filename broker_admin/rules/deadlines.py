"""The legal clock: when a limit ends, what is left of it, and how its last day is reckoned."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.counting import add_months, advance, go_back, roll
from broker_admin.rules.limits import Direction, Limit, Unit
from broker_admin.rules.reckoning import (
    Part,
    Step,
    StepCode,
    on_day,
    provisional_years,
    steps_of_part,
)
from broker_admin.rules.stops import ONE_DAY, Extension, Stop, merged

__all__ = [
    "Alarm", "Deadline", "Direction", "Extension", "Limit", "Step", "StepCode", "Stop", "Unit",
    "add_months",
]

# Whichever comes first; a choice of this house, no article fixes it.
AMBER_WORKING_DAYS = 3
AMBER_SHARE = 0.3


class Alarm(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Deadline:
    """One limit running in one case.

    ``start`` is the day of the event that sets the limit going, itself not counted; for a limit
    that must be kept *before* an event it is the day of that event.
    """

    limit: Limit
    start: date
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Extension, ...] = ()

    def __post_init__(self) -> None:
        if self.limit.direction is Direction.BEFORE and (self.stops or self.extensions):
            raise ValueError(f"limit {self.limit.code} runs backwards: it has no stops")

    def due(self, calendar: WorkingCalendar) -> date | None:
        """The last day of the limit; ``None`` while the clock stands still in an open stop."""
        end = self.counted_end(calendar)
        return roll(calendar, end, merged(self.stops)) if end else None

    def counted_end(self, calendar: WorkingCalendar) -> date | None:
        """The day on which the counting ends, before a rest day moves it (民法典 203)."""
        if self.limit.direction is Direction.BEFORE:
            return go_back(calendar, self.start, self.limit.amount, self.limit.unit)
        *_, part = self._parts(calendar)
        return part.last

    def resumed(self, today: date) -> "Deadline":
        """This deadline as if every open stop ended today: what it would be, not what it is."""
        return replace(self, stops=tuple(stop.closed(today) for stop in self.stops))

    def extended(self, granted_on: date, reason: str) -> "Deadline":
        """With the extension of its limit.  Raises ``ValueError`` where the law knows none."""
        extension = self.limit.extension
        if extension is None:
            raise ValueError(f"limit {self.limit.code} cannot be extended")
        granted = Extension(extension.amount, extension.unit, granted_on, reason)
        return replace(self, extensions=(*self.extensions, granted))

    def can_be_extended(self, calendar: WorkingCalendar, today: date) -> bool:
        """Once, while the limit still runs, and only where the law provides for it."""
        may = self.limit.extension is not None and not self.extensions
        return may and not self.is_overdue(calendar, today)

    def working_days_left(self, calendar: WorkingCalendar, today: date) -> int:
        """Working days after today until the last one; negative when overdue.

        While the clock stands still this is what will be left when it runs again.
        """
        running = self.resumed(today)
        due = running._certain_due(calendar)
        if due < today:
            return -calendar.count_working(due + ONE_DAY, today)
        return running._counted(calendar, today, due)

    def working_days_used(self, calendar: WorkingCalendar, today: date) -> int:
        """Working days that the clock has counted so far, today included, stops left out."""
        return self.resumed(today)._counted(calendar, self.start, today)

    def is_stopped(self, today: date) -> bool:
        return any(stop.covers(today) for stop in self.stops)

    def is_overdue(self, calendar: WorkingCalendar, today: date) -> bool:
        """Whether the last day has passed, so that deemed acceptance and the like take hold."""
        due = self.due(calendar)
        return due is not None and today > due

    def is_provisional(self, calendar: WorkingCalendar) -> bool:
        """Whether the last day may move when the notice of a year is published (暂定)."""
        return any(self._provisional(calendar))

    def alarm(self, calendar: WorkingCalendar, today: date) -> Alarm:
        # First of all: a stop that begins after the last day cannot hide that it has passed.
        if self.is_overdue(calendar, today):
            return Alarm.RED
        if self.is_stopped(today):
            return Alarm.STOPPED
        left = self.working_days_left(calendar, today)
        return Alarm.AMBER if left <= self._amber_from(calendar) else Alarm.GREEN

    def explain(self, calendar: WorkingCalendar) -> tuple[Step, ...]:
        """The reckoning as a page tells it; ends with ``DUE`` where that day is known."""
        backwards = self.limit.direction is Direction.BEFORE
        steps = [on_day(StepCode.EVENT if backwards else StepCode.START, self.start)]
        steps += self._counted_back(calendar) if backwards else self._counted_on(calendar)
        steps += self._ending(calendar)
        return tuple(steps)

    def _parts(self, calendar: WorkingCalendar) -> Iterator[Part]:
        """The limit and its extensions, each counted on from the end of the one before."""
        stops = merged(self.stops)
        after = self.start
        extensions = ((extension.amount, extension.unit) for extension in self.extensions)
        for amount, unit in ((self.limit.amount, self.limit.unit), *extensions):
            last = advance(calendar, after, amount, unit, stops)
            yield Part(after, last, amount, unit)
            if last is None:
                return
            # Rest days move the end of the whole, not the seam between a limit and its extension.
            after = last

    def _counted_on(self, calendar: WorkingCalendar) -> Iterator[Step]:
        granted = (None, *self.extensions)
        for part, extension in zip(self._parts(calendar), granted, strict=False):
            if extension:
                yield Step(
                    StepCode.EXTENDED, extension.granted_on, extension.granted_on,
                    extension.amount, extension.unit, reason=extension.reason,
                )
            yield from steps_of_part(calendar, part, self.stops)

    def _counted_back(self, calendar: WorkingCalendar) -> Iterator[Step]:
        end = self.counted_end(calendar) or self.start
        yield Step(
            StepCode.COUNTED_BACK, end, self.start - ONE_DAY, self.limit.amount, self.limit.unit
        )

    def _ending(self, calendar: WorkingCalendar) -> Iterator[Step]:
        end, due = self.counted_end(calendar), self.due(calendar)
        if end and due and end != due:
            yield Step(StepCode.ROLLED, end, due)
        yield from self._provisional(calendar)
        if due:
            yield on_day(StepCode.DUE, due)

    def _provisional(self, calendar: WorkingCalendar) -> Iterator[Step]:
        first, last = sorted((self.start, self.due(calendar) or self.start))
        return provisional_years(calendar, first, last)

    def _certain_due(self, calendar: WorkingCalendar) -> date:
        due = self.due(calendar)
        if due is None:
            raise ValueError("the clock stands still")
        return due

    def _counted(self, calendar: WorkingCalendar, after: date, last: date) -> int:
        """Working days after ``after`` up to ``last`` that no stop covers."""
        counted = calendar.count_working(after + ONE_DAY, last)
        for began, ended in merged(self.stops):
            first = max(began, after + ONE_DAY)
            counted -= calendar.count_working(first, min(ended or last, last))
        return counted

    def _amber_from(self, calendar: WorkingCalendar) -> float:
        # Counted back there is no beginning to take a share of.
        if self.limit.direction is Direction.BEFORE:
            return AMBER_WORKING_DAYS
        # Without its stops: a clock that stood still for months must not turn amber months early.
        due = replace(self, stops=())._certain_due(calendar)
        whole = calendar.count_working(self.start + ONE_DAY, due)
        return max(AMBER_WORKING_DAYS, whole * AMBER_SHARE)
