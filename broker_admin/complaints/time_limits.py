"""Which limits of the law run for complaints and reports."""

from datetime import date

from broker_admin.complaints.models import Complaint, Filing, Report
from broker_admin.complaints.workflow import IN_HAND, UNDECIDED_REPORTS
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.regime import Regime, regime_version


def regime_of(filing: Filing) -> Regime:
    """The law as it stood when it was received."""
    return regime_version(filing.regime)


def running(filing: Filing) -> Deadline | None:
    """The limit that runs against the authority now; None where none does."""
    return _of_complaint(filing) if isinstance(filing, Complaint) else _of_report(filing)


def _of_complaint(complaint: Complaint) -> Deadline | None:
    if complaint.status is S.RECEIVED:
        return _since(complaint, "complaint_accept", complaint.received_on)
    # Answering and agreeing to mediate start no new time: it runs from the acceptance (21).
    if complaint.status in IN_HAND:
        return _since(complaint, "mediation", complaint.accepted_on)
    return None


def _of_report(report: Report) -> Deadline | None:
    if report.status in UNDECIDED_REPORTS:
        return verification(report)
    if report.awaits_telling:
        return _since(report, "report_tell", report.decided_on)
    return None


def _since(filing: Filing, limit: str, day: date | None) -> Deadline | None:
    return Deadline(regime_of(filing).limits[limit], day) if day else None


def verification(report: Report) -> Deadline:
    """15 working days from receipt, and once 15 more with a reason."""
    deadline = Deadline(regime_of(report).limits["report_verify"], report.received_on)
    if report.extended_on is None:
        return deadline
    return deadline.extended(report.extended_on, report.extension_reason or "")
