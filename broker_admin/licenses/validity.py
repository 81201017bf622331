"""Is a license valid on a day, and until when.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from broker_admin.licenses.workflow import LIVE
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
    """``status`` as it was on the day, and the day since which it was so."""

    status: S
    since: date


def last_day(valid_from: date, years: int) -> date:
    """The last day of a term of whole years: the day before its anniversary."""
    return add_months(valid_from, 12 * years) - timedelta(days=1)


def of(license: Dated, day: date) -> Validity | None:
    """How this license stood on the day; None before it was in force."""
    begun = [standing for standing in license.standings if standing.true_from <= day]
    if not begun or day < license.valid_from:
        return None
    # By day, and of one day the one noted last: a suspension lifted the same morning is none.
    latest = max(enumerate(begun), key=lambda pair: (pair[1].true_from, pair[0]))[1]
    return _expired(_resumed(Validity(latest.status, latest.true_from), latest.until, day),
                    license.valid_to, day)


# The end of a term or of a suspension takes effect by itself, before any job notes it.
def _resumed(standing: Validity, until: date | None, day: date) -> Validity:
    if standing.status is not S.SUSPENDED or until is None or day <= until:
        return standing
    return Validity(S.ACTIVE, _after(until))


def _expired(standing: Validity, valid_to: date, day: date) -> Validity:
    if standing.status not in LIVE or day <= valid_to:
        return standing
    return Validity(S.EXPIRED, _after(valid_to))


def _after(day: date) -> date:
    return day + timedelta(days=1)
