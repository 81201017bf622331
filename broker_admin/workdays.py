"""The working calendar in force: the shipped notices, and those that an administrator imported."""

from datetime import datetime

from flask import g
from sqlalchemy import ColumnElement, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from broker_admin.db import Base, db
from broker_admin.rules.calendar import SHIPPED, WorkingCalendar
from broker_admin.rules.notices import YearNotice, parse_notice


class CalendarNotice(Base):
    """A year's holiday notice as it was imported; a later one for the year takes its place."""

    __tablename__ = "calendar_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))
    imported_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    imported_at: Mapped[datetime]

    @property
    def reference(self) -> str:
        return f"calendar-{self.year}"

    @property
    def parsed(self) -> YearNotice:
        return parse_notice(self.text)


def calendar() -> WorkingCalendar:
    """Read once per request or job."""
    if "calendar" not in g:
        g.calendar = _read()
    known: WorkingCalendar = g.calendar
    return known


def forget() -> None:
    """Read again next time: a notice was just imported."""
    g.pop("calendar", None)


def before(notice: CalendarNotice) -> WorkingCalendar:
    """The calendar as it stood until this notice was imported."""
    return _read(CalendarNotice.id < notice.id)


def _read(*conditions: ColumnElement[bool]) -> WorkingCalendar:
    found = SHIPPED
    rows = select(CalendarNotice).where(*conditions).order_by(CalendarNotice.id)
    # In the order of import, so that a corrected notice takes the place of the first one.
    for notice in db.session.scalars(rows):
        found = found.with_notice(notice.parsed)
    return found
