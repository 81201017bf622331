"""Lists of complaints and reports, and what belongs to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from broker_admin.complaints import time_limits
from broker_admin.complaints.models import Complaint, Filing, Question, Report
from broker_admin.complaints.workflow import SHOWN_TO_HOLDER, ComplaintStatus, ReportStatus
from broker_admin.db import db
from broker_admin.permissions import Actor
from broker_admin.rules.calendar import WorkingCalendar

F = TypeVar("F", Complaint, Report)

# Where a file lies says who handed it in, and so who may fetch it.
EVIDENCE, ANSWER = "evidence", "answer"


def complaints_for(
    actor: Actor, *, status: ComplaintStatus | None = None, words: str = ""
) -> Select[tuple[Complaint]]:
    """The complaints that fit, open ones unless a state is asked for."""
    return _fitting(Complaint, actor, status, words).options(selectinload(Complaint.officer))


def reports_for(
    actor: Actor, *, status: ReportStatus | None = None, words: str = ""
) -> Select[tuple[Report]]:
    """The reports that fit, open ones unless a state is asked for."""
    return _fitting(Report, actor, status, words).options(selectinload(Report.officer))


def _fitting(
    kind: type[F], actor: Actor, status: StrEnum | None, words: str
) -> Select[tuple[F]]:
    states = {status} if status else kind.open_states
    query = select(kind).where(
        kind.status.in_(states),
        # Never about the officer's own house; and NULL is in no list, nor outside one.
        kind.organization_id.is_(None) | kind.organization_id.not_in(actor.organization_ids))
    if words:
        query = query.where(
            kind.respondent_name.contains(words, autoescape=True)
            | (kind.reference == words.upper()) | (kind.receipt_number == words))
    # A list shows so many rows: of what has ended, the newest are those that somebody looks for.
    return query.order_by(kind.id if states <= kind.open_states else kind.id.desc())


def of_party(actor: Actor) -> Select[tuple[Complaint]]:
    """Accepted complaints against the actor's organisations, newest first; never a report."""
    return (select(Complaint)
            .where(Complaint.organization_id.in_(actor.organization_ids),
                   Complaint.accepted_on.is_not(None), Complaint.status.in_(SHOWN_TO_HOLDER))
            .options(selectinload(Complaint.organization)).order_by(Complaint.id.desc()))


@dataclass(frozen=True)
class Row:
    """A complaint or a report in the worklist, with the limit that runs for it."""

    filing: Filing
    due: date | None
    days_left: int | None

    @property
    def is_report(self) -> bool:
        return self.filing.is_report


def by_time_left(filings: Iterable[Filing], calendar: WorkingCalendar, today: date) -> list[Row]:
    """The most urgent first; those for which nothing runs last, in the order in which they came."""
    rows = [_row(filing, calendar, today) for filing in filings]
    return sorted(rows, key=lambda row: (row.days_left is None, row.days_left or 0))


def _row(filing: Filing, calendar: WorkingCalendar, today: date) -> Row:
    deadline = time_limits.running(filing)
    if deadline is None:
        return Row(filing, None, None)
    return Row(filing, deadline.due(calendar), deadline.working_days_left(calendar, today))


def questions_of(reference: str) -> list[Question]:
    return list(db.session.scalars(
        select(Question).where(Question.subject == reference).order_by(Question.id)))


def open_question(reference: str) -> Question | None:
    """The one that waits for its answer; there is never more than one."""
    return db.session.scalar(select(Question).where(
        Question.subject == reference, Question.reply.is_(None)))
