"""Whom a complaint or report means, as far as its words tell."""

from sqlalchemy import select

from broker_admin.accounts import service as accounts
from broker_admin.accounts.models import Organization
from broker_admin.db import db
from broker_admin.licenses.models import License
from broker_admin.rules.numbering import parse_license_number


def respondent(name: str, number: str | None) -> tuple[Organization | None, License | None]:
    """By license number, by credit code, else by the exact name; maybe nobody known here."""
    license = _licensed_under(number or "")
    if license:
        return license.organization, license
    organization = accounts.organization_by_code((number or "").upper()) or _named(name)
    return organization, _latest(organization) if organization else None


def _licensed_under(number: str) -> License | None:
    parsed = parse_license_number(number)
    return db.session.scalar(select(License).where(License.number == str(parsed))) if parsed else None


def _named(name: str) -> Organization | None:
    # Two may bear one name: the one that was here first, until an officer says otherwise.
    return db.session.scalar(
        select(Organization).where(Organization.name == name).order_by(Organization.id).limit(1))


def _latest(organization: Organization) -> License | None:
    return db.session.scalar(select(License).where(License.organization_id == organization.id)
                             .order_by(License.id.desc()).limit(1))
