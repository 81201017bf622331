"""The verbs of system administration that belong to no other room."""

from datetime import datetime

from broker_admin import workdays
from broker_admin.admin.events import NoticeImported
from broker_admin.db import db
from broker_admin.events import enqueue, record
from broker_admin.permissions import Actor, Permission, granted
from broker_admin.refusals import N_, Refused
from broker_admin.rules.notices import YearNotice, parse_notice
from broker_admin.workdays import CalendarNotice


def import_notice(text: str, *, actor: Actor, at: datetime) -> CalendarNotice:
    """Take over a year's working days; open deadlines are reckoned again by a job.

    Raises ``NoticeRefused`` where the text cannot be read, :class:`Refused` where it says nothing new.
    """
    # Not by the system either: a person has read the notice, and answers for its days.
    if Permission.CALENDAR_IMPORT not in granted(actor) or actor.id is None:
        raise Refused(N_("Only an administrator may do this."))
    found = parse_notice(text)
    if workdays.calendar().notice(found.year) == found:
        raise Refused(N_("The calendar of %(year)s already says exactly this."), year=found.year)
    notice = CalendarNotice(year=found.year, text=text, source=found.source,
                            imported_by_id=actor.id, imported_at=at)
    db.session.add(notice)
    db.session.flush()  # for the number by which the job finds the notice
    # The calendar is read once per request, and what follows must be reckoned by the new one.
    workdays.forget()
    record(NoticeImported(case=notice, actor=actor, at=at, year=found.year, source=found.source,
                          off_weekdays=_listed(found, "off_weekdays"),
                          work_weekends=_listed(found, "work_weekends")))
    # By a job, since it walks all open cases while the administrator waits for an answer.
    enqueue("recompute_deadlines", key=str(notice.id), at=at, notice_id=notice.id)
    return notice


def _listed(notice: YearNotice, kind: str) -> list[str]:
    return [day.isoformat() for day in sorted(getattr(notice, kind))]
