"""Every open case in which the next step may be this officer's, the most urgent first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import url_for
from flask_babel import gettext

from broker_admin.applications import queries as applications
from broker_admin.applications.workflow import OPEN as OPEN_APPLICATIONS
from broker_admin.applications.workflow import WORKFLOW as APPLICATION
from broker_admin.complaints import queries as complaints
from broker_admin.complaints.models import Complaint, Filing
from broker_admin.complaints.workflow import COMPLAINT, REPORT
from broker_admin.db import db
from broker_admin.enforcement import queries as enforcement
from broker_admin.enforcement.workflow import WORKFLOW as CASE
from broker_admin.permissions import Actor, Permission, granted
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
    mine: bool
    due: date | None
    days_left: int | None
    stopped: bool
    # By the day and not by working days: after a last day before a holiday none may have passed.
    overdue: bool

    @property
    def is_soon(self) -> bool:
        running = self.days_left is not None and not self.stopped and not self.overdue
        return running and (self.days_left or 0) <= SOON


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


def waiting_for(actor: Actor, calendar: WorkingCalendar, today: date) -> list[Work]:
    """What this officer may take a step in."""
    held = granted(actor)
    found: list[Work] = []
    if Permission.APPLICATION_READ in held:
        found += _applications(actor, calendar, today)
    if Permission.CASE_READ in held:
        found += _cases(actor, calendar, today)
    if Permission.COMPLAINT_HANDLE in held:
        found += _filings(actor, calendar, today)
    return sorted(found, key=lambda w: (w.stopped, w.days_left is None, w.days_left or 0, w.reference))


def _applications(actor: Actor, calendar: WorkingCalendar, today: date) -> Iterator[Work]:
    query = applications.handed_in()
    open_ones = [a for a in db.session.scalars(query) if a.status in OPEN_APPLICATIONS]
    for row in applications.by_time_left(open_ones, calendar, today):
        case = row.application
        officer = case.reviewer or case.intake_officer
        if APPLICATION.open_to(actor, case):
            yield Work(
                case.reference, url_for("applications.case", reference=case.reference),
                gettext("License application"), case.organization.name, label(case.status),
                officer.name if officer else None, officer is not None and officer.id == actor.id,
                row.due, row.days_left, row.stopped, _is_past(row.due, today))


def _cases(actor: Actor, calendar: WorkingCalendar, today: date) -> Iterator[Work]:
    cases = db.session.scalars(enforcement.worklist(actor)).all()
    for row in enforcement.by_time_left(cases, calendar, today):
        case = row.case
        if CASE.open_to(actor, case):
            yield Work(
                case.reference, url_for("enforcement.case", reference=case.reference),
                gettext("Conduct case"), case.organization.name, label(case.status),
                case.investigator.name, case.investigator_id == actor.id, row.due, row.days_left,
                stopped=False, overdue=_is_past(row.due, today))


def _filings(actor: Actor, calendar: WorkingCalendar, today: date) -> Iterator[Work]:
    """Complaints and reports; who filed them is nobody's business here."""
    filed = [*db.session.scalars(complaints.complaints_for(actor)),
             *db.session.scalars(complaints.reports_for(actor))]
    for row in complaints.by_time_left(filed, calendar, today):
        filing, page = row.filing, "report_case" if row.is_report else "case"
        if _may_act(actor, filing):
            yield Work(
                filing.reference, url_for(f"complaints.{page}", reference=filing.reference),
                gettext("Report") if row.is_report else gettext("Complaint"),
                filing.respondent_name, label(filing.status),
                filing.officer.name if filing.officer else None, filing.officer_id == actor.id,
                row.due, row.days_left, stopped=False, overdue=_is_past(row.due, today))


def _may_act(actor: Actor, filing: Filing) -> bool:
    if isinstance(filing, Complaint):
        return bool(COMPLAINT.open_to(actor, filing))
    return bool(REPORT.open_to(actor, filing))


def _is_past(due: date | None, today: date) -> bool:
    return due is not None and due < today
