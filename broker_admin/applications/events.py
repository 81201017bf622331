"""What can happen to an application, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


class _TellsTheApplicant(Event):
    def recipients(self) -> Iterable[User]:
        members: list[User] = self.case.organization.members
        return members


class _TellsTheReviewer(Event):
    def recipients(self) -> Iterable[User]:
        return [self.case.reviewer] if self.case.reviewer else []


@dataclass(frozen=True, kw_only=True)
class ApplicationStarted(Event):
    name = "application.started"

    regime: str


@dataclass(frozen=True, kw_only=True)
class ApplicationAnswered(Event):
    """A task of the form was saved; what was answered stays in the application."""

    name = "application.answered"

    task: str
    complete: bool


@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(_TellsTheApplicant):
    name = "application.submitted"
    email = "applications/submitted"

    receipt_number: str
    corrected: bool


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(_TellsTheApplicant):
    name = "application.withdrawn"
    email = "applications/withdrawn"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectionRequired(_TellsTheApplicant):
    name = "application.correction_required"
    email = "applications/correction_required"

    document_number: str
    tasks: list[str]
    supply_by: str


@dataclass(frozen=True, kw_only=True)
class ApplicationAccepted(_TellsTheApplicant):
    name = "application.accepted"
    email = "applications/accepted"

    document_number: str
    accepted_on: str
    decide_by: str


@dataclass(frozen=True, kw_only=True)
class ApplicationDeemedAccepted(_TellsTheApplicant):
    name = "application.deemed_accepted"
    email = "applications/deemed_accepted"

    accepted_on: str
    article: str


@dataclass(frozen=True, kw_only=True)
class ApplicationDeclined(_TellsTheApplicant):
    name = "application.declined"
    email = "applications/declined"

    document_number: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class ApplicationLapsed(_TellsTheApplicant):
    name = "application.lapsed"
    email = "applications/lapsed"

    supply_by: str


@dataclass(frozen=True, kw_only=True)
class CriterionChecked(Event):
    name = "application.criterion_checked"

    criterion: str
    met: bool


@dataclass(frozen=True, kw_only=True)
class ExpertReviewBegun(_TellsTheApplicant):
    name = "application.expert_review_begun"
    email = "applications/expert_review_begun"

    document_number: str


@dataclass(frozen=True, kw_only=True)
class ExpertReviewEnded(_TellsTheApplicant):
    name = "application.expert_review_ended"
    email = "applications/expert_review_ended"

    decide_by: str


@dataclass(frozen=True, kw_only=True)
class TimeExtended(_TellsTheApplicant):
    name = "application.time_extended"
    email = "applications/time_extended"

    document_number: str
    decide_by: str


@dataclass(frozen=True, kw_only=True)
class DecisionProposed(Event):
    name = "application.decision_proposed"

    granted: bool
    grade: int | None
    grounds: list[str]


@dataclass(frozen=True, kw_only=True)
class ApplicationSentBack(_TellsTheReviewer):
    name = "application.sent_back"
    email = "applications/sent_back"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ApplicationGranted(_TellsTheApplicant):
    name = "application.granted"
    email = "applications/granted"

    document_number: str
    license_number: str
    grade: int


@dataclass(frozen=True, kw_only=True)
class ApplicationRefused(_TellsTheApplicant):
    name = "application.refused"
    email = "applications/refused"

    document_number: str
    grounds: list[str]


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(Event):
    """By the working days of a year becoming known; not by anybody's decision."""

    name = "application.deadline_moved"

    notice: str
    before: str
    after: str
