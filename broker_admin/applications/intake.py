"""What the intake officer does with what was handed in, and what time does by itself."""

from datetime import datetime

from broker_admin.applications import time_limits
from broker_admin.applications.events import (
    ApplicationAccepted,
    ApplicationDeclined,
    ApplicationDeemedAccepted,
    ApplicationLapsed,
    CorrectionRequired,
)
from broker_admin.applications.models import Application, Correction
from broker_admin.applications.workflow import WORKFLOW
from broker_admin.clock import day_of
from broker_admin.events import record
from broker_admin.permissions import SYSTEM, Actor
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.citations import quoted
from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.numbering import DocumentKind, DocumentNumber
from broker_admin.sequences import next_number


def next_document(kind: DocumentKind, at: datetime) -> str:
    """The next number of an official document (文号) of this kind: gap-free per kind and year."""
    year = day_of(at).year
    return str(DocumentNumber(kind, year, next_number(f"document-{kind}", year)))


def require_correction(
    application: Application, *, items: list[dict[str, str]], calendar: WorkingCalendar,
    actor: Actor, at: datetime,
) -> None:
    """Tell everything that is missing, at once and only once (许可法 32(4))."""
    WORKFLOW.check("require_correction", application, actor)
    demand_first_notice(application, calendar=calendar, at=at)
    WORKFLOW.fire("require_correction", application, actor)
    number = next_document(DocumentKind.CORRECTION, at)
    application.corrections.append(Correction(
        document_number=number, issued_on=day_of(at), issued_by_id=actor.id, items=items))
    application.intake_officer_id = actor.id
    # The tasks that were saved for an earlier notice do not count for this one.
    application.answers = {task: {k: v for k, v in given.items() if k != "corrected"}
                           for task, given in application.answers.items()}
    limit = time_limits.regime_of(application).limits["correction_supply"]
    record(CorrectionRequired(
        case=application, actor=actor, at=at, document_number=number,
        tasks=sorted({item["task"] for item in items}),
        supply_by=str(Deadline(limit, day_of(at)).due(calendar)),
    ))


def demand_first_notice(
    application: Application, *, calendar: WorkingCalendar, at: datetime
) -> None:
    """One notice and no second, and none once silence has counted as acceptance (许可法 32(4))."""
    if application.corrections:
        raise Refused(N_("Everything missing had to be told in one notice, and that was sent. "
                         "Accept the application or refuse to accept it."))
    if _is_over(application, calendar, at):
        raise Refused(N_("The time for a correction notice is over: the application counts as "
                         "accepted since the day it was received."))


def accept(
    application: Application, *, calendar: WorkingCalendar, actor: Actor, at: datetime
) -> None:
    """Accept; the decision period runs from the day on which the complete material was received."""
    WORKFLOW.fire("accept", application, actor)
    application.accepted_on = application.received_on
    application.intake_officer_id = actor.id
    record(ApplicationAccepted(
        case=application, actor=actor, at=at, document_number=next_document(DocumentKind.ACCEPTANCE, at),
        accepted_on=str(application.accepted_on), decide_by=decide_by(application, calendar),
    ))


def decline(
    application: Application, *, ground: str, explanation: str, actor: Actor, at: datetime
) -> None:
    """Refuse to accept: no license is needed, another authority is in charge, or material is missing."""
    WORKFLOW.fire("decline", application, actor)
    application.intake_officer_id = actor.id
    application.ended_reason = explanation
    record(ApplicationDeclined(case=application, actor=actor, at=at, ground=ground,
                               document_number=next_document(DocumentKind.NON_ACCEPTANCE, at)))


def deem_accepted(
    application: Application, *, calendar: WorkingCalendar, at: datetime
) -> bool:
    """Accepted by law, since the day of receipt, where no notice came in time (许可法 32(4))."""
    if not _is_over(application, calendar, at):
        return False
    WORKFLOW.fire("deem_accepted", application, SYSTEM)
    application.accepted_on = application.received_on
    application.deemed = True
    limit = time_limits.regime_of(application).limits["correction_notice"]
    record(ApplicationDeemedAccepted(
        case=application, actor=SYSTEM, at=at, accepted_on=str(application.accepted_on),
        article=quoted(limit)))
    return True


def lapse(application: Application, *, calendar: WorkingCalendar, at: datetime) -> bool:
    """Treated as withdrawn, where the corrections did not come in time."""
    deadline = time_limits.running(application)
    if deadline is None or not _is_over(application, calendar, at):
        return False
    WORKFLOW.fire("lapse", application, SYSTEM)
    application.ended_reason = "lapsed"
    record(ApplicationLapsed(case=application, actor=SYSTEM, at=at,
                             supply_by=str(deadline.due(calendar))))
    return True


def decide_by(application: Application, calendar: WorkingCalendar) -> str:
    """The last day for the decision, for letters and mails; empty while the clock stands still."""
    deadline = time_limits.decision_period(application)
    due = deadline.due(calendar) if deadline else None
    return str(due) if due else ""


def _is_over(application: Application, calendar: WorkingCalendar, at: datetime) -> bool:
    deadline = time_limits.running(application)
    return deadline is not None and deadline.is_overdue(calendar, day_of(at))
