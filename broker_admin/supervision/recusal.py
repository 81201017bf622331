"""An officer stands back (回避), and the draw says who comes instead.  Nothing here commits."""

from datetime import datetime
from typing import Any

from broker_admin.accounts.models import User
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.permissions import Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.supervision import planning
from broker_admin.supervision.inspection_events import OfficerRecused
from broker_admin.supervision.inspection_workflow import InspectionStatus
from broker_admin.supervision.models import Inspection
from broker_admin.workflow import TransitionRefused


def recuse(
    inspection: Inspection, officer: int, *, reason: str, actor: Any, at: datetime
) -> None:
    """Somebody of the pair stands back: the next in the order of the draw comes in."""
    if not can(actor, Permission.INSPECTION_PLAN, inspection):
        raise TransitionRefused(N_("You may not take this step in this case."))
    # Later the holder has been told who comes, and may itself ask that an officer stands back.
    demand_open(inspection)
    if officer not in inspection.officer_ids:
        raise TransitionRefused(N_("Only the two officers who were drawn may do this."))
    # A new list: JSON columns do not notice what is appended to the old one.
    recused = [*inspection.recused, officer]
    pair, before = _pair_without(inspection, recused), inspection.officer_ids
    inspection.recused = recused
    inspection.first_officer, inspection.second_officer = (db.session.get_one(User, o) for o in pair)
    db.session.flush()  # for the ids that follow from the people
    record(OfficerRecused(case=inspection, actor=actor, at=at, recused=officer, reason=reason,
                          replaced_by=next(iter(inspection.officer_ids - before))))


def demand_open(inspection: Inspection) -> None:
    """Raises ``TransitionRefused`` once the holder knows whose visit to expect."""
    if inspection.status is not InspectionStatus.DRAWN:
        raise TransitionRefused(N_("An officer can be replaced only before the holder is notified."))


def _pair_without(inspection: Inspection, recused: list[int]) -> tuple[int, int]:
    draw = inspection.draw
    try:
        return planning.pair(draw.pool, draw.seed or "", inspection.license.number, recused)
    except planning.DrawImpossible:
        raise Refused(N_("No other officer of the pool is left for this inspection.")) from None
