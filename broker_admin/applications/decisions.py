"""What the decider does: extend the time, send back, grant, refuse."""

from datetime import datetime
from typing import Any

from broker_admin.applications import time_limits
from broker_admin.applications.events import (
    ApplicationGranted,
    ApplicationRefused,
    ApplicationSentBack,
    TimeExtended,
)
from broker_admin.applications.intake import decide_by, next_document
from broker_admin.applications.models import Application, Decision, TimeExtension
from broker_admin.applications.review import Outcome
from broker_admin.applications.workflow import WORKFLOW
from broker_admin.clock import day_of
from broker_admin.events import record
from broker_admin.licenses import service as licenses
from broker_admin.permissions import Actor, Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.numbering import DocumentKind
from broker_admin.workflow import TransitionRefused

WIDER = N_("A grant may be narrower than the reviewer proposed, but not wider. Send the application "
           "back with your reasons for another look.")


def extend(
    application: Application, *, reason: str, calendar: WorkingCalendar, actor: Any, at: datetime
) -> None:
    """Extend the decision period once, with reasons that the applicant is told (许可法 42)."""
    demand_extendable(application, calendar=calendar, actor=actor, at=at)
    number = next_document(DocumentKind.EXTENSION, at)
    application.extensions.append(TimeExtension(
        granted_on=day_of(at), granted_by_id=actor.id, reason=reason, document_number=number))
    record(TimeExtended(case=application, actor=actor, at=at, document_number=number,
                        decide_by=decide_by(application, calendar)))


def demand_extendable(
    application: Application, *, calendar: WorkingCalendar, actor: Actor, at: datetime
) -> None:
    """Extending leaves the state alone, so that no row of the workflow's table guards it."""
    deadline = time_limits.decision_period(application)
    if deadline is None:
        raise TransitionRefused(N_("Only a running decision period can be extended."))
    if not can(actor, Permission.APPLICATION_DECIDE, application):
        raise TransitionRefused(N_("You may not take this step in this case."))
    if not deadline.can_be_extended(calendar, day_of(at)):
        raise Refused(N_("The period can be extended once, and only before it ends."))


def may_extend(
    application: Application, *, calendar: WorkingCalendar, actor: Actor, at: datetime
) -> bool:
    try:
        demand_extendable(application, calendar=calendar, actor=actor, at=at)
    except Refused:
        return False
    return True


def send_back(application: Application, *, reason: str, actor: Actor, at: datetime) -> None:
    """Ask the reviewer to look again; the clock runs on."""
    WORKFLOW.fire("send_back", application, actor)
    record(ApplicationSentBack(case=application, actor=actor, at=at, reason=reason))


def grant(
    application: Application, outcome: Outcome, *, calendar: WorkingCalendar, actor: Any,
    at: datetime,
) -> None:
    """Grant on these terms and issue the license, in one transaction."""
    if outcome.grade is None or outcome.broker_type is None or outcome.term_years is None:
        raise Refused(N_("A grant needs type, grade, scope and term."))
    WORKFLOW.check("grant", application, actor)
    demand_proposed(application, granted=True)
    if is_wider(application, outcome):
        raise Refused(WIDER)
    WORKFLOW.fire("grant", application, actor)
    decision = _decide(application, outcome, DocumentKind.GRANT, calendar=calendar, actor=actor, at=at)
    license = licenses.issue(
        application.organization, broker_type=outcome.broker_type, grade=outcome.grade,
        scope=list(outcome.scope), valid_from=day_of(at), term_years=outcome.term_years,
        regime=application.regime, decision=application.reference, actor=actor, at=at,
        legal_representative=application.answers_of("people").get("legal_rep_name"),
    )
    decision.license_number = license.number
    record(ApplicationGranted(
        case=application, actor=actor, at=at, document_number=decision.document_number,
        license_number=license.number, grade=outcome.grade))


def is_wider(application: Application, outcome: Outcome) -> bool:
    """Whether these terms give more than was proposed: a better grade, another type, more, longer."""
    proposed = application.proposal
    return (proposed is None or outcome.broker_type != proposed.broker_type
            or (outcome.grade or 0) < (proposed.grade or 0)
            or not set(outcome.scope) <= set(proposed.scope)
            or (outcome.term_years or 0) > (proposed.term_years or 0))


def refuse(
    application: Application, outcome: Outcome, *, calendar: WorkingCalendar, actor: Any,
    at: datetime,
) -> None:
    """Refuse, with coded grounds, reasons and the remedies (许可法 38)."""
    if not outcome.grounds:
        raise Refused(N_("A refusal needs at least one ground."))
    WORKFLOW.check("refuse", application, actor)
    demand_proposed(application, granted=False)
    WORKFLOW.fire("refuse", application, actor)
    decision = _decide(application, outcome, DocumentKind.REFUSAL, calendar=calendar, actor=actor, at=at)
    record(ApplicationRefused(
        case=application, actor=actor, at=at, document_number=decision.document_number,
        grounds=list(outcome.grounds)))


def is_proposed(application: Application, *, granted: bool) -> bool:
    return application.proposal is not None and application.proposal.granted is granted


def demand_proposed(application: Application, *, granted: bool) -> None:
    """Two people agree on every decision: what was not proposed goes back to the reviewer."""
    if not is_proposed(application, granted=granted):
        raise Refused(N_("The reviewer proposed otherwise. Send the application back with your "
                         "reasons for another look."))


def _decide(
    application: Application, outcome: Outcome, kind: DocumentKind, *, calendar: WorkingCalendar,
    actor: Any, at: datetime,
) -> Decision:
    today = day_of(at)
    application.decider_id, application.decided_at = actor.id, at
    application.decision = Decision(
        granted=outcome.granted, broker_type=outcome.broker_type, grade=outcome.grade,
        scope=list(outcome.scope), term_years=outcome.term_years, grounds=list(outcome.grounds),
        reasons=outcome.reasons, document_number=next_document(kind, at), decided_on=today,
        decided_by_id=actor.id, **_remedies(application, calendar, at))
    return application.decision


def _remedies(application: Application, calendar: WorkingCalendar, at: datetime) -> dict[str, Any]:
    """The last days for reconsideration and litigation, computed once and printed (复议法 20, 行诉法 46)."""
    limits = time_limits.regime_of(application).limits
    return {
        column: Deadline(limits[code], day_of(at)).due(calendar)
        for column, code in (("reconsider_by", "reconsideration"), ("sue_by", "litigation"))
    }
