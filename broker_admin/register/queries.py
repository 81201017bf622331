"""What the public may look up.

The words to search by stand beside each license, kept by its own verbs: so they change in the same
transaction, and the register, which stands above the licenses, needs no table that could fall behind.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import selectinload

from broker_admin.db import db
from broker_admin.licenses import queries as licenses
from broker_admin.licenses.models import CertificateIssue, License, Standing
from broker_admin.licenses.workflow import LIVE
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.practitioners.models import Practitioner
from broker_admin.rules.numbering import parse_license_number

PER_PAGE = 20

NOTICE_KINDS: dict[str, frozenset[str]] = {
    "granted": frozenset({"issue"}),
    "suspended": frozenset({"suspend", "lift", "resume"}),
    "ended": frozenset({"revoke", "annul", "withdraw", "surrender", "expire", "cancel"}),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty means everything."""

    words: str = ""
    status: S | None = None
    broker_type: str = ""
    grade: int | None = None
    region: str = ""


@dataclass(frozen=True)
class Counts:
    """How many there are of each state and type, each under the other filter."""

    statuses: Counter[S]
    types: Counter[str]

    @property
    def all(self) -> int:
        return self.statuses.total()


def status_on(today: date) -> ColumnElement[S]:
    """How a license stands today, before any nightly job notes it."""
    kind = License.status.type
    over = License.status.in_(LIVE) & (License.valid_to < today)
    resumed = (License.status == S.SUSPENDED) & (License.suspended_until < today)
    return case((over, literal(S.EXPIRED, kind)), (resumed, literal(S.ACTIVE, kind)),
                else_=License.status)


def matching(wanted: Wanted, today: date) -> Select[tuple[License]]:
    """Every license that fits, in no order yet."""
    query = select(License).options(selectinload(License.standings))
    if wanted.status:
        query = query.where(status_on(today) == wanted.status)
    if wanted.broker_type:
        query = query.where(License.broker_type == wanted.broker_type)
    return query.where(*_narrowed(wanted))


def page(wanted: Wanted, today: date, after: str = "") -> tuple[list[License], str]:
    """The newest that come after the license of this number, and the number to go on after."""
    # By key and not by offset: new licenses arrive at the top while somebody reads.
    query = matching(wanted, today).order_by(License.id.desc()).limit(PER_PAGE + 1)
    if after:
        query = query.where(License.id < select(License.id).where(License.number == after)
                            .scalar_subquery())
    rows = list(db.session.scalars(query))
    more = rows[PER_PAGE - 1].number if len(rows) > PER_PAGE else ""
    return rows[:PER_PAGE], more


def counts(wanted: Wanted, today: date) -> Counts:
    status = status_on(today)
    query = select(status, License.broker_type, func.count()).group_by(status, License.broker_type)
    query = query.where(*_narrowed(wanted))
    statuses: Counter[S] = Counter()
    types: Counter[str] = Counter()
    for state, kind, count in db.session.execute(query):
        if wanted.broker_type in {"", kind}:
            statuses[state] += count
        if wanted.status in {None, state}:
            types[kind] += count
    return Counts(statuses, types)


def _narrowed(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    """The filters that every count respects."""
    if wanted.words:
        yield licenses.found(wanted.words)
    if wanted.grade:
        yield License.grade == wanted.grade
    if wanted.region:
        yield License.region_code == wanted.region


def exact(words: str) -> list[License]:
    """The license of this number, or those of this credit code or whole name; live ones first."""
    # More holders of one name than this are told apart by their code, not by reading on.
    rows = db.session.scalars(licenses.exactly(words).limit(50)
                              .options(selectinload(License.standings)))
    return sorted(rows, key=lambda license: license.status not in LIVE)


def numbered(number: str) -> License | None:
    """The license of this number, in whatever notation."""
    parsed = parse_license_number(number)
    return db.session.scalars(
        select(License).where(License.number == str(parsed))).one_or_none() if parsed else None


def person(number: str) -> Practitioner | None:
    return db.session.scalars(
        select(Practitioner).where(Practitioner.certificate_number == number)).one_or_none()


def by_digest(sha256: str) -> CertificateIssue | None:
    return db.session.scalars(
        select(CertificateIssue).where(CertificateIssue.sha256 == sha256)).first()


def notices(kind: str = "", before: int | None = None) -> list[Standing]:
    """What was noted of licenses, newest first; one more than a page, if there is more."""
    query = (select(Standing).order_by(Standing.id.desc()).limit(PER_PAGE + 1)
             .options(selectinload(Standing.license)))
    if before is not None:
        query = query.where(Standing.id < before)
    if kind in NOTICE_KINDS:
        query = query.where(Standing.act.in_(NOTICE_KINDS[kind]))
    return list(db.session.scalars(query))


def in_chunks(wanted: Wanted, today: date, size: int = 500) -> Iterable[list[License]]:
    """Everything that fits, oldest first; between chunks no transaction is open.

    A slow reader would otherwise keep SQLite from committing anything.
    """
    last = 0
    while True:
        rows = list(db.session.scalars(
            matching(wanted, today).where(and_(License.id > last))
            .order_by(License.id).limit(size)))
        if not rows:
            return
        last = rows[-1].id
        yield rows
        db.session.rollback()
