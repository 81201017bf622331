"""Which steps are open to an officer in a case now: the buttons of its page."""

from datetime import date

from broker_admin.enforcement import hearings
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import STEPS, WORKFLOW
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.permissions import Actor, Permission, can

# Other officers have the same permission, but the file belongs to those who answer for it.
_INVESTIGATORS_ONLY = {"drop", "give_notice", "refer"}


def open_to(actor: Actor, case: Case, today: date) -> list[str]:
    """In the order of the procedure."""
    names = _of_table(actor, case) | _of_investigation(actor, case) | _of_hearing(actor, case, today)
    return [name for name in STEPS if name in names]


def _of_table(actor: Actor, case: Case) -> set[str]:
    names = {transition.name for transition in WORKFLOW.open_to(actor, case)}
    return names if actor.id in case.investigator_ids else names - _INVESTIGATORS_ONLY


def _of_investigation(actor: Actor, case: Case) -> set[str]:
    """Those that the table does not know, as they leave the state alone."""
    if case.status is not S.INVESTIGATING or not can(actor, Permission.CASE_INVESTIGATE, case):
        return set()
    if actor.id in case.investigator_ids:
        return {"find", "evidence"}
    return {"join"} if case.second_investigator_id is None else set()


def _of_hearing(actor: Actor, case: Case, today: date) -> set[str]:
    may = {"call_hearing": hearings.may_call(case, actor),
           "hold_hearing": hearings.may_record(case, actor, today)}
    return {name for name in may if may[name]}
