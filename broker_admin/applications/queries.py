"""Lists of applications, and what belongs to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import Organization
from broker_admin.applications import time_limits
from broker_admin.applications.models import Application
from broker_admin.applications.workflow import OPEN
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.documents import service as documents
from broker_admin.documents.models import Document
from broker_admin.permissions import Actor
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.deadlines import Alarm

SLOT = "application"


def of_party(actor: Actor) -> Select[tuple[Application]]:
    """The applications of the organisations that the actor belongs to, newest first."""
    return (select(Application).where(Application.organization_id.in_(actor.organization_ids))
            .options(selectinload(Application.organization)).order_by(Application.id.desc()))


def handed_in(
    *, status: S | None = None, words: str = "", assigned_to: int | None = None
) -> Select[tuple[Application]]:
    """What officers see: everything but drafts, which are the applicant's own."""
    query = (
        select(Application).join(Application.organization)
        .where(Application.status.in_([status] if status else set(S) - {S.DRAFT}),
               Application.submitted_at.is_not(None))
        .options(selectinload(Application.organization), selectinload(Application.corrections),
                 selectinload(Application.stops), selectinload(Application.extensions),
                 selectinload(Application.intake_officer), selectinload(Application.reviewer),
                 # Who prepared it, by which a decider's list leaves out what somebody else decides.
                 selectinload(Application.checks), selectinload(Application.proposals))
    )
    if words:
        found = Organization.name.contains(words, autoescape=True)
        query = query.where(found | (Organization.uscc == words)
                            | (Application.reference == words)
                            | (Application.receipt_number == words))
    if assigned_to:
        query = query.where((Application.intake_officer_id == assigned_to)
                            | (Application.reviewer_id == assigned_to))
    return query.order_by(Application.id.desc())


@dataclass(frozen=True)
class Row:
    """An application in the worklist, with what is left of its time."""

    application: Application
    days_left: int | None
    due: date | None
    stopped: bool
    alarm: Alarm | None


def by_time_left(
    applications: Iterable[Application], calendar: WorkingCalendar, today: date
) -> list[Row]:
    """The most urgent first; those without a running limit last, the newest first."""
    rows = [_row(application, calendar, today) for application in applications]
    return sorted(rows, key=lambda row: (row.days_left is None, row.stopped,
                                         row.days_left or 0, -row.application.id))


def _row(application: Application, calendar: WorkingCalendar, today: date) -> Row:
    deadline = time_limits.running(application)
    if deadline is None:
        return Row(application, None, None, False, None)
    return Row(application, deadline.working_days_left(calendar, today), deadline.due(calendar),
               deadline.is_stopped(today), deadline.alarm(calendar, today))


def open_applications() -> Select[tuple[int]]:
    """The numbers of those in which some limit may run out."""
    return select(Application.id).where(Application.status.in_(OPEN)).order_by(Application.id)


def attached(application: Application) -> list[Document]:
    """The documents that the applicant attached, those removed left out."""
    return documents.of(application.reference)


def attached_codes(application: Application) -> frozenset[str]:
    return frozenset(document.slot for document in attached(application))
