"""What the reviewer does: check each criterion, ask experts, propose a decision."""

from dataclasses import dataclass
from datetime import datetime

from broker_admin.applications import time_limits
from broker_admin.applications.events import (
    CriterionChecked,
    DecisionProposed,
    ExpertReviewBegun,
    ExpertReviewEnded,
)
from broker_admin.applications.intake import decide_by, next_document
from broker_admin.applications.models import Application, Check, ClockStop, Proposal
from broker_admin.applications.workflow import WORKFLOW
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.events import record
from broker_admin.permissions import Actor, Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.numbering import DocumentKind
from broker_admin.workflow import TransitionRefused

EXPERT_REVIEW = "expert_review"


@dataclass(frozen=True)
class Outcome:
    """A grant with its terms, or a refusal with its grounds; ``reasons`` are read by the applicant."""

    granted: bool
    reasons: str
    broker_type: str | None = None
    grade: int | None = None
    scope: tuple[str, ...] = ()
    term_years: int | None = None
    grounds: tuple[str, ...] = ()


def check(
    application: Application, *, criterion: str, met: bool, note: str, actor: Actor, at: datetime
) -> None:
    """Note what was found on one criterion; the finding before is kept."""
    demand_under_review(application, actor)
    application.checks.append(Check(
        criterion=criterion, met=met, note=note, officer_id=actor.id, at=at))
    record(CriterionChecked(case=application, actor=actor, at=at, criterion=criterion, met=met))


def demand_under_review(application: Application, actor: Actor) -> None:
    """Checking leaves the state alone, so that no row of the workflow's table guards it."""
    if application.status is not S.UNDER_REVIEW:
        raise TransitionRefused(N_("Criteria are checked while the application is under review."))
    if not can(actor, Permission.APPLICATION_REVIEW, application):
        raise TransitionRefused(N_("You may not take this step in this case."))


def latest_checks(application: Application) -> dict[str, Check]:
    """The last finding on each criterion."""
    return {found.criterion: found for found in application.checks}


def begin_expert_review(
    application: Application, *, reason: str, actor: Actor, at: datetime
) -> None:
    """Give it to experts; their time does not count, and the applicant is told so (许可法 45)."""
    WORKFLOW.fire("begin_expert_review", application, actor)
    number = next_document(DocumentKind.NOTICE, at)
    application.stops.append(ClockStop(
        kind=EXPERT_REVIEW, began_on=day_of(at), reason=reason, document_number=number))
    record(ExpertReviewBegun(case=application, actor=actor, at=at, document_number=number))


def end_expert_review(
    application: Application, *, calendar: WorkingCalendar, actor: Actor, at: datetime
) -> None:
    """The experts have answered: the clock runs again from the next day."""
    WORKFLOW.fire("end_expert_review", application, actor)
    stop = application.open_stop
    if stop:
        stop.ended_on = day_of(at)
    record(ExpertReviewEnded(case=application, actor=actor, at=at,
                             decide_by=decide_by(application, calendar)))


def propose(application: Application, outcome: Outcome, *, actor: Actor, at: datetime) -> None:
    """Hand a proposal to the decider.  A grant needs every criterion checked and met."""
    WORKFLOW.check("propose", application, actor)
    if outcome.granted:
        _require_criteria(application)
    WORKFLOW.fire("propose", application, actor)
    application.reviewer_id = actor.id
    application.proposals.append(Proposal(
        granted=outcome.granted, broker_type=outcome.broker_type, grade=outcome.grade,
        scope=list(outcome.scope), term_years=outcome.term_years, grounds=list(outcome.grounds),
        reasons=outcome.reasons, officer_id=actor.id, at=at))
    record(DecisionProposed(case=application, actor=actor, at=at, granted=outcome.granted,
                            grade=outcome.grade, grounds=list(outcome.grounds)))


def _require_criteria(application: Application) -> None:
    met = {code for code, found in latest_checks(application).items() if found.met}
    criteria = time_limits.regime_of(application).criteria
    open_ones = [c.code for c in criteria if c.code not in met]
    if open_ones:
        raise Refused(N_("A grant needs every criterion checked and met; open: %(criteria)s."),
                      criteria=", ".join(open_ones))
