"""What can happen to plans, draws, inspections and rectifications, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event
from broker_admin.supervision.events import TellsTheHolder


@dataclass(frozen=True, kw_only=True)
class PlanPublished(Event):
    name = "plan.published"

    year: int
    items: list[str]


@dataclass(frozen=True, kw_only=True)
class DrawCommitted(Event):
    name = "draw.committed"

    pool_sha256: str
    commitment: str


@dataclass(frozen=True, kw_only=True)
class DrawMade(Event):
    name = "draw.made"

    # In the sealed chain of the record too: a draw cannot be rewritten with its table alone.
    seed: str
    number: int


class _TellsTheOfficers(Event):
    def recipients(self) -> Iterable[User]:
        return [self.case.first_officer, self.case.second_officer]


@dataclass(frozen=True, kw_only=True)
class InspectionDrawn(_TellsTheOfficers):
    name = "inspection.drawn"
    email = "supervision/inspection_drawn"

    draw: str
    officers: list[int]


@dataclass(frozen=True, kw_only=True)
class OfficerRecused(_TellsTheOfficers):
    name = "inspection.officer_recused"
    email = "supervision/inspection_drawn"

    recused: int
    replaced_by: int
    # Kept in the record and in no mail: a reason may tell of somebody's family.
    reason: str


@dataclass(frozen=True, kw_only=True)
class InspectionNotified(TellsTheHolder):
    name = "inspection.notified"
    email = "supervision/inspection_notified"

    document_number: str
    visit_on: str


@dataclass(frozen=True, kw_only=True)
class InspectionRecorded(Event):
    name = "inspection.recorded"

    items: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class InspectionConcluded(Event):
    name = "inspection.concluded"

    result: str


@dataclass(frozen=True, kw_only=True)
class InspectionTold(TellsTheHolder):
    name = "inspection.told"
    email = "supervision/inspection_told"

    # For the record: the mail says only that there is a result, as mails are read by many.
    result: str
    follow_up: str | None


@dataclass(frozen=True, kw_only=True)
class InspectionPublished(Event):
    name = "inspection.published"

    result: str


@dataclass(frozen=True, kw_only=True)
class RectificationOrdered(TellsTheHolder):
    name = "rectification.ordered"
    email = "supervision/rectification_ordered"

    document_number: str
    source: str
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class RectificationExtended(TellsTheHolder):
    name = "rectification.extended"
    email = "supervision/rectification_extended"

    answer_by: str


@dataclass(frozen=True, kw_only=True)
class RectificationAnswered(Event):
    name = "rectification.answered"
    email = "supervision/rectification_answered"

    def recipients(self) -> Iterable[User]:
        return [self.case.ordered_by]


@dataclass(frozen=True, kw_only=True)
class RectificationVerified(TellsTheHolder):
    name = "rectification.verified"
    email = "supervision/rectification_verified"

    by_who_ordered: bool


@dataclass(frozen=True, kw_only=True)
class RectificationRejected(TellsTheHolder):
    name = "rectification.rejected"
    email = "supervision/rectification_rejected"

    answer_by: str
    over: bool


@dataclass(frozen=True, kw_only=True)
class RectificationLapsed(TellsTheHolder):
    name = "rectification.lapsed"
    email = "supervision/rectification_lapsed"
