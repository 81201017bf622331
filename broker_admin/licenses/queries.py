"""Lists of licenses."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import Organization
from broker_admin.db import db
from broker_admin.licenses.models import CertificateIssue, License
from broker_admin.licenses.search import terms, whole
from broker_admin.licenses.workflow import LIVE
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import Actor
from broker_admin.rules.identifiers import normalise, uscc_fault
from broker_admin.rules.numbering import parse_license_number


def of_party(actor: Actor) -> Select[tuple[License]]:
    """The licenses of the actor's organisations, ended ones included, newest first."""
    return (select(License).where(License.organization_id.in_(actor.organization_ids))
            .order_by(License.id.desc()))


def current_of(organization: Organization) -> License | None:
    """The license that is valid or suspended, if there is one."""
    # At most one: the index of live licenses sees to that.
    return db.session.scalar(select(License).where(
        License.organization_id == organization.id, License.status.in_(LIVE)))


def worklist(
    *, status: S | None = None, broker_type: str = "", grade: int | None = None, words: str = "",
    expiring_by: date | None = None, region_code: str = "",
) -> Select[tuple[License]]:
    """Every license that fits the filters, those that expire first on top."""
    filters = (
        (status, License.status == status),
        (broker_type, License.broker_type == broker_type),
        (grade, License.grade == grade),
        # The first four digits are the city, and hold its districts too (GB/T 2260).
        (region_code, License.region_code.startswith(region_code[:4], autoescape=True)),
        (expiring_by, License.status.in_(LIVE) & (License.valid_to <= (expiring_by or date.max))),
        (words, found(words)),
    )
    return (select(License).options(selectinload(License.organization))
            .where(*(condition for asked, condition in filters if asked))
            .order_by(License.valid_to, License.id))


def due_to_expire(today: date) -> Select[tuple[int]]:
    """Those whose last day has passed and that nobody has noted yet."""
    return (select(License.id).where(License.status.in_(LIVE), License.valid_to < today)
            .order_by(License.id))


def due_to_resume(today: date) -> Select[tuple[int]]:
    """Those whose suspension has run out."""
    return select(License.id).where(License.suspended_until < today).order_by(License.id)


def without_certificate() -> Select[tuple[int]]:
    """Those whose present edition has not been printed."""
    printed = select(CertificateIssue.id).where(
        CertificateIssue.license_id == License.id, CertificateIssue.edition == License.edition)
    return select(License.id).where(~printed.exists()).order_by(License.id)


def near_expiry(today: date, days: int) -> date:
    """The last day that counts as near."""
    return today + timedelta(days=days)


def found(words: str) -> ColumnElement[bool]:
    """Whose number, credit code or name this is, or is part of; nobody for no words."""
    number = parse_license_number(words)
    if number:
        return License.number == str(number)
    # A code is meant as such: no name that happens to hold its letters is looked for.
    code, asked = normalise(words), terms(words)
    if uscc_fault(code) is None:
        return License.uscc == code
    named = [License.search_text.contains(term, autoescape=True) for term in asked]
    return and_(*named) if named else false()


def exactly(words: str) -> Select[tuple[License]]:
    """The same for a whole number, code or name; the newest first."""
    number, code = parse_license_number(words), normalise(words)
    if number:
        fits = License.number == str(number)
    elif uscc_fault(code) is None:
        fits = License.uscc == code
    elif not terms(words):
        fits = false()
    else:
        fits = License.search_text.contains(whole(words), autoescape=True)
    return select(License).where(fits).order_by(License.id.desc())
