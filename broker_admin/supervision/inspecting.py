"""What the two officers do with an inspection that was drawn.  Nothing here commits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from broker_admin.clock import day_of
from broker_admin.enforcement import service as enforcement
from broker_admin.events import record
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.numbering import DocumentKind, DocumentNumber
from broker_admin.sequences import next_number
from broker_admin.supervision import rectifying
from broker_admin.supervision.inspection_events import (
    InspectionConcluded,
    InspectionNotified,
    InspectionPublished,
    InspectionRecorded,
    InspectionTold,
)
from broker_admin.supervision.inspection_workflow import INSPECTION, InspectionResult
from broker_admin.supervision.models import Inspection
from broker_admin.workflow import TransitionRefused

ANSWERS = ("Y", "N", "NA")


@dataclass(frozen=True)
class Found:
    """What was found on one item; where it does not comply, on what evidence."""

    answer: str
    evidence: str = ""

    @property
    def is_complete(self) -> bool:
        return self.answer in ANSWERS and (self.answer != "N" or bool(self.evidence.strip()))


def notify(inspection: Inspection, *, visit_on: date, actor: Any, at: datetime) -> None:
    """Tell the holder who comes when and what will be looked at."""
    demand_own("notify", inspection, actor)
    # A notice for a day gone by would hide a visit without one (国办发〔2024〕54号).
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
    # What the plan does not name may not be inspected, and the firm may refuse it.
    if set(found) != set(inspection.draw.plan.items):
        raise Refused(N_("Answer every item of the plan, and no other."))
    if not all(finding.is_complete for finding in found.values()):
        raise Refused(N_("Say on what evidence an item is not complied with."))


def conclude(
    inspection: Inspection, *, result: InspectionResult, conclusion: str, conduct_codes: Iterable[str] = (),
    actor: Any, at: datetime,
) -> None:
    """The other officer draws the conclusion: two people stand for every result."""
    demand_own("conclude", inspection, actor)
    # At least two officers stand for an inspection (处罚法第42条).
    if actor.id == inspection.recorded_by_id:
        raise TransitionRefused(N_("The officer who did not write the record concludes."))
    codes = sorted(set(conduct_codes))
    _demand_fit(inspection, result, codes)
    INSPECTION.fire("conclude", inspection, actor)
    inspection.result, inspection.conclusion, inspection.conduct_codes = result, conclusion, codes
    inspection.concluded_by_id, inspection.concluded_on = actor.id, day_of(at)
    record(InspectionConcluded(case=inspection, actor=actor, at=at, result=str(result)))


def _demand_fit(inspection: Inspection, result: InspectionResult, codes: list[str]) -> None:
    """The result must agree with the record, and name conduct where it accuses of some."""
    if (result is InspectionResult.CASE) != bool(codes):
        raise Refused(N_("Name the conduct where a case is to be opened, and only there."))
    if result is InspectionResult.NO_ISSUE and inspection.has_breach:
        raise Refused(N_("The record names items that are not complied with."))


def tell(inspection: Inspection, *, calendar: WorkingCalendar, actor: Any, at: datetime) -> None:
    """Tell the holder the result, and do what follows from it in the same transaction."""
    demand_own("tell", inspection, actor)
    INSPECTION.fire("tell", inspection, actor)
    inspection.told_at = at
    # With the result, so that no holder hears of a breach without what it has to do about it.
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
    # The state first: whoever comes too late is told that, and not that they are the wrong person.
    INSPECTION.check(name, inspection, actor)
    if actor.id not in inspection.officer_ids:
        raise TransitionRefused(N_("Only the two officers who were drawn may do this."))


def open_to(actor: Any, inspection: Inspection) -> list[str]:
    """The steps that this officer may take now: the buttons of the page."""
    if actor.id not in inspection.officer_ids:
        return []
    wrote = {"conclude"} if actor.id == inspection.recorded_by_id else set()
    return [t.name for t in INSPECTION.open_to(actor, inspection) if t.name not in wrote]
