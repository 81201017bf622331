"""What the legal reviewer and the decider do, who are never the investigators."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from broker_admin.clock import day_of
from broker_admin.enforcement import measures, time_limits
from broker_admin.enforcement.events import (
    CaseAcquitted,
    CaseCleared,
    CaseReopened,
    MeasureImposed,
)
from broker_admin.enforcement.legality import FAULTS, choices_for, demand_lawful
from broker_admin.enforcement.measures import Choice, Effect, Fault
from broker_admin.enforcement.models import Case, Opinion
from broker_admin.enforcement.service import current_notice, next_document
from broker_admin.enforcement.workflow import WORKFLOW
from broker_admin.events import record
from broker_admin.licenses import service as licenses
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.numbering import DocumentKind

# 以欺骗、贿赂等不正当手段取得资格: it was wrong from the start, so it is annulled.
_DECEIT = "C25"
_ACTS: dict[Effect, Callable[..., None]] = {
    Effect.SUSPENDS: licenses.suspend,
    Effect.ENDS: licenses.withdraw,
    Effect.REVOKES: licenses.revoke,
}


def clear(case: Case, *, opinion: str, actor: Any, at: datetime) -> None:
    """The law is observed: the case may be decided (处罚法 58)."""
    WORKFLOW.check("clear", case, actor)
    _opine(case, opinion, cleared=True, actor=actor, at=at)
    WORKFLOW.fire("clear", case, actor)
    record(CaseCleared(case=case, actor=actor, at=at, opinion=opinion))


def reopen(case: Case, *, opinion: str, actor: Any, at: datetime) -> None:
    """Something is missing or wrong: back to the investigators, and a new notice after it."""
    WORKFLOW.check("reopen", case, actor)
    _opine(case, opinion, cleared=False, actor=actor, at=at)
    WORKFLOW.fire("reopen", case, actor)
    record(CaseReopened(case=case, actor=actor, at=at, opinion=opinion))


def impose(
    case: Case, *, measure: str, months: int | None, basis: str, reasons: str,
    calendar: WorkingCalendar, actor: Any, at: datetime,
) -> None:
    """Decide the measure, no heavier than announced, and let it act on the license at once."""
    WORKFLOW.check("impose", case, actor)
    choice = demand_lawful(case, measure, months, basis)
    # 处罚法 45: whoever defends itself must not fare worse than it was told to expect.
    if is_too_heavy(case, choice, months):
        raise Refused(FAULTS[Fault.HEAVIER])
    today = day_of(at)
    kind = DocumentKind.PENALTY if choice.is_penalty else DocumentKind.MEASURE
    _decide(case, reasons, kind, actor, at)
    case.measure, case.measure_months, case.basis = measure, months, basis
    case.measure_until = measures.ends_on(choice, months, today)
    case.public_until = measures.public_until(
        time_limits.regime_of(case), choice, case.established_codes, today)
    case.reconsider_by = _remedy(case, "reconsideration", calendar, today)
    case.sue_by = _remedy(case, "litigation", calendar, today)
    # The state before the license: where that refuses, the request forgets both.
    WORKFLOW.fire("impose", case, actor)
    _act_on_license(case, choice, actor, at)
    record(MeasureImposed(
        case=case, actor=actor, at=at, document_number=case.decision_number or "", measure=measure,
        basis=basis, public_until=str(case.public_until) if case.public_until else None))


def acquit(case: Case, *, reasons: str, actor: Any, at: datetime) -> None:
    """End the case without a measure: slight, set right, or not proven (处罚法 33, 57)."""
    WORKFLOW.check("acquit", case, actor)
    _decide(case, reasons, DocumentKind.NO_PENALTY, actor, at)
    WORKFLOW.fire("acquit", case, actor)
    record(CaseAcquitted(case=case, actor=actor, at=at, document_number=case.decision_number or ""))


def is_too_heavy(case: Case, choice: Choice, months: int | None) -> bool:
    """Whether it would be heavier than what the party was told to expect (处罚法 45)."""
    notice = current_notice(case)
    noticed = choices_for(case).get(notice.measure)
    return noticed is None or measures.is_heavier(choice, months, noticed, notice.months)


def lighter_choices(case: Case) -> dict[str, Choice]:
    """The measures that the decider may still impose after this notice."""
    notice = current_notice(case)
    offered = choices_for(case)
    noticed = offered[notice.measure]
    return {code: choice for code, choice in offered.items()
            if not measures.is_heavier(choice, None, noticed, notice.months)}


def _opine(case: Case, text: str, *, cleared: bool, actor: Any, at: datetime) -> None:
    # Each opinion is kept: whoever ever reviewed the case may not decide it (see ``barred_ids``).
    case.opinions.append(Opinion(cleared=cleared, text=text, reviewer_id=actor.id, at=at))
    case.legal_reviewer_id = actor.id


def _decide(case: Case, reasons: str, kind: DocumentKind, actor: Any, at: datetime) -> None:
    case.decision_number, case.decision_reasons = next_document(kind, at), reasons
    case.decided_at, case.decided_on, case.decider_id = at, day_of(at), actor.id


def _remedy(case: Case, limit: str, calendar: WorkingCalendar, today: date) -> date | None:
    """The last day, computed once and printed (复议法 20, 行诉法 46)."""
    return Deadline(time_limits.regime_of(case).limits[limit], today).due(calendar)


def _act_on_license(case: Case, choice: Choice, actor: Any, at: datetime) -> None:
    """In the same transaction: a license that cannot bear the effect undoes the decision."""
    act = _act(case, choice)
    if act is None or case.license is None:
        return
    # Only a suspension knows how long; the other acts have no such argument.
    length = {"until": case.measure_until} if choice.lasts else {}
    act(case.license, basis=case.basis, reason=choice.zh, case=case.reference, actor=actor,
        at=at, **length)


def _act(case: Case, choice: Choice) -> Callable[..., None] | None:
    """What becomes of the license; None where the measure leaves it alone."""
    # Got by deceit it was wrong from the start, and does not merely end (许可法 69).
    if choice.effect is Effect.ENDS and _DECEIT in case.established_codes:
        return licenses.annul
    return _ACTS.get(choice.effect)
