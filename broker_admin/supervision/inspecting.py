"""What the two officers do with an inspection that was drawn.  Nothing here commits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from broker_admin.accounts.models import User
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.enforcement import service as enforcement
from broker_admin.events import record
from broker_admin.permissions import Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.numbering import DocumentKind, DocumentNumber
from broker_admin.sequences import next_number
from broker_admin.supervision import planning, rectifying
from broker_admin.supervision.events import (
    InspectionConcluded,
    InspectionNotified,
    InspectionPublished,
    InspectionRecorded,
    InspectionTold,
    OfficerRecused,
)
from broker_admin.supervision.inspection_workflow import INSPECTION, InspectionResult, InspectionStatus
from broker_admin.supervision.models import Inspection
from broker_admin.workflow import TransitionRefused

ANSWERS = ("Y", "N", "NA")


@dataclass(frozen=True)
class Found:
    """What was found on one item; where it does not comply, on what evidence."""

    answer: str
    evidence: str = ""


def recuse(
    inspection: Inspection, officer: int, *, reason: str, actor: Any, at: datetime
) -> None:
    """Somebody of the pair stands back: the next in the order of the draw comes in."""
    if not can(actor, Permission.INSPECTION_PLAN, inspection):
        raise TransitionRefused(N_("You may not take this step in this case."))
    if inspection.status is not InspectionStatus.DRAWN or officer not in inspection.officer_ids:
        raise TransitionRefused(N_("An officer can be replaced only before the holder is notified."))
    other = next(iter(inspection.officer_ids - {officer}))
    chosen = _next_officer(inspection)
    pair = db.session.get_one(User, other), db.session.get_one(User, chosen)
    inspection.first_officer, inspection.second_officer = pair
    db.session.flush()  # for the ids that follow from the people
    record(OfficerRecused(case=inspection, actor=actor, at=at, recused=officer, replaced_by=chosen,
                          reason=reason))


def _next_officer(inspection: Inspection) -> int:
    draw = inspection.draw
    holder = next(h for h in draw.pool["holders"] if h["license"] == inspection.license.number)
    ranked = planning.officers_in_order(
        inspection.license.number, draw.pool["officers"], draw.pool, draw.seed or "")
    # Who was ranked before the pair has been replaced already.
    last = max(map(ranked.index, inspection.officer_ids))
    free = [o for o in ranked[last + 1:] if o not in holder["barred"]]
    if not free:
        raise Refused(N_("No other officer of the pool is left for this inspection."))
    return free[0]


def notify(inspection: Inspection, *, visit_on: date, actor: Any, at: datetime) -> None:
    """Tell the holder who comes when and what will be looked at."""
    demand_own("notify", inspection, actor)
    if visit_on < day_of(at):
        raise Refused(N_("The day of the visit has passed already."))
    INSPECTION.fire("notify", inspection, actor)
    year = day_of(at).year
    number = next_number(f"document-{DocumentKind.INSPECTION}", year)
    inspection.visit_on = visit_on
    inspection.notice_number = str(DocumentNumber(DocumentKind.INSPECTION, year, number))
    record(InspectionNotified(case=inspection, actor=actor, at=at, visit_on=str(visit_on),
                              document_number=inspection.notice_number))


def record_visit(
    inspection: Inspection, *, found: Mapping[str, Found], facts: str, actor: Any, at: datetime
) -> None:
    """Keep what was found on every item of the plan, on or after the day of the visit."""
    demand_own("record", inspection, actor)
    if inspection.visit_on and day_of(at) < inspection.visit_on:
        raise Refused(N_("The visit is on %(day)s; it is recorded then."), day=str(inspection.visit_on))
    _demand_answers(inspection, found)
    INSPECTION.fire("record", inspection, actor)
    inspection.items = [{"code": code, "answer": found[code].answer, "evidence": found[code].evidence}
                        for code in inspection.draw.plan.items]
    inspection.facts, inspection.recorded_at, inspection.recorded_by_id = facts, at, actor.id
    record(InspectionRecorded(case=inspection, actor=actor, at=at,
                              items={code: found[code].answer for code in found}))


def _demand_answers(inspection: Inspection, found: Mapping[str, Found]) -> None:
    if set(found) != set(inspection.draw.plan.items):
        raise Refused(N_("Answer every item of the plan, and no other."))
    if any(f.answer not in ANSWERS or (f.answer == "N" and not f.evidence.strip())
           for f in found.values()):
        raise Refused(N_("Say on what evidence an item is not complied with."))


def conclude(
    inspection: Inspection, *, result: InspectionResult, conclusion: str, conduct_codes: Iterable[str] = (),
    actor: Any, at: datetime,
) -> None:
    """The other officer draws the conclusion: two people stand for every result."""
    demand_own("conclude", inspection, actor)
    if actor.id == inspection.recorded_by_id:
        raise TransitionRefused(N_("The officer who did not write the record concludes."))
    codes = sorted(set(conduct_codes))
    if (result is InspectionResult.CASE) != bool(codes):
        raise Refused(N_("Name the conduct where a case is to be opened, and only there."))
    issues = any(item["answer"] == "N" for item in inspection.items)
    if issues and result is InspectionResult.NO_ISSUE:
        raise Refused(N_("The record names items that are not complied with."))
    INSPECTION.fire("conclude", inspection, actor)
    inspection.result, inspection.conclusion, inspection.conduct_codes = result, conclusion, codes
    inspection.concluded_by_id, inspection.concluded_on = actor.id, day_of(at)
    record(InspectionConcluded(case=inspection, actor=actor, at=at, result=str(result)))


def tell(inspection: Inspection, *, calendar: WorkingCalendar, actor: Any, at: datetime) -> None:
    """Tell the holder the result, and do what follows from it in the same transaction."""
    demand_own("tell", inspection, actor)
    INSPECTION.fire("tell", inspection, actor)
    inspection.told_at = at
    inspection.follow_up = _follow(inspection, calendar, actor, at)
    record(InspectionTold(case=inspection, actor=actor, at=at, result=str(inspection.result),
                          follow_up=inspection.follow_up))


def _follow(
    inspection: Inspection, calendar: WorkingCalendar, actor: Any, at: datetime
) -> str | None:
    conclusion = inspection.conclusion or ""
    if inspection.result is InspectionResult.RECTIFY:
        return rectifying.order(inspection.license, source=inspection.reference, demands=conclusion,
                                calendar=calendar, actor=actor, at=at).reference
    if inspection.result is InspectionResult.CASE:
        return enforcement.open_case(
            organization=inspection.organization, license=inspection.license,
            conduct_codes=inspection.conduct_codes, source=inspection.reference, facts=conclusion,
            actor=actor, at=at).reference
    return None


def publish(inspection: Inspection, *, actor: Any, at: datetime) -> None:
    """Open the result to everybody."""
    demand_own("publish", inspection, actor)
    INSPECTION.fire("publish", inspection, actor)
    inspection.published_on = day_of(at)
    record(InspectionPublished(case=inspection, actor=actor, at=at, result=str(inspection.result)))


def demand_own(name: str, inspection: Inspection, actor: Any) -> None:
    """Only the two who were drawn inspect.  Raises ``TransitionRefused``."""
    INSPECTION.check(name, inspection, actor)
    if actor.id not in inspection.officer_ids:
        raise TransitionRefused(N_("Only the two officers who were drawn may do this."))
