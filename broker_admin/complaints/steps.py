"""Which steps are open to an officer on a complaint or a report now: the buttons of its page."""

from broker_admin.complaints.models import Complaint, Filing, Report
from broker_admin.complaints.workflow import (
    COMPLAINT,
    REPORT,
    REPORT_STEPS,
    STEPS,
    UNDECIDED_REPORTS,
)
from broker_admin.permissions import Actor, can

# Both kinds have pages of their own, and two of one name cannot be told apart in an address.
_PAGE_NAMES = {"close": "close_report"}


def open_to(actor: Actor, filing: Filing) -> list[str]:
    """In the order of the procedure."""
    if isinstance(filing, Complaint):
        names = _on_complaint(actor, filing)
        return [name for name in STEPS if name in names]
    names = _on_report(actor, filing)
    return [name for name in REPORT_STEPS if name in names]


def _on_complaint(actor: Actor, complaint: Complaint) -> set[str]:
    names = {transition.name for transition in COMPLAINT.open_to(actor, complaint)}
    if complaint.status in complaint.open_states and can(actor, complaint.handled_by, complaint):
        names |= {"ask", "identify"} if complaint.case_reference else {"ask", "identify", "open_case"}
    return names


def _on_report(actor: Actor, report: Report) -> set[str]:
    names = {_PAGE_NAMES.get(t.name, t.name) for t in REPORT.open_to(actor, report)}
    if report.status in UNDECIDED_REPORTS and can(actor, report.handled_by, report):
        names |= {"ask_reporter", "identify_reported"} if report.extended_on else {
            "ask_reporter", "identify_reported", "extend"}
    # There is nobody to tell, or whoever is waiting must be told before it ends.
    return names - ({"close_report"} if report.awaits_telling else {"tell"})
