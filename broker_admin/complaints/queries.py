"""Lists of complaints and reports, and what belongs to one."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import Organization
from broker_admin.complaints import time_limits
from broker_admin.complaints.codes import plain_code
from broker_admin.complaints.models import Complaint, Filing, Question, Report
from broker_admin.complaints.workflow import (
    OPEN_COMPLAINTS,
    OPEN_REPORTS,
    SHOWN_TO_HOLDER,
    ComplaintStatus,
    ReportStatus,
)
from broker_admin.db import blind_index, db
from broker_admin.documents import service as documents
from broker_admin.documents.models import Document
from broker_admin.licenses.models import License
from broker_admin.permissions import Actor
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.numbering import parse_license_number, parse_receipt_number

EVIDENCE, ANSWER = "evidence", "answer"


def complaints_for(
    actor: Actor, *, status: ComplaintStatus | None = None, words: str = ""
) -> Select[tuple[Complaint]]:
    """The complaints that fit, open ones unless a state is asked for."""
    query = select(Complaint).where(
        Complaint.status.in_([status] if status else OPEN_COMPLAINTS),
        Complaint.organization_id.is_(None)
        | Complaint.organization_id.not_in(actor.organization_ids))
    if words:
        query = query.where(
            Complaint.respondent_name.contains(words, autoescape=True)
            | (Complaint.reference == words.upper()) | (Complaint.receipt_number == words))
    return query.options(selectinload(Complaint.officer)).order_by(Complaint.id)


def reports_for(
    actor: Actor, *, status: ReportStatus | None = None, words: str = ""
) -> Select[tuple[Report]]:
    """The reports that fit, open ones unless a state is asked for."""
    query = select(Report).where(
        Report.status.in_([status] if status else OPEN_REPORTS),
        Report.organization_id.is_(None) | Report.organization_id.not_in(actor.organization_ids))
    if words:
        query = query.where(
            Report.respondent_name.contains(words, autoescape=True)
            | (Report.reference == words.upper()) | (Report.receipt_number == words))
    return query.options(selectinload(Report.officer)).order_by(Report.id)


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
    is_report: bool
    due: date | None
    days_left: int | None


def by_time_left(filings: Iterable[Filing], calendar: WorkingCalendar, today: date) -> list[Row]:
    """The most urgent first; those for which nothing runs last."""
    rows = [_row(filing, calendar, today) for filing in filings]
    return sorted(rows, key=lambda row: (row.days_left is None, row.days_left or 0,
                                         row.filing.received_at))


def _row(filing: Filing, calendar: WorkingCalendar, today: date) -> Row:
    deadline, is_report = time_limits.running(filing), isinstance(filing, Report)
    if deadline is None:
        return Row(filing, is_report, None, None)
    return Row(filing, is_report, deadline.due(calendar),
               deadline.working_days_left(calendar, today))


def questions_of(reference: str) -> list[Question]:
    return list(db.session.scalars(
        select(Question).where(Question.subject == reference).order_by(Question.id)))


def open_question(reference: str) -> Question | None:
    return next((q for q in questions_of(reference) if q.reply is None), None)


def evidence_of(reference: str) -> list[Document]:
    return documents.of(reference)


def by_code(receipt: str, code: str) -> Filing | None:
    """What was filed under this receipt, if this is its code.

    Takes the same path for an unknown receipt as for a wrong code.
    """
    number = parse_receipt_number(receipt) or ""
    found = by_receipt(number)
    expected = found.code_hash if found else blind_index("no filing")
    given = blind_index(f"query code {plain_code(code)}")
    return found if hmac.compare_digest(expected, given) else None


def by_receipt(number: str) -> Filing | None:
    complaint = db.session.scalar(select(Complaint).where(Complaint.receipt_number == number))
    report = db.session.scalar(select(Report).where(Report.receipt_number == number))
    return complaint or report


def by_reference(reference: str) -> Filing | None:
    complaint = db.session.scalar(select(Complaint).where(Complaint.reference == reference))
    return complaint or db.session.scalar(select(Report).where(Report.reference == reference))


def respondent(name: str, number: str | None) -> tuple[Organization | None, License | None]:
    """Who is meant: by license number, by credit code, else by the exact name; maybe nobody."""
    parsed = parse_license_number(number or "")
    license = db.session.scalar(
        select(License).where(License.number == str(parsed))) if parsed else None
    if license:
        return license.organization, license
    known = Organization.uscc == (number or "").upper()
    organization = db.session.scalar(select(Organization).where(known)) or db.session.scalar(
        select(Organization).where(Organization.name == name).order_by(Organization.id))
    return organization, _latest(organization) if organization else None


def _latest(organization: Organization) -> License | None:
    return db.session.scalar(select(License).where(License.organization_id == organization.id)
                             .order_by(License.id.desc()).limit(1))
