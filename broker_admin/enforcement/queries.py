"""Lists of conduct cases, and what the public may know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import Organization
from broker_admin.db import db
from broker_admin.enforcement import time_limits
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import IMPOSED, OPEN
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.permissions import Actor
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.deadlines import Deadline


def worklist(
    actor: Actor, *, status: S | None = None, words: str = "", mine: bool = False,
) -> Select[tuple[Case]]:
    """The cases that fit the filters, open ones unless a state is asked for, oldest first.

    Never those of the actor's own organisations.
    """
    query = (
        select(Case).join(Case.organization)
        .where(Case.status.in_([status] if status else OPEN),
               Case.organization_id.not_in(actor.organization_ids))
        .options(selectinload(Case.organization), selectinload(Case.notices),
                 selectinload(Case.investigator), selectinload(Case.second_investigator))
    )
    if words:
        named = Organization.name.contains(words, autoescape=True)
        query = query.where(named | (Organization.uscc == words.upper())
                            | (Case.reference == words.upper()))
    if mine:
        query = query.where((Case.investigator_id == actor.id)
                            | (Case.second_investigator_id == actor.id))
    return query.order_by(Case.opened_at, Case.id)


def of_party(actor: Actor) -> Select[tuple[Case]]:
    """The cases of the actor's organisations that they have been told of, newest first."""
    return (select(Case)
            .where(Case.organization_id.in_(actor.organization_ids), Case.noticed_on.is_not(None))
            .options(selectinload(Case.organization), selectinload(Case.notices))
            .order_by(Case.id.desc()))


@dataclass(frozen=True)
class Row:
    """A case in the worklist, with the limit that runs in it."""

    case: Case
    due: date | None
    days_left: int | None


def by_time_left(
    cases: Iterable[Case], calendar: WorkingCalendar, today: date
) -> list[Row]:
    """The most urgent first; those in which nothing runs last."""
    rows = [_row(case, time_limits.running(case), calendar, today) for case in cases]
    return sorted(rows, key=lambda row: (row.days_left is None, row.days_left or 0, row.case.id))


def _row(case: Case, deadline: Deadline | None, calendar: WorkingCalendar, today: date) -> Row:
    if deadline is None:
        return Row(case, None, None)
    return Row(case, deadline.due(calendar), deadline.working_days_left(calendar, today))


@dataclass(frozen=True)
class Published:
    """An imposed measure as the register shows it, while its time of publication runs."""

    decision_number: str
    measure: str
    measure_zh: str
    measure_en: str
    basis: str
    conduct_codes: list[str]
    organization: str
    uscc: str
    license_number: str | None
    decided_on: date | None
    measure_until: date | None
    public_until: date | None
    remedies_open: bool

    def name(self, language: str) -> str:
        return self.measure_zh if language.startswith("zh") else self.measure_en


def published(day: date, *, license_number: str | None = None) -> list[Published]:
    """The measures that the register shows on this day, the newest first."""
    query = (
        select(Case).where(Case.status.in_(IMPOSED), Case.public_until >= day,
                           Case.decided_on <= day)
        .options(selectinload(Case.organization), selectinload(Case.license),
                 selectinload(Case.findings))
        .order_by(Case.decided_on.desc(), Case.id.desc())
    )
    shown = (_published(case, day) for case in db.session.scalars(query))
    return [entry for entry in shown
            if license_number is None or entry.license_number == license_number]


def _published(case: Case, day: date) -> Published:
    regime = time_limits.regime_of(case)
    code = case.measure or ""
    measure = regime.measures[code] if code in regime.measures else regime.penalty_kinds[code]
    remedies = [last for last in (case.sue_by, case.reconsider_by) if last]
    return Published(
        decision_number=case.decision_number or "", measure=code, measure_zh=measure.zh,
        measure_en=measure.en, basis=case.basis or "", conduct_codes=case.established_codes,
        organization=case.organization.name, uscc=case.organization.uscc,
        license_number=case.license.number if case.license else None, decided_on=case.decided_on,
        measure_until=case.measure_until, public_until=case.public_until,
        remedies_open=any(day <= last for last in remedies))
