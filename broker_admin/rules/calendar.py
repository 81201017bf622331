"""Working days in China: weekends off, holidays off, and some weekends worked (调休)."""

import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files

from broker_admin.rules.festivals import provisional_notice
from broker_admin.rules.notices import NoticeRefused, YearNotice, notice_from, parse_notice

__all__ = ["SHIPPED", "NoticeRefused", "WorkingCalendar", "YearNotice", "parse_notice"]


@dataclass(frozen=True)
class WorkingCalendar:
    """The years whose notice is known; any other year is reckoned provisionally."""

    notices: tuple[YearNotice, ...]
    _years: dict[int, YearNotice] = field(init=False, repr=False, compare=False)
    _working: dict[int, list[int]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        # The class is frozen because one calendar is shared by every request.
        object.__setattr__(self, "_years", {notice.year: notice for notice in self.notices})

    def notice(self, year: int) -> YearNotice:
        """The year's notice; before the first known one nothing but weekends is known."""
        if year not in self._years:
            # The holidays of years gone by differed, so the statute of 2025 does not speak for them.
            known_before = any(known.year < year for known in self.notices)
            self._years[year] = provisional_notice(year) if known_before else YearNotice(
                year, frozenset(), frozenset(), source="", provisional=True
            )
        return self._years[year]

    def with_notice(self, notice: YearNotice) -> "WorkingCalendar":
        """This calendar with one year added or replaced."""
        others = (known for known in self.notices if known.year != notice.year)
        return WorkingCalendar(tuple(sorted((*others, notice), key=lambda known: known.year)))

    def is_working(self, day: date) -> bool:
        return self.notice(day.year).is_working(day)

    def is_provisional(self, day: date) -> bool:
        """Whether the day's year still awaits its notice, so that it may change (暂定)."""
        return self.notice(day.year).provisional

    def next_working(self, day: date) -> date:
        """The day itself when it is worked, else the first worked day after it."""
        return self.add_working(day - timedelta(days=1), 1)

    def count_working(self, first: date, last: date) -> int:
        """How many working days lie between the two, both included; 0 when they are crossed."""
        # Limits are counted over years of backlog: whole years by their length, not day by day.
        if last < first:
            return 0
        whole_years = sum(len(self._ordinals(year)) for year in range(first.year, last.year))
        return (
            whole_years
            + bisect_right(self._ordinals(last.year), last.toordinal())
            - bisect_left(self._ordinals(first.year), first.toordinal())
        )

    def add_working(self, day: date, amount: int) -> date:
        """The working day so many working days after ``day``, or before it when negative."""
        if amount < 0:
            return self._before(day, -amount)
        year, ordinals = day.year, self._ordinals(day.year)
        # From here on the position counts in this year's working days, and may overshoot it.
        position = bisect_right(ordinals, day.toordinal()) + amount - 1
        while position >= len(ordinals):
            position -= len(ordinals)
            year += 1
            ordinals = self._ordinals(year)
        return date.fromordinal(ordinals[position]) if amount else day

    def _before(self, day: date, amount: int) -> date:
        year, ordinals = day.year, self._ordinals(day.year)
        position = bisect_left(ordinals, day.toordinal()) - amount
        while position < 0:
            year -= 1
            ordinals = self._ordinals(year)
            position += len(ordinals)
        return date.fromordinal(ordinals[position])

    def _ordinals(self, year: int) -> list[int]:
        """The year's working days as day numbers, kept because every page reckons limits."""
        if year not in self._working:
            notice, first = self.notice(year), date(year, 1, 1)
            days = (first + timedelta(days=offset) for offset in range(366))
            self._working[year] = [
                day.toordinal() for day in days if day.year == year and notice.is_working(day)
            ]
        return self._working[year]


def _shipped() -> WorkingCalendar:
    text = files("broker_admin.rules").joinpath("calendars/cn-2024-2026.toml").read_text("utf-8")
    return WorkingCalendar(tuple(map(notice_from, tomllib.loads(text)["notices"])))


SHIPPED = _shipped()
