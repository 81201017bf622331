"""What officers do with reports.  The reported party learns nothing here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from broker_admin.clock import day_of
from broker_admin.complaints import time_limits
from broker_admin.complaints.events import (
    CaseFiledOnReport,
    ReportClosed,
    ReporterTold,
    ReportNotFiled,
    ReportTakenUp,
    VerificationExtended,
)
from broker_admin.complaints.models import Report
from broker_admin.complaints.service import case_on, demand_in_hand
from broker_admin.complaints.workflow import REPORT, UNDECIDED_REPORTS
from broker_admin.enforcement.models import Case
from broker_admin.events import record
from broker_admin.permissions import Actor
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar


def verify(report: Report, *, actor: Any, at: datetime) -> None:
    """Begin to look into it."""
    REPORT.fire("verify", report, actor)
    report.officer_id = actor.id
    record(ReportTakenUp(case=report, actor=actor, at=at))


def extend(
    report: Report, *, reason: str, calendar: WorkingCalendar, actor: Actor, at: datetime
) -> None:
    """Take fifteen working days more, once and for a reason."""
    demand_in_hand(report, actor)
    # In the special circumstances of 投诉举报 23; what has run out cannot be made longer.
    deadline = time_limits.verification(report)
    if report.status not in UNDECIDED_REPORTS or not deadline.can_be_extended(calendar, day_of(at)):
        raise Refused(N_("The period can be extended once, and only before it ends."))
    report.extended_on, report.extension_reason = day_of(at), reason
    record(VerificationExtended(case=report, actor=actor, at=at))


def file_case(
    report: Report, *, conduct_codes: Iterable[str], facts: str, actor: Any, at: datetime
) -> Case:
    """The lead is good: open a case on it (立案)."""
    REPORT.check("file_case", report, actor)
    # The case first: where its opening is refused, the report stays where it is.
    case = case_on(report, conduct_codes=conduct_codes, facts=facts, actor=actor, at=at)
    report.decided_on = day_of(at)
    REPORT.fire("file_case", report, actor)
    record(CaseFiledOnReport(case=report, actor=actor, at=at, case_reference=case.reference))
    return case


def not_file(report: Report, *, reasons: str, actor: Any, at: datetime) -> None:
    """The lead does not carry a case (不予立案)."""
    REPORT.check("not_file", report, actor)
    report.outcome, report.decided_on = reasons, day_of(at)
    # An obvious one is decided without a verification, and so without anybody in charge yet.
    report.officer_id = report.officer_id or actor.id
    REPORT.fire("not_file", report, actor)
    record(ReportNotFiled(case=report, actor=actor, at=at))


def tell(report: Report, *, reply: str, actor: Actor, at: datetime) -> None:
    """Tell a reporter who gave a name whether a case was filed, within five working days."""
    REPORT.check("tell", report, actor)
    if report.anonymous:
        raise Refused(N_("The report is anonymous: there is nobody to tell."))
    report.reply, report.replied_on = reply, day_of(at)
    REPORT.fire("tell", report, actor)
    record(ReporterTold(case=report, actor=actor, at=at))


def close(report: Report, *, actor: Actor, at: datetime) -> None:
    """Nothing is left to do; a reporter who gave a name has been told."""
    REPORT.check("close", report, actor)
    if report.awaits_telling:
        raise Refused(N_("Tell the reporter first whether a case was filed."))
    REPORT.fire("close", report, actor)
    record(ReportClosed(case=report, actor=actor, at=at))
