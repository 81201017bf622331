"""What officers do with complaints, and what the respondent answers.  Nothing here commits."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from broker_admin.accounts.models import Organization
from broker_admin.clock import day_of
from broker_admin.complaints import queries, time_limits
from broker_admin.complaints.events import (
    AnswerAsked,
    CaseOpenedFromComplaint,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintDeclined,
    ComplaintSettled,
    MediationBegun,
    MediationEnded,
    QuestionAsked,
    RespondentIdentified,
)
from broker_admin.complaints.models import Complaint, Filing, Question
from broker_admin.complaints.workflow import COMPLAINT
from broker_admin.db import db
from broker_admin.enforcement import service as enforcement
from broker_admin.enforcement.models import Case
from broker_admin.events import record
from broker_admin.licenses import queries as licenses
from broker_admin.permissions import Actor, can
from broker_admin.refusals import N_, Refused
from broker_admin.workflow import TransitionRefused


def accept(
    complaint: Complaint, *, told: str, answer_by: date | None, actor: Any, at: datetime
) -> None:
    """Take it up.  ``told``: what the respondent reads, written so that it names nobody."""
    COMPLAINT.check("accept", complaint, actor)
    today = day_of(at)
    if answer_by is not None and answer_by <= today:
        raise Refused(N_("The respondent needs a later day for its answer."))
    complaint.accepted_on, complaint.told, complaint.answer_by = today, told, answer_by
    complaint.officer_id = actor.id
    COMPLAINT.fire("accept", complaint, actor)
    record(ComplaintAccepted(case=complaint, actor=actor, at=at))
    # Somebody unknown here has no account to answer from, and is written to on paper.
    if complaint.organization:
        record(AnswerAsked(case=complaint, actor=actor, at=at, answer_by=str(answer_by or "")))


def decline(
    complaint: Complaint, *, grounds: Iterable[str], reasons: str, actor: Any, at: datetime
) -> None:
    """Not to be dealt with here (不予受理), on a ground that the rules list."""
    COMPLAINT.check("decline", complaint, actor)
    # In the order in which they were chosen, each once.
    listed = list(dict.fromkeys(grounds))
    known = time_limits.regime_of(complaint).complaint_grounds
    if not listed or not all(code in known for code in listed):
        raise Refused(N_("Choose at least one ground that the rules list."))
    complaint.grounds, complaint.outcome, complaint.officer_id = listed, reasons, actor.id
    COMPLAINT.fire("decline", complaint, actor)
    record(ComplaintDeclined(case=complaint, actor=actor, at=at, grounds=listed))


def answer(complaint: Complaint, *, text: str, actor: Any, at: datetime) -> None:
    """The respondent's side."""
    COMPLAINT.check("answer", complaint, actor)
    complaint.answer, complaint.answered_at, complaint.answered_by_id = text, at, actor.id
    COMPLAINT.fire("answer", complaint, actor)
    record(ComplaintAnswered(case=complaint, actor=actor, at=at))


def mediate(complaint: Complaint, *, actor: Actor, at: datetime) -> None:
    """Both sides have agreed to mediation."""
    COMPLAINT.check("mediate", complaint, actor)
    complaint.mediation_on = day_of(at)
    COMPLAINT.fire("mediate", complaint, actor)
    record(MediationBegun(case=complaint, actor=actor, at=at))


def settle(complaint: Complaint, *, outcome: str, actor: Actor, at: datetime) -> None:
    """What both sides agreed on."""
    COMPLAINT.check("settle", complaint, actor)
    complaint.outcome = outcome
    COMPLAINT.fire("settle", complaint, actor)
    record(ComplaintSettled(case=complaint, actor=actor, at=at))


def terminate(complaint: Complaint, *, outcome: str, actor: Actor, at: datetime) -> None:
    """No agreement: both sides may go to court or arbitration (终止调解)."""
    COMPLAINT.check("terminate", complaint, actor)
    complaint.outcome = outcome
    COMPLAINT.fire("terminate", complaint, actor)
    record(MediationEnded(case=complaint, actor=actor, at=at))


def close(complaint: Complaint, *, actor: Actor, at: datetime) -> None:
    """Everybody has been told; nothing is left to do."""
    COMPLAINT.fire("close", complaint, actor)
    record(ComplaintClosed(case=complaint, actor=actor, at=at))


def ask(filing: Filing, *, text: str, actor: Any, at: datetime) -> Question:
    """Ask whoever filed; they see it with their code, one question at a time."""
    demand_in_hand(filing, actor)
    if queries.open_question(filing.reference):
        raise Refused(N_("The last question has not been answered yet."))
    question = Question(subject=filing.reference, text=text, asked_at=at, asked_by_id=actor.id)
    db.session.add(question)
    # Who asks takes it on, so that somebody hears of the answer.
    filing.officer_id = filing.officer_id or actor.id
    record(QuestionAsked(case=filing, actor=actor, at=at))
    return question


def identify(filing: Filing, organization: Organization, *, actor: Actor, at: datetime) -> None:
    """Say which organisation is meant, where the words of the filing did not."""
    demand_in_hand(filing, actor)
    # Said before it is true: afterwards the officer would be party to it and could not undo it.
    if organization.id in actor.organization_ids:
        raise TransitionRefused(N_("You may not handle what concerns your own organisation."))
    filing.organization, filing.organization_id = organization, organization.id
    filing.license = licenses.current_of(organization)
    record(RespondentIdentified(case=filing, actor=actor, at=at, organization=organization.uscc))


def open_case(
    complaint: Complaint, *, conduct_codes: Iterable[str], facts: str, actor: Any, at: datetime
) -> Case:
    """A lead found in a complaint becomes a case; the dispute goes on beside it."""
    demand_in_hand(complaint, actor)
    if complaint.case_reference:
        raise Refused(N_("A case has already been opened on this."))
    case = case_on(complaint, conduct_codes=conduct_codes, facts=facts, actor=actor, at=at)
    record(CaseOpenedFromComplaint(case=complaint, actor=actor, at=at,
                                   case_reference=case.reference))
    return case


def case_on(
    filing: Filing, *, conduct_codes: Iterable[str], facts: str, actor: Any, at: datetime
) -> Case:
    """The conduct case with this filing as its source, noted on both."""
    if filing.organization is None:
        raise Refused(N_("Identify the respondent first."))
    case = enforcement.open_case(
        organization=filing.organization, license=filing.license, conduct_codes=conduct_codes,
        source=filing.reference, facts=facts, actor=actor, at=at)
    filing.case_reference = case.reference
    return case


def demand_in_hand(filing: Filing, actor: Actor) -> None:
    """For steps that leave the state alone, and so are not in the tables."""
    if filing.status not in filing.open_states:
        raise TransitionRefused(N_("This step is not open any more."))
    if not can(actor, filing.handled_by, filing):
        raise TransitionRefused(N_("You may not take this step in this case."))
