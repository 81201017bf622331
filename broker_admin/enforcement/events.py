"""What can happen in a conduct case, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


class _TellsTheParty(Event):
    def recipients(self) -> Iterable[User]:
        members: list[User] = self.case.organization.members
        return members


class _TellsTheInvestigators(Event):
    def recipients(self) -> Iterable[User]:
        return [person for person in (self.case.investigator, self.case.second_investigator)
                if person is not None]


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """The party is not told yet: evidence comes first, the prior notice tells it everything."""

    name = "case.opened"

    source: str
    conduct_codes: list[str]


@dataclass(frozen=True, kw_only=True)
class InvestigatorJoined(Event):
    name = "case.investigator_joined"


@dataclass(frozen=True, kw_only=True)
class FindingRecorded(Event):
    name = "case.finding_recorded"

    conduct_code: str
    established: bool


@dataclass(frozen=True, kw_only=True)
class CaseDropped(_TellsTheParty):
    """Told only to a party that a notice had already alarmed."""

    name = "case.dropped"
    email = "enforcement/dropped"

    reason: str

    def recipients(self) -> Iterable[User]:
        return super().recipients() if self.case.noticed_on else ()


@dataclass(frozen=True, kw_only=True)
class NoticeGiven(_TellsTheParty):
    name = "case.notice_given"
    email = "enforcement/notice_given"

    document_number: str
    measure: str
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class StatementMade(_TellsTheInvestigators):
    name = "case.statement_made"
    email = "enforcement/statement_made"

    hearing_asked: bool


@dataclass(frozen=True, kw_only=True)
class HearingCalled(_TellsTheParty):
    name = "case.hearing_called"
    email = "enforcement/hearing_called"

    hearing_on: str


@dataclass(frozen=True, kw_only=True)
class HearingHeld(_TellsTheInvestigators):
    name = "case.hearing_held"
    email = "enforcement/hearing_held"


@dataclass(frozen=True, kw_only=True)
class CaseReferred(Event):
    name = "case.referred"

    with_statement: bool


@dataclass(frozen=True, kw_only=True)
class CaseReopened(_TellsTheInvestigators):
    name = "case.reopened"
    email = "enforcement/reopened"

    opinion: str


@dataclass(frozen=True, kw_only=True)
class CaseCleared(Event):
    name = "case.cleared"

    opinion: str


@dataclass(frozen=True, kw_only=True)
class MeasureImposed(_TellsTheParty):
    name = "case.measure_imposed"
    email = "enforcement/measure_imposed"

    document_number: str
    measure: str
    basis: str
    public_until: str | None


@dataclass(frozen=True, kw_only=True)
class CaseAcquitted(_TellsTheParty):
    name = "case.acquitted"
    email = "enforcement/acquitted"

    document_number: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Event):
    name = "case.closed"

    reason: str
