"""Orders to put something right, and what comes of them.  Nothing here commits."""

from datetime import datetime
from typing import Any

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.licenses.models import License
from broker_admin.permissions import SYSTEM, Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.numbering import DocumentKind, DocumentNumber
from broker_admin.rules.regime import regime_on
from broker_admin.sequences import next_number, next_reference
from broker_admin.supervision.inspection_events import (
    RectificationAnswered,
    RectificationExtended,
    RectificationLapsed,
    RectificationOrdered,
    RectificationRejected,
    RectificationVerified,
)
from broker_admin.supervision.inspection_workflow import RECTIFICATION, RectificationStatus
from broker_admin.supervision.models import Rectification
from broker_admin.supervision.time_limits import may_extend, rectify_by
from broker_admin.workflow import TransitionRefused


def order(
    license: License, *, source: str, demands: str, calendar: WorkingCalendar, actor: Any,
    at: datetime,
) -> Rectification:
    """Order the holder to put something right; ``source``: the reference it came from."""
    if not can(actor, Permission.RECTIFICATION_ORDER, license):
        raise TransitionRefused(N_("You may not take this step in this case."))
    # Counted in Guangdong, where the law counts days.
    today = day_of(at)
    number = next_number(f"document-{DocumentKind.RECTIFICATION}", today.year)
    ordered = Rectification(
        reference=next_reference("ZG", today.year), status=RectificationStatus.ISSUED,
        regime=regime_on(today).version, license=license, license_id=license.id,
        organization=license.organization, organization_id=license.organization_id, source=source,
        document_number=str(DocumentNumber(DocumentKind.RECTIFICATION, today.year, number)),
        demands=demands, ordered_by_id=actor.id, ordered_on=today, running_from=today)
    db.session.add(ordered)
    db.session.flush()  # for the officer whom the answer is told to
    record(RectificationOrdered(
        case=ordered, actor=actor, at=at, document_number=ordered.document_number, source=source,
        answer_by=str(rectify_by(ordered, calendar))))
    return ordered


def extend(
    case: Rectification, *, reason: str, calendar: WorkingCalendar, actor: Any, at: datetime
) -> None:
    """Give more time, once and before the time is over."""
    if not can(actor, Permission.RECTIFICATION_ORDER, case):
        raise TransitionRefused(N_("You may not take this step in this case."))
    demand_extendable(case, calendar=calendar, at=at)
    case.extended_on, case.extension_reason = day_of(at), reason
    record(RectificationExtended(case=case, actor=actor, at=at,
                                 answer_by=str(rectify_by(case, calendar))))


def demand_extendable(case: Rectification, *, calendar: WorkingCalendar, at: datetime) -> None:
    if not may_extend(case, calendar, day_of(at)):
        raise Refused(N_("The time can be extended once, and only while it runs."))


def answer(case: Rectification, *, text: str, actor: Any, at: datetime) -> None:
    """The holder says what has been done; late is better than never."""
    RECTIFICATION.fire("answer", case, actor)
    case.answer, case.answered_at = text, at
    record(RectificationAnswered(case=case, actor=actor, at=at))


def verify(case: Rectification, *, verdict: str, actor: Any, at: datetime) -> None:
    """It has been put right; the record says whether the one who ordered it verified it."""
    # No second officer is demanded: small offices have one; auditors read who did both.
    RECTIFICATION.fire("verify", case, actor)
    case.verdict, case.verified_by_id, case.verified_on = verdict, actor.id, day_of(at)
    record(RectificationVerified(case=case, actor=actor, at=at,
                                 by_who_ordered=actor.id == case.ordered_by_id))


def reject(
    case: Rectification, *, verdict: str, calendar: WorkingCalendar, actor: Any, at: datetime
) -> None:
    """It has not been put right: the time runs anew, within the outer bound."""
    RECTIFICATION.fire("reject", case, actor)
    case.verdict, case.running_from = verdict, day_of(at)
    last = rectify_by(case, calendar)
    # Verified late, the outer bound may lie behind: no mail may ask for an answer by a past day.
    record(RectificationRejected(case=case, actor=actor, at=at, answer_by=str(last),
                                 over=last is not None and last < day_of(at)))


def lapse(case: Rectification, *, calendar: WorkingCalendar, at: datetime) -> None:
    """The time is over and no answer came."""
    # The job asked before; another answer may have come between its list and this case.
    last = rectify_by(case, calendar)
    if last is None or day_of(at) <= last:
        raise Refused(N_("The time for the rectification is not over yet."))
    RECTIFICATION.fire("lapse", case, SYSTEM)
    record(RectificationLapsed(case=case, actor=SYSTEM, at=at))
