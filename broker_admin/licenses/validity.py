"""Is a license valid on a day, and until when.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.rules.counting import add_months


class Known(Protocol):
    """A standing, as far as validity asks."""

    @property
    def status(self) -> S: ...
    @property
    def true_from(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def known_at(self) -> datetime: ...


class Dated(Protocol):
    """A license, as far as validity asks."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date: ...
    @property
    def standings(self) -> Sequence[Known]: ...


@dataclass(frozen=True)
class Validity:
    """``status`` as it was on the day; ``valid`` only while the holder may take on business."""

    status: S
    valid: bool
    since: date | None
    near_expiry: bool


def last_day(valid_from: date, years: int) -> date:
    """The last day of a term of whole years: the day before its anniversary."""
    return add_months(valid_from, 12 * years) - timedelta(days=1)


def of(license: Dated, day: date) -> Validity | None:
    """How this license stands on the day, by all that is known."""
    return on(day, valid_from=license.valid_from, valid_to=license.valid_to,
              standings=license.standings)


def on(
    day: date, *, valid_from: date, valid_to: date, standings: Sequence[Known],
    known: datetime | None = None, near_days: int = 90,
) -> Validity | None:
    """How the license stood on this day, as known at a moment; None before it was issued."""
    heard = [s for s in standings if known is None or s.known_at <= known]
    in_force = [s for s in heard if s.true_from <= day]
    if not in_force or day < valid_from:
        return None
    latest = max(enumerate(in_force), key=lambda pair: (pair[1].true_from, pair[0]))[1]
    status, since = _by_itself(latest, day, valid_to)
    near = status is S.ACTIVE and (valid_to - day).days <= near_days
    return Validity(status, status is S.ACTIVE, since, near)


def _by_itself(latest: Known, day: date, valid_to: date) -> tuple[S, date]:
    """The end of a term or of a suspension takes effect before any job notes it."""
    status, since = latest.status, latest.true_from
    if status is S.SUSPENDED and latest.until and day > latest.until:
        status, since = S.ACTIVE, latest.until + timedelta(days=1)
    if status in {S.ACTIVE, S.SUSPENDED} and day > valid_to:
        status, since = S.EXPIRED, valid_to + timedelta(days=1)
    return status, since
