"""The yearly notices that say which weekdays are days off and which weekends are worked (调休)."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from broker_admin.refusals import N_, Refused

# A year's notice is some 600 characters; more is a mistake, or an attempt to keep us busy.
LONGEST_NOTICE = 10_000
FIRST_YEAR, LAST_YEAR = 2000, 2100
# Shown where a notice is handed in, and read by the tests so that it stays right.
EXAMPLE = """\
year = 2027
source = "国务院办公厅关于2027年部分节假日安排的通知（文号，日期）"
off_weekdays = [2027-01-01, 2027-02-05, 2027-02-08]
work_weekends = [2027-02-20]
"""
_KEYS = ("year", "source", "off_weekdays", "work_weekends")
_LONGEST_SOURCE = 200
_SATURDAY = 5


@dataclass(frozen=True)
class YearNotice:
    """One year of the working calendar; weekends are off unless they are listed as worked."""

    year: int
    off_weekdays: frozenset[date]
    work_weekends: frozenset[date]
    source: str
    provisional: bool = False

    def is_working(self, day: date) -> bool:
        if is_weekend(day):
            return day in self.work_weekends
        return day not in self.off_weekdays


class NoticeRefused(Refused):
    """The text is not a notice that the calendar can take over."""


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def parse_notice(text: str) -> YearNotice:
    """Read a notice as an administrator hands it in.

    TOML with ``year``, ``source``, ``off_weekdays`` and ``work_weekends``, dates as 2027-02-05.
    Raises ``NoticeRefused`` with a sentence for whoever typed it.
    """
    if len(text) > LONGEST_NOTICE:
        raise NoticeRefused(
            N_("The notice is longer than %(limit)d characters."), limit=LONGEST_NOTICE
        )
    return notice_from(_table_of(text))


def notice_from(table: dict[str, Any]) -> YearNotice:
    """Check one notice that is already a table.  Raises ``NoticeRefused``."""
    _demand_keys(table)
    year = _year_of(table["year"])
    notice = YearNotice(
        year=year,
        off_weekdays=_days_of(table, "off_weekdays", year),
        work_weekends=_days_of(table, "work_weekends", year),
        source=_source_of(table["source"]),
    )
    _demand_kinds(notice)
    return notice


def _table_of(text: str) -> dict[str, Any]:
    # Windows editors add the mark at the beginning and the carriage returns.
    try:
        return tomllib.loads(text.replace("\r\n", "\n").lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        # Besides its own error the parser lets through deep nesting and endless digits.
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise NoticeRefused(
            N_("Line %(line)d of the notice cannot be read. Write dates as 2027-02-05."), line=line
        ) from None


def _demand_keys(table: dict[str, Any]) -> None:
    for key in _KEYS:
        if key not in table:
            raise NoticeRefused(N_("The notice does not say its %(key)s."), key=key)
    for key in table:
        if key not in _KEYS:
            raise NoticeRefused(N_("The notice has an unknown entry, %(key)s."), key=key[:60])


def _year_of(value: object) -> int:
    # Exactly int, for True is an int as well.
    if type(value) is not int or not FIRST_YEAR <= value <= LAST_YEAR:
        raise NoticeRefused(
            N_("The year of the notice must be a number from %(first)d to %(last)d."),
            first=FIRST_YEAR, last=LAST_YEAR,
        )
    return value


def _source_of(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise NoticeRefused(N_("Name the source of the notice: its title and document number."))
    if len(value) > _LONGEST_SOURCE:
        raise NoticeRefused(
            N_("The source of the notice is longer than %(limit)d characters."),
            limit=_LONGEST_SOURCE,
        )
    return value.strip()


def _days_of(table: dict[str, Any], key: str, year: int) -> frozenset[date]:
    listed = table[key]
    if not isinstance(listed, list):
        raise NoticeRefused(N_("The entry %(key)s must be a list of dates."), key=key)
    days: set[date] = set()
    for value in listed:
        day = _day_of(value, key)
        if day.year != year:
            raise NoticeRefused(
                N_("%(day)s does not lie in %(year)d, the year of the notice."), day=day, year=year
            )
        if day in days:
            raise NoticeRefused(N_("%(day)s is listed twice."), day=day)
        days.add(day)
    return frozenset(days)


def _day_of(value: object, key: str) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    # A datetime is a date to Python, but nobody's day off begins at half past nine.
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise NoticeRefused(
        N_("The entry %(key)s holds something that is not a date: %(value)s."),
        key=key, value=str(value)[:40],
    )


def _demand_kinds(notice: YearNotice) -> None:
    # Every year since 1949 had one; an empty list is a notice cut short.
    if not notice.off_weekdays:
        raise NoticeRefused(N_("The notice lists no weekday as a day off."))
    _demand_none(
        (day for day in notice.off_weekdays if is_weekend(day)),
        N_("%(day)s is a Saturday or Sunday: list only the weekdays that are days off."),
    )
    _demand_none(
        (day for day in notice.work_weekends if not is_weekend(day)),
        N_("%(day)s is a weekday: list only the Saturdays and Sundays that are worked."),
    )


def _demand_none(days: Iterable[date], sentence: str) -> None:
    # Sorted, so that the same notice is always refused for the same day.
    for day in sorted(days):
        raise NoticeRefused(sentence, day=day)
