"""What can happen to a conduct case, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


class _TellsTheParty(Event):
    def recipients(self) -> Iterable[User]:
        members: list[User] = self.case.organization.members
        return members


class _TellsTheInvestigator(Event):
    def recipients(self) -> Iterable[User]:
        return [self.case.investigator]


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
class CaseDropped(Event):
    name = "case.dropped"

    reason: str


@dataclass(frozen=True, kw_only=True)
class NoticeGiven(_TellsTheParty):
    name = "case.notice_given"
    email = "enforcement/notice_given"

    document_number: str
    measure: str
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class StatementMade(_TellsTheInvestigator):
    name = "case.statement_made"
    email = "enforcement/statement_made"


@dataclass(frozen=True, kw_only=True)
class CaseReferred(Event):
    name = "case.referred"

    with_statement: bool


@dataclass(frozen=True, kw_only=True)
class CaseReopened(_TellsTheInvestigator):
    name = "case.reopened"
    email = "enforcement/reopened"

    opinion: str


@dataclass(frozen=True, kw_only=True)
class CaseCleared(Event):
    name = "case.cleared"


@dataclass(frozen=True, kw_only=True)
class MeasureImposed(_TellsTheParty):
    name = "case.measure_imposed"
    email = "enforcement/measure_imposed"

    document_number: str
    measure: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class CaseAcquitted(_TellsTheParty):
    name = "case.acquitted"
    email = "enforcement/acquitted"

    document_number: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Event):
    name = "case.closed"

    reason: str
