"""Plans and draws: first the pool and the seed's hash, then the seed and the result.  No commits."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from broker_admin.accounts.models import User
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.licenses.models import License
from broker_admin.permissions import Permission, granted
from broker_admin.refusals import N_, Refused
from broker_admin.rules.regime import regime_on
from broker_admin.sequences import next_reference
from broker_admin.supervision import commitments, planning
from broker_admin.supervision.checklist import BY_CODE
from broker_admin.supervision.inspection_events import (
    DrawCommitted,
    DrawMade,
    InspectionDrawn,
    PlanPublished,
)
from broker_admin.supervision.inspection_workflow import DRAW, DrawStatus, InspectionStatus
from broker_admin.supervision.models import Draw, Inspection, InspectionPlan
from broker_admin.supervision.pools import pool_of
from broker_admin.workflow import TransitionRefused


def publish_plan(*, title: str, items: Iterable[str], actor: Any, at: datetime) -> InspectionPlan:
    """Publish the plan of the year: what is not in it is not inspected (国办发〔2024〕54号)."""
    _demand_planner(actor)
    # Sorted, so that record, form and notice all list the items in one order.
    chosen = sorted(set(items))
    if not chosen or not set(chosen) <= set(BY_CODE):
        raise Refused(N_("Choose at least one item of the checklist."))
    today = day_of(at)
    plan = InspectionPlan(
        reference=next_reference("CC", today.year), regime=regime_on(today).version,
        year=today.year, title=title, items=chosen, published_at=at, published_by_id=actor.id)
    db.session.add(plan)
    db.session.flush()  # for the number that its draws refer to
    record(PlanPublished(case=plan, actor=actor, at=at, year=plan.year, items=chosen))
    return plan


def commit_seed(plan: InspectionPlan, *, actor: Any, at: datetime) -> Draw:
    """Record the pool as it stands now and the hash of a fresh seed: from here nothing can be bent."""
    _demand_planner(actor)
    _demand_turn(plan, at)
    content = pool_of(plan, regime_on(day_of(at))).content(secrets.token_hex(32))
    if not sum(content["places"].values()):
        raise Refused(N_("Nobody is left to be drawn: the rates or the visits of this year are used up."))
    # Not the random module: whoever guessed its state would know the result beforehand.
    seed, number = secrets.token_hex(32), len(plan.draws) + 1
    draw = Draw(
        reference=f"{plan.reference}-{number}", status=DrawStatus.COMMITTED, number=number,
        pool=content, pool_sha256=commitments.fingerprint(content), sealed_seed=seed,
        commitment=commitments.of_seed(seed), result=[], committed_at=at, committed_by_id=actor.id)
    plan.draws.append(draw)
    record(DrawCommitted(case=draw, actor=actor, at=at, pool_sha256=draw.pool_sha256,
                         commitment=draw.commitment))
    return draw


def _demand_turn(plan: InspectionPlan, at: datetime) -> None:
    """One draw after the other: a second seed in hand would leave a choice between two results."""
    if plan.year != day_of(at).year:
        raise Refused(N_("Draws are made in the year of the plan."))
    if any(draw.status is DrawStatus.COMMITTED for draw in plan.draws):
        raise Refused(N_("The draw that was committed before has to be made first."))


def make(draw: Draw, *, actor: Any, at: datetime) -> None:
    """Reveal the seed and draw: an inspection for each holder, told to its two officers."""
    DRAW.check("draw", draw, actor)
    seed = draw.sealed_seed or ""
    result = _result(draw, seed)
    # After the result is known: where officers are too few the draw stays committed, to be made later.
    DRAW.fire("draw", draw, actor)
    # Both are never filled: the table refuses a seed that is public and sealed at once.
    draw.seed, draw.sealed_seed = seed, None
    draw.result = [drawn.content() for drawn in result]
    draw.drawn_at, draw.drawn_by_id = at, actor.id
    record(DrawMade(case=draw, actor=actor, at=at, seed=seed, number=len(result)))
    for drawn in result:
        _open(draw, drawn, actor=actor, at=at)


def _result(draw: Draw, seed: str) -> tuple[planning.Drawn, ...]:
    try:
        return planning.draw(draw.pool, seed)
    except planning.DrawImpossible as impossible:
        raise Refused(N_("Fewer than two officers may inspect %(license)s."),
                      license=str(impossible)) from None


def _open(draw: Draw, drawn: planning.Drawn, *, actor: Any, at: datetime) -> None:
    license = db.session.scalars(select(License).where(License.number == drawn.license)).one()
    first, second = (db.session.get_one(User, number) for number in drawn.officers)
    inspection = Inspection(
        reference=next_reference("JC", day_of(at).year), status=InspectionStatus.DRAWN,
        regime=draw.plan.regime, license=license, license_id=license.id,
        organization=license.organization, organization_id=license.organization_id, draw=draw,
        first_officer=first, second_officer=second, first_officer_id=first.id,
        second_officer_id=second.id, created_at=at, recused=[], items=[], conduct_codes=[])
    db.session.add(inspection)
    record(InspectionDrawn(case=inspection, actor=actor, at=at, draw=draw.reference,
                           officers=list(drawn.officers)))


def replay(draw: Draw) -> bool:
    """Whether what was published, the seed, the result and the officers of today fit together."""
    if commitments.fingerprint(draw.pool) != draw.pool_sha256:
        # A pool that was changed may no longer hold those who were drawn: no use repeating it.
        return False
    try:
        return draw.seed is None or _repeats(draw, draw.seed)
    except planning.DrawImpossible:
        return False


def _repeats(draw: Draw, seed: str) -> bool:
    again = [drawn.content() for drawn in planning.draw(draw.pool, seed)]
    return (commitments.of_seed(seed) == draw.commitment and again == draw.result
            and all(_pair_follows(inspection, seed) for inspection in draw.inspections))


def _pair_follows(inspection: Inspection, seed: str) -> bool:
    """Whether those who come are the ones whom the draw leaves when some have stood back."""
    expected = planning.pair(inspection.draw.pool, seed, inspection.license.number, inspection.recused)
    return inspection.officer_ids == frozenset(expected)


def _demand_planner(actor: Any) -> None:
    if Permission.INSPECTION_PLAN not in granted(actor):
        raise TransitionRefused(N_("You may not take this step in this case."))
