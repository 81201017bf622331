"""Plans and draws: first the pool and the seed's hash, then the seed and the result.  No commits."""

import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from broker_admin.accounts.models import Membership, RoleGrant, User
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LIVE
from broker_admin.permissions import Permission, Role, granted
from broker_admin.refusals import N_, Refused
from broker_admin.rules.regime import Regime, regime_on
from broker_admin.sequences import next_reference
from broker_admin.supervision import planning
from broker_admin.supervision.checklist import BY_CODE
from broker_admin.supervision.events import (
    DrawCommitted,
    DrawMade,
    InspectionDrawn,
    PlanPublished,
)
from broker_admin.supervision.inspection_workflow import DRAW, DrawStatus, InspectionStatus
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.supervision.models import (
    AnnualReport,
    Draw,
    Inspection,
    InspectionPlan,
    Rectification,
)
from broker_admin.supervision.planning import Holder, Pool
from broker_admin.supervision.queries import published_grade
from broker_admin.workflow import TransitionRefused

# Who has no grade yet counts as good.
UNGRADED = "B"


def publish_plan(*, title: str, items: Iterable[str], actor: Any, at: datetime) -> InspectionPlan:
    """Publish the plan of the year: what is not in it is not inspected (国办发〔2024〕54号)."""
    _demand_planner(actor)
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
    if plan.year != day_of(at).year:
        raise Refused(N_("Draws are made in the year of the plan."))
    if any(draw.status is DrawStatus.COMMITTED for draw in plan.draws):
        raise Refused(N_("The draw that was committed before has to be made first."))
    content = pool_of(plan, regime_on(day_of(at))).content()
    if not sum(content["places"].values()):
        raise Refused(N_("Nobody is left to be drawn: the rates or the visits of this year are used up."))
    seed, number = secrets.token_hex(32), len(plan.draws) + 1
    draw = Draw(
        reference=f"{plan.reference}-{number}", status=DrawStatus.COMMITTED, number=number,
        pool=content, pool_sha256=planning.fingerprint(content), sealed_seed=seed,
        commitment=planning.commitment(seed), result=[], committed_at=at, committed_by_id=actor.id)
    plan.draws.append(draw)
    record(DrawCommitted(case=draw, actor=actor, at=at, pool_sha256=draw.pool_sha256,
                         commitment=draw.commitment))
    return draw


def make(draw: Draw, *, actor: Any, at: datetime) -> None:
    """Reveal the seed and draw: an inspection for each holder, told to its two officers."""
    DRAW.check("draw", draw, actor)
    seed = draw.sealed_seed or ""
    try:
        result = planning.draw(draw.pool, seed)
    except planning.DrawImpossible as impossible:
        raise Refused(N_("Fewer than two officers may inspect %(license)s."),
                      license=str(impossible)) from None
    DRAW.fire("draw", draw, actor)
    draw.seed, draw.sealed_seed = seed, None
    draw.result = [{"license": d.license, "grade": d.grade, "officers": list(d.officers)}
                   for d in result]
    draw.drawn_at, draw.drawn_by_id = at, actor.id
    record(DrawMade(case=draw, actor=actor, at=at, seed=seed, number=len(result)))
    for drawn in result:
        _open(draw, drawn, actor=actor, at=at)


def _open(draw: Draw, drawn: planning.Drawn, *, actor: Any, at: datetime) -> None:
    license = db.session.scalars(select(License).where(License.number == drawn.license)).one()
    first, second = (db.session.get_one(User, number) for number in drawn.officers)
    inspection = Inspection(
        reference=next_reference("JC", day_of(at).year), status=InspectionStatus.DRAWN,
        regime=draw.plan.regime, license=license, license_id=license.id,
        organization=license.organization, organization_id=license.organization_id, draw=draw,
        first_officer=first, second_officer=second, first_officer_id=first.id,
        second_officer_id=second.id, created_at=at, items=[], conduct_codes=[])
    db.session.add(inspection)
    record(InspectionDrawn(case=inspection, actor=actor, at=at, draw=draw.reference,
                           officers=list(drawn.officers)))


def replay(draw: Draw) -> bool:
    """Whether pool, hashes and seed that were kept give the result that was kept."""
    if draw.seed is None:
        return planning.fingerprint(draw.pool) == draw.pool_sha256
    again = [{"license": d.license, "grade": d.grade, "officers": list(d.officers)}
             for d in planning.draw(draw.pool, draw.seed)]
    return (planning.fingerprint(draw.pool) == draw.pool_sha256
            and planning.commitment(draw.seed) == draw.commitment and again == draw.result)


def pool_of(plan: InspectionPlan, regime: Regime) -> Pool:
    """Everybody who may still be visited this year, and how many of each grade are due."""
    licenses = db.session.scalars(
        select(License).where(License.status.in_(LIVE)).order_by(License.number)).all()
    grades = {license.id: published_grade(license) or UNGRADED for license in licenses}
    visits = _visits(plan.year)
    done: Counter[str] = Counter()
    for license in licenses:
        done[grades[license.id]] += visits[license.id] > 0
    sizes, known = Counter(grades.values()), regime.supervision.grades
    return Pool(
        holders=tuple(_holder(license, grades[license.id]) for license in licenses
                      if visits[license.id] < known[grades[license.id]].visits_per_year),
        officers=_officers(),
        places={g: planning.places(known[g].inspection_rate, sizes[g], done[g]) for g in sizes})


def _holder(license: License, grade: str) -> Holder:
    last = db.session.scalars(select(Inspection).where(Inspection.license_id == license.id)
                              .order_by(Inspection.id.desc()).limit(1)).first()
    members = db.session.scalars(select(Membership.user_id).where(
        Membership.organization_id == license.organization_id,
        Membership.status != MembershipStatus.DECLINED))
    return Holder(license.number, grade, 1 + _concerns(license), tuple(sorted(set(members))),
                  tuple(sorted(last.officer_ids)) if last else ())


def _concerns(license: License) -> int:
    """What makes a visit likelier: late reports, and rectifications that are overdue or fell short."""
    late = select(func.count()).select_from(AnnualReport).where(
        AnnualReport.license_id == license.id, AnnualReport.late)
    open_orders = select(func.count()).select_from(Rectification).where(
        Rectification.license_id == license.id, Rectification.status.in_([Z.OVERDUE, Z.REJECTED]))
    return int(db.session.scalar(late) or 0) + int(db.session.scalar(open_orders) or 0)


def _visits(year: int) -> Counter[int]:
    """Inspections of the year by license."""
    rows = db.session.execute(
        select(Inspection.license_id, func.count()).join(Inspection.draw).join(Draw.plan)
        .where(InspectionPlan.year == year).group_by(Inspection.license_id))
    return Counter({number: count for number, count in rows})


def _officers() -> tuple[int, ...]:
    """Whoever may inspect today."""
    return tuple(db.session.scalars(
        select(User.id).join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.ENFORCEMENT_OFFICER, User.disabled_at.is_(None))
        .order_by(User.id)))


def _demand_planner(actor: Any) -> None:
    if Permission.INSPECTION_PLAN not in granted(actor):
        raise TransitionRefused(N_("You may not take this step in this case."))
