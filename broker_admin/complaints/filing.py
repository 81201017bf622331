"""What people without an account do: file, answer questions, withdraw."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from broker_admin.clock import day_of
from broker_admin.complaints import codes, queries
from broker_admin.complaints.events import (
    ComplaintFiled,
    ComplaintWithdrawn,
    QuestionReplied,
    ReporterReplied,
    ReportFiled,
)
from broker_admin.complaints.models import Complaint, Filing, Informant, Question, Report
from broker_admin.complaints.respondents import respondent
from broker_admin.complaints.workflow import COMPLAINT
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.db import blind_index, db
from broker_admin.events import record
from broker_admin.permissions import CodeHolder, Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.numbering import receipt_number
from broker_admin.rules.regime import regime_on
from broker_admin.sequences import next_reference
from broker_admin.workflow import TransitionRefused

# The first digit of a receipt number, so that the hotline hears which kind is asked about.
_FIRST_DIGIT = {"TS": "1", "JB": "2"}


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who files, as far as they say."""

    language: str
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """What somebody says that happened, and about whom."""

    respondent_name: str
    respondent_number: str | None
    conduct_codes: list[str]
    narrative: str
    happened_on: date | None = None
    place: str | None = None


def file_complaint(
    account: Account, identity: Identity, *, request: str, amount: int | None, disclose: bool,
    other_bodies: str | None, at: datetime,
) -> tuple[Complaint, str]:
    """The complaint as received, and the code that is shown once."""
    # Two parties are heard here, so one of them cannot be nobody (投诉举报 9).
    if not identity.name or not identity.phone:
        raise Refused(N_("A complaint needs the name and the telephone number of the complainant."))
    code = codes.new_code()
    complaint = Complaint(
        status=S.RECEIVED, request=request, amount=amount, disclose=disclose,
        other_bodies=other_bodies, **_received("TS", account, identity, code, at))
    db.session.add(complaint)
    db.session.flush()
    record(ComplaintFiled(case=complaint, actor=CodeHolder(complaint.reference), at=at))
    return complaint, code


def file_report(account: Account, identity: Identity, *, at: datetime) -> tuple[Report, str]:
    """The report as received, and the code that is shown once; without a name it is anonymous."""
    code = codes.new_code()
    report = Report(status=R.RECEIVED, anonymous=not identity.name,
                    **_received("JB", account, identity, code, at))
    db.session.add(report)
    db.session.flush()
    record(ReportFiled(case=report, actor=CodeHolder(report.reference), at=at))
    return report, code


def reply(filing: Filing, *, text: str, actor: CodeHolder, at: datetime) -> None:
    """Answer the question that an officer asked."""
    question = demand_question(filing, actor)
    question.reply, question.replied_at = text, at
    event = QuestionReplied if isinstance(filing, Complaint) else ReporterReplied
    record(event(case=filing, actor=actor, at=at))


def demand_question(filing: Filing, actor: CodeHolder) -> Question:
    """The question that waits for an answer from this actor."""
    question = queries.open_question(filing.reference)
    if question is None or not can(actor, Permission.FILING_FOLLOW, filing):
        raise TransitionRefused(N_("There is no question to be answered now."))
    return question


def withdraw(complaint: Complaint, *, actor: CodeHolder, at: datetime) -> None:
    """The complainant gives up; what was found meanwhile may still become a case."""
    COMPLAINT.fire("withdraw", complaint, actor)
    record(ComplaintWithdrawn(case=complaint, actor=actor, at=at))


def _received(
    prefix: str, account: Account, identity: Identity, code: str, at: datetime
) -> dict[str, Any]:
    today = day_of(at)
    organization, license = respondent(account.respondent_name, account.respondent_number)
    return {
        "reference": next_reference(prefix, today.year),
        "receipt_number": receipt_number(codes.new_receipt(_FIRST_DIGIT[prefix])),
        # Keyed, so that who reads the database cannot try codes against it.
        "code_hash": blind_index(f"query code {codes.plain_code(code)}"),
        "regime": regime_on(today).version, "received_at": at, "received_on": today,
        "informant": Informant(
            name=identity.name, phone=identity.phone, email=identity.email,
            address=identity.address, language=identity.language),
        "respondent_name": account.respondent_name,
        "respondent_number": account.respondent_number, "organization": organization,
        "organization_id": organization.id if organization else None, "license": license,
        "conduct_codes": account.conduct_codes, "happened_on": account.happened_on,
        "place": account.place, "narrative": account.narrative,
    }
