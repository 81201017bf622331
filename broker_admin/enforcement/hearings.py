"""The hearing that a party may ask for before a grave penalty (处罚法 63, 64)."""

from datetime import date, datetime
from typing import Any

from broker_admin.clock import day_of
from broker_admin.enforcement import time_limits
from broker_admin.enforcement.events import HearingCalled, HearingHeld
from broker_admin.enforcement.models import Case, Notice
from broker_admin.enforcement.service import current_notice
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.events import record
from broker_admin.permissions import Actor, Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.deadlines import Deadline
from broker_admin.workflow import TransitionRefused


def may_call(case: Case, actor: Actor) -> bool:
    """Whether a hearing was asked for and this actor, no investigator, may chair it."""
    # The permission to review, since its holders are barred where they investigated (处罚法 64).
    return (case.status is S.STATEMENT and case.awaits_hearing
            and can(actor, Permission.CASE_REVIEW, case))


def may_record(case: Case, actor: Actor, today: date) -> bool:
    hearing_on = case.notice.hearing_on if case.notice else None
    return hearing_on is not None and hearing_on <= today and may_call(case, actor)


def call_hearing(
    case: Case, *, on: date, calendar: WorkingCalendar, actor: Any, at: datetime
) -> None:
    """Set the day, at least seven working days ahead; the caller chairs it."""
    notice = demand_asked(case, actor)
    limit = time_limits.regime_of(case).limits["penalty_hearing_notice"]
    # Counted back from the day itself; None where the calendar of that year is not known yet.
    last = Deadline(limit, on).due(calendar)
    if last is None or day_of(at) > last:
        raise Refused(N_("The party must hear of the day at least %(days)s working days before."),
                      days=limit.amount)
    notice.hearing_called_on, notice.hearing_on, notice.hearing_chair_id = day_of(at), on, actor.id
    record(HearingCalled(case=case, actor=actor, at=at, hearing_on=str(on)))


def hold_hearing(case: Case, *, minutes: str, actor: Any, at: datetime) -> None:
    """Record the hearing that was held; a decision rests on its minutes (处罚法 65)."""
    notice = demand_asked(case, actor)
    if notice.hearing_on is None or day_of(at) < notice.hearing_on:
        raise Refused(N_("The day of the hearing has not come yet."))
    notice.hearing_minutes, notice.hearing_chair_id = minutes, actor.id
    record(HearingHeld(case=case, actor=actor, at=at))


def demand_asked(case: Case, actor: Actor) -> Notice:
    """The notice on which a hearing was asked for and not held yet."""
    if not may_call(case, actor):
        raise TransitionRefused(N_("There is no hearing to be held in this case, or not by you."))
    return current_notice(case)
