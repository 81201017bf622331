"""What can happen to reports and reviews, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


class TellsTheHolder(Event):
    # Every member: who among them deals with supervision is the holder's own affair.
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
