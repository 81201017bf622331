"""The thirteen statutory holidays (全国年节及纪念日放假办法, as in force from 2025-01-01)."""

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from broker_admin.rules.notices import YearNotice, is_weekend

# New Year 1, Labour 2, National Day 3; the other seven move.
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
_TABLE = "calendars/cn-festivals-2027-2040.toml"


@cache
def _moving() -> dict[int, list[date]]:
    text = files("broker_admin.rules").joinpath(_TABLE).read_text("utf-8")
    return {int(year): days for year, days in tomllib.loads(text).items()}


def statutory_holidays(year: int) -> tuple[date, ...]:
    """The days in order; festivals that follow the moon only where the table reaches."""
    days = {date(year, month, day) for month, day in _FIXED}
    if year in _moving():
        new_year, *others = _moving()[year]
        # 春节: the eve and the first three days of the first lunar month.
        days.update(new_year + timedelta(days=offset) for offset in range(-1, 3))
        days.update(others)
    return tuple(sorted(days))


def provisional_notice(year: int) -> YearNotice:
    """The year as far as the statute alone tells it, without bridge days and worked weekends."""
    # Holidays on a weekend are made up for on days that only the notice fixes: none is guessed.
    return YearNotice(
        year=year,
        off_weekdays=frozenset(day for day in statutory_holidays(year) if not is_weekend(day)),
        work_weekends=frozenset(),
        source="全国年节及纪念日放假办法（2025-01-01起施行）",
        provisional=True,
    )
