from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from broker_admin.licenses.validity import last_day, on
from broker_admin.licenses.workflow import LicenseStatus as S


@dataclass
class Said:
    status: S
    true_from: date
    until: date | None = None
    known_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


TERM = {"valid_from": date(2026, 1, 10), "valid_to": date(2029, 1, 9)}
ISSUED = Said(S.ACTIVE, date(2026, 1, 10))
PAUSED = Said(S.SUSPENDED, date(2026, 5, 1), date(2026, 7, 31), datetime(2026, 5, 1, tzinfo=UTC))
REVOKED = Said(S.REVOKED, date(2027, 2, 1), None, datetime(2027, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize(("start", "years", "end"), [
    (date(2026, 1, 10), 3, date(2029, 1, 9)),
    (date(2024, 2, 29), 3, date(2027, 2, 27)),
    (date(2026, 1, 1), 2, date(2027, 12, 31)),
])
def test_a_term_ends_before_its_anniversary(start, years, end):
    assert last_day(start, years) == end


@pytest.mark.parametrize(("day", "status", "since"), [
    (date(2026, 1, 10), S.ACTIVE, date(2026, 1, 10)),
    (date(2026, 4, 30), S.ACTIVE, date(2026, 1, 10)),
    (date(2026, 5, 1), S.SUSPENDED, date(2026, 5, 1)),
    (date(2026, 7, 31), S.SUSPENDED, date(2026, 5, 1)),
    (date(2026, 8, 1), S.ACTIVE, date(2026, 8, 1)),
    (date(2027, 1, 31), S.ACTIVE, date(2026, 8, 1)),
    (date(2027, 2, 1), S.REVOKED, date(2027, 2, 1)),
    (date(2030, 1, 1), S.REVOKED, date(2027, 2, 1)),
])
def test_standing_is_told_for_any_day(day, status, since):
    found = on(day, **TERM, standings=[ISSUED, PAUSED, REVOKED])
    assert (found.status, found.since, found.valid) == (status, since, status is S.ACTIVE)


def test_nothing_is_valid_before_its_issue():
    assert on(date(2026, 1, 9), **TERM, standings=[ISSUED]) is None


def test_what_was_unknown_then_is_left_out():
    asked = datetime(2026, 3, 1, tzinfo=UTC)
    found = on(date(2026, 6, 1), **TERM, standings=[ISSUED, PAUSED], known=asked)
    assert found.status is S.ACTIVE


def test_expiry_needs_no_job_to_be_true():
    assert on(date(2029, 1, 9), **TERM, standings=[ISSUED]).status is S.ACTIVE
    after = on(date(2029, 1, 10), **TERM, standings=[ISSUED])
    assert (after.status, after.since) == (S.EXPIRED, date(2029, 1, 10))


@pytest.mark.parametrize(("day", "near"), [(date(2028, 10, 10), False), (date(2028, 10, 11), True)])
def test_expiry_is_near_ninety_days_before(day, near):
    assert on(day, **TERM, standings=[ISSUED]).near_expiry is near
