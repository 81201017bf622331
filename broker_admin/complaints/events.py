"""What can happen to complaints and reports.  Nothing here names whoever filed them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from broker_admin.accounts.models import User
from broker_admin.events import Correspondent, Event, Recipient


class _TellsTheFiler(Event):
    """By mail, where an address was left; the page with the code says the same."""

    email = "complaints/news"

    def recipients(self) -> Iterable[Recipient]:
        informant = self.case.informant
        return [Correspondent(informant.email, informant.language)] if informant.email else []


class _TellsTheOfficer(Event):
    email = "complaints/desk_news"
    page: ClassVar[str] = "complaints.case"

    def recipients(self) -> Iterable[User]:
        # Nobody yet, where it is withdrawn before somebody took it on.
        return [self.case.officer] if self.case.officer else []


@dataclass(frozen=True, kw_only=True)
class ComplaintFiled(_TellsTheFiler):
    name = "complaint.filed"
    email = "complaints/received"


@dataclass(frozen=True, kw_only=True)
class ReportFiled(_TellsTheFiler):
    name = "report.filed"
    email = "complaints/received"


@dataclass(frozen=True, kw_only=True)
class ComplaintAccepted(_TellsTheFiler):
    name = "complaint.accepted"


@dataclass(frozen=True, kw_only=True)
class AnswerAsked(Event):
    """The respondent hears that there is a complaint, and on its page what of it it may know."""

    name = "complaint.answer_asked"
    email = "complaints/answer_asked"

    answer_by: str

    def recipients(self) -> Iterable[User]:
        members: list[User] = self.case.organization.members
        return members


@dataclass(frozen=True, kw_only=True)
class ComplaintDeclined(_TellsTheFiler):
    name = "complaint.declined"

    grounds: list[str]


@dataclass(frozen=True, kw_only=True)
class ComplaintAnswered(_TellsTheOfficer):
    name = "complaint.answered"


@dataclass(frozen=True, kw_only=True)
class MediationBegun(_TellsTheFiler):
    name = "complaint.mediation_begun"


@dataclass(frozen=True, kw_only=True)
class ComplaintSettled(_TellsTheFiler):
    name = "complaint.settled"


@dataclass(frozen=True, kw_only=True)
class MediationEnded(_TellsTheFiler):
    name = "complaint.mediation_ended"


@dataclass(frozen=True, kw_only=True)
class ComplaintWithdrawn(_TellsTheOfficer):
    name = "complaint.withdrawn"


@dataclass(frozen=True, kw_only=True)
class ComplaintClosed(Event):
    name = "complaint.closed"


@dataclass(frozen=True, kw_only=True)
class CaseOpenedFromComplaint(Event):
    name = "complaint.case_opened"

    case_reference: str


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(_TellsTheFiler):
    name = "filing.question_asked"


@dataclass(frozen=True, kw_only=True)
class QuestionReplied(_TellsTheOfficer):
    name = "filing.question_replied"


@dataclass(frozen=True, kw_only=True)
class ReporterReplied(QuestionReplied):
    page = "complaints.report_case"


@dataclass(frozen=True, kw_only=True)
class RespondentIdentified(Event):
    name = "filing.respondent_identified"

    organization: str


# From here on nobody outside is told anything but the reporter: 投诉举报 33 covers the handling too.
@dataclass(frozen=True, kw_only=True)
class ReportTakenUp(Event):
    name = "report.taken_up"


@dataclass(frozen=True, kw_only=True)
class VerificationExtended(Event):
    name = "report.verification_extended"


@dataclass(frozen=True, kw_only=True)
class CaseFiledOnReport(Event):
    name = "report.case_filed"

    case_reference: str


@dataclass(frozen=True, kw_only=True)
class ReportNotFiled(Event):
    name = "report.not_filed"


@dataclass(frozen=True, kw_only=True)
class ReporterTold(_TellsTheFiler):
    name = "report.reporter_told"


@dataclass(frozen=True, kw_only=True)
class ReportClosed(Event):
    name = "report.closed"
