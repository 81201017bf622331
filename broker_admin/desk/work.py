"""Every open case in which the next step may be this officer's, the most urgent first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import url_for
from flask_babel import gettext

from broker_admin.accounts.models import User
from broker_admin.applications import queries as applications
from broker_admin.applications.models import Application
from broker_admin.applications.workflow import OPEN as OPEN_APPLICATIONS
from broker_admin.applications.workflow import WORKFLOW as APPLICATION
from broker_admin.complaints import queries as complaints
from broker_admin.complaints.models import Complaint, Filing
from broker_admin.complaints.workflow import COMPLAINT, REPORT
from broker_admin.db import db
from broker_admin.enforcement import queries as enforcement
from broker_admin.enforcement.workflow import WORKFLOW as CASE
from broker_admin.permissions import Actor, Permission, granted, is_party
from broker_admin.refusals import N_
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.templating import label

SOON = 3


@dataclass(frozen=True)
class Work:
    """One line of the desk; ``days_left`` are working days, None where no limit runs."""

    reference: str
    url: str
    matter: str
    about: str
    stage: str
    officer: str | None
    due: date | None
    days_left: int | None
    stopped: bool
    # By the day and not by working days: after a last day before a holiday none may have passed.
    overdue: bool

    @property
    def is_soon(self) -> bool:
        return self.days_left in range(SOON + 1) and not (self.stopped or self.overdue)


class View(StrEnum):
    """Which of the lines are shown."""

    ALL = "all"
    OVERDUE = "overdue"
    SOON = "soon"
    UNASSIGNED = "unassigned"
    STOPPED = "stopped"


VIEWS: dict[View, tuple[str, Callable[[Work], bool]]] = {
    View.ALL: (N_("Waiting for me"), lambda work: True),
    View.OVERDUE: (N_("Overdue"), lambda work: work.overdue),
    View.SOON: (N_("Due in 3 working days"), lambda work: work.is_soon),
    View.UNASSIGNED: (N_("Unassigned"), lambda work: work.officer is None),
    View.STOPPED: (N_("Clock stopped"), lambda work: work.stopped),
}


def _applications(actor: Actor, calendar: WorkingCalendar, today: date) -> Iterator[Work]:
    running = applications.handed_in().where(Application.status.in_(OPEN_APPLICATIONS))
    for row in applications.by_time_left(db.session.scalars(running), calendar, today):
        case = row.application
        # What a party may do with its own application waits in the portal, not on the desk.
        if not is_party(actor, case) and APPLICATION.open_to(actor, case):
            yield Work(
                case.reference, url_for("applications.case", reference=case.reference),
                gettext("License application"), case.organization.name, label(case.status),
                _name(case.reviewer or case.intake_officer), row.due, row.days_left, row.stopped,
                _is_past(row.due, today))


def _cases(actor: Actor, calendar: WorkingCalendar, today: date) -> Iterator[Work]:
    cases = db.session.scalars(enforcement.worklist(actor)).all()
    for row in enforcement.by_time_left(cases, calendar, today):
        case = row.case
        if CASE.open_to(actor, case):
            yield Work(
                case.reference, url_for("enforcement.case", reference=case.reference),
                gettext("Conduct case"), case.organization.name, label(case.status),
                case.investigator.name, row.due, row.days_left,
                stopped=False, overdue=_is_past(row.due, today))


# Two procedures, never merged: each with its page and its word.
_FILED = {True: ("complaints.report_case", N_("Report")),
          False: ("complaints.case", N_("Complaint"))}


def _filings(actor: Actor, calendar: WorkingCalendar, today: date) -> Iterator[Work]:
    """Complaints and reports; who filed them is nobody's business here."""
    filed = [*db.session.scalars(complaints.complaints_for(actor)),
             *db.session.scalars(complaints.reports_for(actor))]
    for row in complaints.by_time_left(filed, calendar, today):
        filing, (page, matter) = row.filing, _FILED[row.is_report]
        if _may_act(actor, filing):
            yield Work(
                filing.reference, url_for(page, reference=filing.reference), gettext(matter),
                filing.respondent_name, label(filing.status), _name(filing.officer),
                row.due, row.days_left, stopped=False, overdue=_is_past(row.due, today))


def _may_act(actor: Actor, filing: Filing) -> bool:
    if isinstance(filing, Complaint):
        return bool(COMPLAINT.open_to(actor, filing))
    return bool(REPORT.open_to(actor, filing))


def _name(officer: User | None) -> str | None:
    return officer.name if officer else None


def _is_past(due: date | None, today: date) -> bool:
    return due is not None and due < today


Lister = Callable[[Actor, WorkingCalendar, date], Iterator[Work]]
# Asked by the permission first: a room whose cases this officer may not read costs no query.
_ROOMS: tuple[tuple[Permission, Lister], ...] = (
    (Permission.APPLICATION_READ, _applications),
    (Permission.CASE_READ, _cases),
    (Permission.COMPLAINT_HANDLE, _filings),
)


def waiting_for(actor: Actor, calendar: WorkingCalendar, today: date) -> list[Work]:
    """What this officer may take a step in; a stopped clock presses nobody, so it comes last."""
    held = granted(actor)
    found = [line for permission, lines in _ROOMS if permission in held
             for line in lines(actor, calendar, today)]
    return sorted(found, key=lambda w: (w.stopped, w.days_left is None, w.days_left or 0, w.reference))
