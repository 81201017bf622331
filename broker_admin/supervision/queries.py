"""Lists of what supervision does."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import User
from broker_admin.db import db
from broker_admin.licenses.models import License
from broker_admin.permissions import Actor
from broker_admin.supervision.inspection_workflow import KNOWN, RUNNING, InspectionStatus
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.supervision.models import (
    AnnualReport,
    AnnualReview,
    Draw,
    Inspection,
    InspectionPlan,
    Rectification,
)
from broker_admin.supervision.workflow import FILED, TOLD
from broker_admin.supervision.workflow import ReviewStatus as V


def published_grade(license: License) -> str | None:
    """The credit grade that the register shows: of the latest published review."""
    return db.session.scalar(
        select(AnnualReview.grade)
        .where(AnnualReview.license_id == license.id, AnnualReview.status == V.PUBLISHED)
        .order_by(AnnualReview.year.desc()).limit(1))


def published_report(number: str) -> AnnualReport | None:
    """The latest report filed about the license of this number; its public part may be shown."""
    return db.session.scalar(
        select(AnnualReport).join(AnnualReport.license)
        .where(License.number == number, AnnualReport.status.in_(FILED))
        .order_by(AnnualReport.year.desc()).limit(1))


def report_about(license: License, year: int) -> AnnualReport | None:
    return db.session.scalar(select(AnnualReport).where(
        AnnualReport.license_id == license.id, AnnualReport.year == year))


# Through the organisation and not the author, so that colleagues take over from each other.
def reports_of_party(actor: Actor) -> Select[tuple[AnnualReport]]:
    """The reports of the actor's organisations, drafts included, newest first."""
    return (select(AnnualReport).where(AnnualReport.organization_id.in_(actor.organization_ids))
            .options(selectinload(AnnualReport.license)).order_by(AnnualReport.id.desc()))


def reviews_of_party(actor: Actor) -> Select[tuple[AnnualReview]]:
    """The reviews that the actor's organisations have been told of, newest first."""
    return (select(AnnualReview)
            .where(AnnualReview.organization_id.in_(actor.organization_ids),
                   AnnualReview.status.in_(TOLD))
            .order_by(AnnualReview.id.desc()))


def reports(*, late: bool = False) -> Select[tuple[AnnualReport]]:
    """What officers see: every report that was filed."""
    query = (select(AnnualReport).where(AnnualReport.status.in_(FILED))
             .options(selectinload(AnnualReport.license), selectinload(AnnualReport.organization)))
    if late:
        query = query.where(AnnualReport.late)
    # By number too: on the last day many are filed at once, and pages must not repeat or skip any.
    return query.order_by(AnnualReport.submitted_at.desc(), AnnualReport.id.desc())


def missing_reports(year: int) -> Select[tuple[License]]:
    """Licenses in force at some time of the year about which nothing was filed."""
    # A draft is no report: whoever only began one is missed as well.
    filed = select(AnnualReport.license_id).where(
        AnnualReport.year == year, AnnualReport.status.in_(FILED))
    return _licensed_in(year).where(License.id.not_in(filed))


def unreviewed(year: int) -> Select[tuple[License]]:
    """Licenses in force at some time of the year whose review has not been opened."""
    opened = select(AnnualReview.license_id).where(AnnualReview.year == year)
    return _licensed_in(year).where(License.id.not_in(opened))


def _licensed_in(year: int) -> Select[tuple[License]]:
    return (select(License)
            .where(License.valid_from <= date(year, 12, 31),
                   (License.ended_on.is_(None)) | (License.ended_on >= date(year, 1, 1)))
            .options(selectinload(License.organization)).order_by(License.number))


def reviews() -> Select[tuple[AnnualReview]]:
    return (select(AnnualReview).where(AnnualReview.status != V.PUBLISHED)
            .options(selectinload(AnnualReview.organization), selectinload(AnnualReview.scorer),
                     selectinload(AnnualReview.scores))
            .order_by(AnnualReview.id))


def published_reviews() -> Select[tuple[AnnualReview]]:
    return (select(AnnualReview).where(AnnualReview.status == V.PUBLISHED)
            .options(selectinload(AnnualReview.organization))
            .order_by(AnnualReview.published_on.desc(), AnnualReview.id.desc()))


def in_objection_window() -> Select[tuple[AnnualReview]]:
    """Reviews that time alone may make final."""
    return select(AnnualReview).where(AnnualReview.status == V.PRELIMINARY).order_by(AnnualReview.id)


def to_be_published() -> Select[tuple[int]]:
    return select(AnnualReview.id).where(AnnualReview.status == V.FINAL).order_by(AnnualReview.id)


def plans() -> Select[tuple[InspectionPlan]]:
    return (select(InspectionPlan).options(selectinload(InspectionPlan.draws))
            .order_by(InspectionPlan.id.desc()))


def inspections(*, officer: int | None = None) -> Select[tuple[Inspection]]:
    """Those that are not published yet, the oldest first; of one officer where asked."""
    query = select(Inspection).where(Inspection.status != InspectionStatus.PUBLISHED)
    if officer:
        query = query.where((Inspection.first_officer_id == officer)
                            | (Inspection.second_officer_id == officer))
    return query.options(selectinload(Inspection.organization)).order_by(Inspection.id)


def published_inspections() -> Select[tuple[Inspection]]:
    return (select(Inspection).where(Inspection.status == InspectionStatus.PUBLISHED)
            .options(selectinload(Inspection.organization)).order_by(Inspection.id.desc()))


def inspections_of_party(actor: Actor) -> Select[tuple[Inspection]]:
    """Those that the actor's organisations have been notified of, newest first."""
    return (select(Inspection).where(Inspection.organization_id.in_(actor.organization_ids),
                                     Inspection.status.in_(KNOWN))
            .order_by(Inspection.id.desc()))


def running_rectifications() -> Select[tuple[Rectification]]:
    return (select(Rectification).where(Rectification.status.in_(RUNNING))
            .order_by(Rectification.id))


def open_rectifications() -> Select[tuple[Rectification]]:
    return (select(Rectification).where(Rectification.status != Z.VERIFIED)
            .options(selectinload(Rectification.organization)).order_by(Rectification.id))


def verified_rectifications() -> Select[tuple[Rectification]]:
    return (select(Rectification).where(Rectification.status == Z.VERIFIED)
            .options(selectinload(Rectification.organization))
            .order_by(Rectification.verified_on.desc(), Rectification.id.desc()))


def rectifications_of_party(actor: Actor) -> Select[tuple[Rectification]]:
    return (select(Rectification)
            .where(Rectification.organization_id.in_(actor.organization_ids))
            .order_by(Rectification.id.desc()))


def draw_numbered(reference: str) -> Draw | None:
    return db.session.scalar(select(Draw).where(Draw.reference == reference))


def names_of(people: Iterable[int]) -> dict[int, str]:
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(people)))
    return {number: name for number, name in rows}
