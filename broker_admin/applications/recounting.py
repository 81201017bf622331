"""Reckoning open deadlines again when the working days of a year have become known."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from broker_admin import workdays
from broker_admin.applications.events import DeadlineMoved
from broker_admin.applications.models import Application
from broker_admin.applications.time_limits import running
from broker_admin.applications.workflow import OPEN
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.permissions import SYSTEM
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.workdays import CalendarNotice


def recount(payload: Mapping[str, Any], at: datetime) -> None:
    """Note in each open application whose running limit a notice has moved, from when to when.

    Deadlines are computed and never stored, so there is nothing to correct, only to tell.
    """
    notice = db.session.get(CalendarNotice, payload["notice_id"])
    if notice is None:
        return
    calendars = workdays.before(notice), workdays.before(notice).with_notice(notice.parsed)
    for application in db.session.scalars(select(Application).where(Application.status.in_(OPEN))):
        before, after = (_due(application, calendar) for calendar in calendars)
        if before != after:
            record(DeadlineMoved(case=application, actor=SYSTEM, at=at, notice=notice.reference,
                                 before=before, after=after))


def _due(application: Application, calendar: WorkingCalendar) -> str:
    """The last day by this calendar; empty while none is known, which no notice changes."""
    deadline = running(application)
    return str((deadline and deadline.due(calendar)) or "")
