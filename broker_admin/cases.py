"""Every kind of case with its workflow: what `verify` compares with the record."""

from broker_admin.accounts.models import Membership
from broker_admin.accounts.workflow import MEMBERSHIP
from broker_admin.applications.models import Application
from broker_admin.applications.workflow import WORKFLOW as APPLICATION
from broker_admin.audit.verification import Finding, Kind, Number, verify
from broker_admin.complaints.models import Complaint, Report
from broker_admin.complaints.workflow import COMPLAINT
from broker_admin.complaints.workflow import REPORT as CONDUCT_REPORT
from broker_admin.documents import service as documents
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import WORKFLOW as CASE
from broker_admin.exams.models import Booking, ExamAttempt, Sitting
from broker_admin.exams.workflow import ATTEMPT, BOOKING, SITTING
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import WORKFLOW as LICENSE
from broker_admin.practitioners.models import Employment, Practitioner
from broker_admin.practitioners.workflow import CERTIFICATE, EMPLOYMENT
from broker_admin.rules.numbering import parse_license_number
from broker_admin.supervision.inspection_workflow import DRAW, INSPECTION, RECTIFICATION
from broker_admin.supervision.models import (
    AnnualReport,
    AnnualReview,
    Draw,
    Inspection,
    Rectification,
)
from broker_admin.supervision.workflow import REPORT, REVIEW


def _license_number(license: License) -> Number | None:
    number = parse_license_number(license.number)
    return (f"license-{number.type}", number.year, number.serial) if number else None


KINDS: tuple[Kind, ...] = (
    Kind(Membership, MEMBERSHIP),
    Kind(Application, APPLICATION),
    Kind(License, LICENSE, _license_number),
    Kind(Practitioner, CERTIFICATE),
    Kind(Employment, EMPLOYMENT),
    Kind(Case, CASE),
    Kind(Complaint, COMPLAINT),
    Kind(Report, CONDUCT_REPORT),
    Kind(AnnualReport, REPORT),
    Kind(AnnualReview, REVIEW),
    Kind(Draw, DRAW),
    Kind(Inspection, INSPECTION),
    Kind(Rectification, RECTIFICATION),
    Kind(Sitting, SITTING),
    Kind(Booking, BOOKING),
    Kind(ExamAttempt, ATTEMPT),
)


def findings() -> list[Finding]:
    """Whatever the record does not explain, and files that are lost or changed."""
    lost = [Finding("file", document.reference, "is not in the store as it was kept")
            for document in documents.unsound()]
    return [*verify(KINDS), *lost]
