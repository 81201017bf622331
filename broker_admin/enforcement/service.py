"""What investigators do in a conduct case, and what the party answers.  Nothing here commits."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from broker_admin.accounts.models import Organization
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.enforcement import time_limits
from broker_admin.enforcement.events import (
    CaseClosed,
    CaseDropped,
    CaseOpened,
    CaseReferred,
    FindingRecorded,
    InvestigatorJoined,
    NoticeGiven,
    StatementMade,
)
from broker_admin.enforcement.legality import demand_lawful
from broker_admin.enforcement.models import Case, Finding, Notice
from broker_admin.enforcement.workflow import WORKFLOW
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.events import record
from broker_admin.licenses import queries as licenses
from broker_admin.licenses.models import License
from broker_admin.permissions import Actor, Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.numbering import DocumentKind, DocumentNumber
from broker_admin.rules.regime import Regime, regime_on
from broker_admin.sequences import next_number, next_reference
from broker_admin.workflow import TransitionRefused


def open_case(
    *, organization: Organization, license: License | None = None, conduct_codes: Iterable[str],
    source: str, facts: str, actor: Any, at: datetime,
) -> Case:
    """Open a case; the opener is its first investigator.  ``source``: the reference it came from."""
    today, codes = day_of(at), sorted(set(conduct_codes))
    # The case keeps the law of the day on which it was opened, whatever is amended meanwhile.
    regime = regime_on(today)
    demand_known(codes, regime)
    case = Case(
        reference=next_reference("AJ", today.year), status=S.INVESTIGATING, regime=regime.version,
        organization=organization, organization_id=organization.id,
        license=license or licenses.current_of(organization), conduct_codes=codes, source=source,
        facts=facts, opened_at=at, opened_on=today, investigator_id=actor.id)
    if not can(actor, Permission.CASE_INVESTIGATE, case):
        raise TransitionRefused(N_("You may not open a case against this organisation."))
    db.session.add(case)
    # For the number that findings and pages refer to.
    db.session.flush()
    record(CaseOpened(case=case, actor=actor, at=at, source=source, conduct_codes=codes))
    return case


def join(case: Case, *, actor: Any, at: datetime) -> None:
    """Become the second investigator, without whom no notice may be given (处罚法 42)."""
    _demand_open(case, actor)
    if case.second_investigator_id is not None or actor.id == case.investigator_id:
        raise Refused(N_("The case already has this investigator, or two."))
    case.second_investigator_id = actor.id
    record(InvestigatorJoined(case=case, actor=actor, at=at))


def find(
    case: Case, *, conduct_code: str, established: bool, facts: str, evidence: str, actor: Any,
    at: datetime,
) -> Finding:
    """Record what was found on one conduct code; a later finding on the code counts instead."""
    demand_investigating(case, actor)
    demand_known([conduct_code], time_limits.regime_of(case))
    finding = Finding(conduct_code=conduct_code, established=established, facts=facts,
                      evidence=evidence, officer_id=actor.id, at=at)
    # Appended and never changed: what was found before stays in the file (全过程记录, 处罚法 47).
    case.findings.append(finding)
    if conduct_code not in case.conduct_codes:
        case.conduct_codes = sorted([*case.conduct_codes, conduct_code])
    record(FindingRecorded(case=case, actor=actor, at=at, conduct_code=conduct_code,
                           established=established))
    return finding


def drop(case: Case, *, reason: str, actor: Any, at: datetime) -> None:
    """Do not pursue it further (不予立案): nothing was found that calls for a measure."""
    WORKFLOW.check("drop", case, actor)
    demand_investigator(case, actor)
    case.ended_reason = reason
    WORKFLOW.fire("drop", case, actor)
    record(CaseDropped(case=case, actor=actor, at=at, reason=reason))


def give_notice(
    case: Case, *, measure: str, months: int | None, basis: str, reasons: str,
    calendar: WorkingCalendar, actor: Any, at: datetime,
) -> Notice:
    """Tell the party what is alleged and intended, and what it may answer (处罚法 44)."""
    WORKFLOW.check("give_notice", case, actor)
    demand_investigator(case, actor)
    if case.second_investigator_id is None:
        raise Refused(N_("Two investigators are needed before a notice is given."))
    choice = demand_lawful(case, measure, months, basis)
    notice = Notice(
        number=next_document(DocumentKind.NOTICE, at), given_on=day_of(at), given_by_id=actor.id,
        conduct_codes=case.established_codes, measure=measure, months=months, basis=basis,
        reasons=reasons, hearing_offered=choice.hearing, hearing_asked=False)
    # A notice after a return stands beside the first one, which the party has answered.
    case.notices.append(notice)
    case.noticed_on = day_of(at)
    WORKFLOW.fire("give_notice", case, actor)
    answer_by = time_limits.reply_period(case, notice).due(calendar)
    record(NoticeGiven(case=case, actor=actor, at=at, document_number=notice.number,
                       measure=measure, answer_by=str(answer_by)))
    return notice


def state(
    case: Case, *, statement: str, hearing_asked: bool, calendar: WorkingCalendar, actor: Any,
    at: datetime,
) -> None:
    """The party's statement and defence; one that comes late still counts until the referral."""
    WORKFLOW.check("state", case, actor)
    notice = current_notice(case)
    if hearing_asked:
        _demand_offered(case, notice, calendar, day_of(at))
    # What the party says is kept word for word: it is never held against it (处罚法 45).
    notice.statement, notice.stated_at, notice.stated_by_id = statement, at, actor.id
    notice.hearing_asked = hearing_asked
    WORKFLOW.fire("state", case, actor)
    record(StatementMade(case=case, actor=actor, at=at, hearing_asked=hearing_asked))


def _demand_offered(
    case: Case, notice: Notice, calendar: WorkingCalendar, today: date
) -> None:
    if not notice.hearing_offered:
        raise Refused(N_("For this measure the law gives no right to a hearing."))
    # Unlike the statement, which counts until the referral, the request is bound to its five days.
    if time_limits.reply_period(case, notice).is_overdue(calendar, today):
        raise Refused(N_("The time for asking for a hearing is over. Your statement can still be "
                         "made without it."))


def refer(case: Case, *, calendar: WorkingCalendar, actor: Any, at: datetime) -> None:
    """Hand the case to the legal review, once the party has spoken or its time is over."""
    WORKFLOW.check("refer", case, actor)
    demand_investigator(case, actor)
    demand_heard(case, calendar, day_of(at))
    WORKFLOW.fire("refer", case, actor)
    record(CaseReferred(case=case, actor=actor, at=at,
                        with_statement=current_notice(case).statement is not None))


def demand_heard(case: Case, calendar: WorkingCalendar, today: date) -> None:
    """Nobody is judged unheard: the party has spoken, or let its time pass (处罚法 44, 62)."""
    reply = time_limits.reply_period(case, current_notice(case))
    if case.status is S.PRIOR_NOTICE and not reply.is_overdue(calendar, today):
        raise Refused(N_("The party still has time for its statement."))
    if case.awaits_hearing:
        raise Refused(N_("The party asked for a hearing, which has not been held yet."))


def close(case: Case, *, reason: str, actor: Actor, at: datetime) -> None:
    """The measure has been carried out."""
    WORKFLOW.check("close", case, actor)
    case.ended_reason = reason
    WORKFLOW.fire("close", case, actor)
    record(CaseClosed(case=case, actor=actor, at=at, reason=reason))


def demand_known(codes: Sequence[str], regime: Regime) -> None:
    """At least one kind of conduct, and none that the law of the case does not know."""
    if not codes or not all(code in regime.conduct for code in codes):
        raise Refused(N_("Say which conduct the case is about."))


def demand_investigator(case: Case, actor: Actor) -> None:
    if actor.id not in case.investigator_ids:
        raise TransitionRefused(N_("Only the investigators of this case may do this."))


def current_notice(case: Case) -> Notice:
    """The notice that counts.  Raises ``Refused`` where none was given."""
    if case.notice is None:
        raise Refused(N_("No prior notice has been given in this case."))
    return case.notice


def next_document(kind: DocumentKind, at: datetime) -> str:
    """The next number of an official document (文号) of this kind: gap-free per kind and year."""
    year = day_of(at).year
    return str(DocumentNumber(kind, year, next_number(f"document-{kind}", year)))


def demand_investigating(case: Case, actor: Actor) -> None:
    """For steps that do not move the case on, and so are not in its table."""
    _demand_open(case, actor)
    demand_investigator(case, actor)


def _demand_open(case: Case, actor: Actor) -> None:
    if case.status is not S.INVESTIGATING:
        raise TransitionRefused(N_("This step is not open any more."))
    if not can(actor, Permission.CASE_INVESTIGATE, case):
        raise TransitionRefused(N_("You may not take this step in this case."))
