"""Lists of practitioners."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, select

from broker_admin.accounts.models import Organization, User
from broker_admin.db import db
from broker_admin.practitioners.models import Employment, Practitioner
from broker_admin.practitioners.workflow import EmploymentStatus as E
from broker_admin.practitioners.workflow import PractitionerStatus as S


def of_user(user: User) -> Practitioner | None:
    return db.session.scalar(select(Practitioner).where(Practitioner.user_id == user.id))


def certified_staff(organization: Organization, day: date) -> list[Practitioner]:
    """Who works there, confirmed by both, and holds a certificate that is valid on this day."""
    # By its days and not by its state alone: the job of the night may not have run yet.
    return list(db.session.scalars(_staff(organization).where(
        Practitioner.status == S.CERTIFIED,
        Practitioner.valid_from <= day, Practitioner.valid_to >= day)))


def _staff(organization: Organization) -> Select[tuple[Practitioner]]:
    return (select(Practitioner).join(Employment)
            .where(Employment.organization_id == organization.id, Employment.status == E.CONFIRMED)
            .order_by(Practitioner.name, Practitioner.id))


def names_of(references: Collection[str]) -> dict[str, str]:
    """Name and certificate number of each: for pages of a case whose readers may know whom it names."""
    rows = db.session.scalars(select(Practitioner).where(Practitioner.reference.in_(references)))
    return {row.reference: row.title for row in rows}


def employments_of(organization: Organization) -> Select[tuple[Employment]]:
    """Everybody ever proposed, the current ones first."""
    return (select(Employment).join(Employment.practitioner)
            .where(Employment.organization_id == organization.id)
            .order_by(Employment.status, Practitioner.name))


def due_to_lapse(today: date) -> Select[tuple[int]]:
    return (select(Practitioner.id)
            .where(Practitioner.status == S.CERTIFIED, Practitioner.valid_to < today)
            .order_by(Practitioner.id))


def worklist(words: str = "") -> Select[tuple[Practitioner]]:
    """The register of persons, for the desk."""
    query = select(Practitioner).order_by(Practitioner.id.desc())
    if words:
        # Part of a name, but a whole number: numbers differ only in their last digits.
        named = Practitioner.name.contains(words, autoescape=True)
        query = query.where(named | (Practitioner.certificate_number == words.upper()))
    return query
