"""What can happen to reports and reviews, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


class TellsTheHolder(Event):
    def recipients(self) -> Iterable[User]:
        members: list[User] = self.case.organization.members
        return members


@dataclass(frozen=True, kw_only=True)
class ReportStarted(Event):
    name = "report.started"

    year: int


@dataclass(frozen=True, kw_only=True)
class ReportAnswered(Event):
    """A section was saved; what was answered stays in the report."""

    name = "report.answered"

    section: str


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(TellsTheHolder):
    name = "report.submitted"
    email = "supervision/report_submitted"

    year: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class ReportCorrected(TellsTheHolder):
    name = "report.corrected"
    email = "supervision/report_corrected"

    year: int
    number: int
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class ReviewOpened(Event):
    name = "review.opened"

    year: int


@dataclass(frozen=True, kw_only=True)
class ReviewScored(Event):
    name = "review.scored"

    total: int
    grade: str
    vetoes: list[str]


@dataclass(frozen=True, kw_only=True)
class ReviewAnnounced(TellsTheHolder):
    name = "review.announced"
    email = "supervision/review_announced"

    grade: str
    object_by: str


@dataclass(frozen=True, kw_only=True)
class ReviewObjected(Event):
    name = "review.objected"
    email = "supervision/review_objected"

    def recipients(self) -> Iterable[User]:
        return [self.case.scorer] if self.case.scorer else []


@dataclass(frozen=True, kw_only=True)
class ReviewAnswered(TellsTheHolder):
    name = "review.answered"
    email = "supervision/review_answered"

    grade: str
    amended: bool


@dataclass(frozen=True, kw_only=True)
class ReviewFinalised(TellsTheHolder):
    name = "review.finalised"
    email = "supervision/review_finalised"

    grade: str
    unopposed: bool


@dataclass(frozen=True, kw_only=True)
class ReviewPublished(Event):
    name = "review.published"

    grade: str


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


@dataclass(frozen=True, kw_only=True)
class RectificationLapsed(TellsTheHolder):
    name = "rectification.lapsed"
    email = "supervision/rectification_lapsed"
