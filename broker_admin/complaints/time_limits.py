"""Which limits of the law run for complaints and reports."""

from broker_admin.complaints.models import Complaint, Filing, Report
from broker_admin.complaints.workflow import IN_HAND, UNDECIDED_REPORTS
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.regime import Regime, regime_version


def regime_of(filing: Filing) -> Regime:
    """The law as it stood when it was received."""
    return regime_version(filing.regime)


def running(filing: Filing) -> Deadline | None:
    """The limit that runs against the authority now; None where none does."""
    return _of_complaint(filing) if isinstance(filing, Complaint) else _of_report(filing)


def _of_complaint(complaint: Complaint) -> Deadline | None:
    limits = regime_of(complaint).limits
    if complaint.status is S.RECEIVED:
        return Deadline(limits["complaint_accept"], complaint.received_on)
    if complaint.status in IN_HAND and complaint.accepted_on:
        return Deadline(limits["mediation"], complaint.accepted_on)
    return None


def _of_report(report: Report) -> Deadline | None:
    if report.status in UNDECIDED_REPORTS:
        return verification(report)
    if report.status in {R.CASE_FILED, R.NOT_FILED} and not report.anonymous and report.decided_on:
        return Deadline(regime_of(report).limits["report_tell"], report.decided_on)
    return None


def verification(report: Report) -> Deadline:
    """15 working days from receipt, and once 15 more with a reason."""
    deadline = Deadline(regime_of(report).limits["report_verify"], report.received_on)
    if report.extended_on is None:
        return deadline
    return deadline.extended(report.extended_on, report.extension_reason or "")
