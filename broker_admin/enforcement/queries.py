"""Lists of conduct cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import Organization
from broker_admin.enforcement import time_limits
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import OPEN
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.permissions import Actor
from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.deadlines import Deadline

# Where a file of the case lies says whose it is, and so who may fetch it.
EVIDENCE, STATEMENT = "evidence", "statement"


def worklist(
    actor: Actor, *, status: S | None = None, words: str = "", mine: bool = False,
) -> Select[tuple[Case]]:
    """The cases that fit the filters, open ones unless a state is asked for; the newest first where
    nothing runs any more.  Never those of the actor's own organisations.
    """
    states = {status} if status else OPEN
    query = (
        # Everything that a row of the list shows, so that no row asks the database again.
        select(Case).join(Case.organization)
        .where(Case.status.in_(states),
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
    # A list shows so many rows: of what has ended, the newest are those that somebody looks for.
    return query.order_by(Case.id if states <= OPEN else Case.id.desc())


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
    """The most urgent first; those in which nothing runs last, in the order in which they came."""
    rows = [_row(case, time_limits.running(case), calendar, today) for case in cases]
    return sorted(rows, key=lambda row: (row.days_left is None, row.days_left or 0))


def _row(case: Case, deadline: Deadline | None, calendar: WorkingCalendar, today: date) -> Row:
    if deadline is None:
        return Row(case, None, None)
    return Row(case, deadline.due(calendar), deadline.working_days_left(calendar, today))
