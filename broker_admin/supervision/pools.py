"""Who may be drawn, who may inspect, and how many places there are, as things stand now."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select

from broker_admin.accounts.models import Membership, RoleGrant, User
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.db import db
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LIVE
from broker_admin.permissions import Role
from broker_admin.rules.regime import Regime
from broker_admin.supervision import planning
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.supervision.models import AnnualReport, Draw, Inspection, InspectionPlan, Rectification
from broker_admin.supervision.planning import Holder, Pool
from broker_admin.supervision.queries import published_grade

# Who has no grade yet counts as good.
UNGRADED = "B"

Grades = Mapping[License, str]


def pool_of(plan: InspectionPlan, regime: Regime) -> Pool:
    """Everybody who may still be visited this year, and how many of each grade are due."""
    # In the order of numbers, so that two pools of one day are the same to the letter.
    live = db.session.scalars(
        select(License).where(License.status.in_(LIVE)).order_by(License.number)).all()
    grades = {license: published_grade(license) or UNGRADED for license in live}
    visits, known = _visits(plan.year), regime.supervision.grades
    # A published cap on visits is what 国办发〔2024〕54号 demands.
    open_ = [license for license in live
             if visits[license.id] < known[grades[license]].visits_per_year]
    return Pool(holders=tuple(_holder(license, grades[license]) for license in open_),
                officers=_officers(), places=_places(grades, visits, regime))


def _places(grades: Grades, visits: Counter[int], regime: Regime) -> dict[str, int]:
    """The rate of the whole year, less those who were drawn in it already."""
    sizes = Counter(grades.values())
    done = Counter(grade for license, grade in grades.items() if visits[license.id])
    known = regime.supervision.grades
    return {grade: planning.places(known[grade].inspection_rate, size, done[grade])
            for grade, size in sizes.items()}


def _holder(license: License, grade: str) -> Holder:
    return Holder(license.number, grade, 1 + _concerns(license), tuple(sorted(_members(license))),
                  _last_pair(license))


def _members(license: License) -> Iterable[int]:
    """Whoever belongs to the holder, or has asked to, may not inspect it."""
    # Also whoever has left: a former colleague is no stranger (回避).
    return set(db.session.scalars(select(Membership.user_id).where(
        Membership.organization_id == license.organization_id,
        Membership.status != MembershipStatus.DECLINED)))


def _last_pair(license: License) -> tuple[int, ...]:
    last = db.session.scalars(select(Inspection).where(Inspection.license_id == license.id)
                              .order_by(Inspection.id.desc()).limit(1)).first()
    return tuple(sorted(last.officer_ids)) if last else ()


def _concerns(license: License) -> int:
    """What makes a visit likelier: late reports, and rectifications that are overdue or fell short."""
    # High risk is inspected more often (广东省市场监管条例第26条).
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
    """Whoever may inspect today: enforcement officers alone hold the certificate (处罚法第42条)."""
    return tuple(db.session.scalars(
        select(User.id).join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.ENFORCEMENT_OFFICER, User.disabled_at.is_(None))
        .order_by(User.id)))
