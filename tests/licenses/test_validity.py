from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from broker_admin.clock import day_of
from broker_admin.licenses.validity import last_day, of
from broker_admin.licenses.workflow import ENDED
from broker_admin.licenses.workflow import LicenseStatus as S


@dataclass
class Said:
    status: S
    true_from: date
    until: date | None = None


ISSUED = Said(S.ACTIVE, date(2026, 1, 10))
PAUSED = Said(S.SUSPENDED, date(2026, 5, 1), date(2026, 7, 31))
OPEN_END = Said(S.SUSPENDED, date(2026, 5, 1))
LIFTED = Said(S.ACTIVE, date(2026, 6, 1))
REVOKED = Said(S.REVOKED, date(2027, 2, 1))


@dataclass
class Granted:
    standings: list = field(default_factory=lambda: [ISSUED])
    valid_from: date = date(2026, 1, 10)
    valid_to: date = date(2029, 1, 9)


def stood(day, *standings):
    found = of(Granted([ISSUED, *standings]), day)
    return found and (found.status, found.since)


@pytest.mark.parametrize(("start", "years", "end"), [
    (date(2026, 1, 10), 3, date(2029, 1, 9)),
    (date(2024, 2, 29), 3, date(2027, 2, 27)),
    (date(2024, 2, 29), 4, date(2028, 2, 28)),
    (date(2026, 1, 1), 2, date(2027, 12, 31)),
    (date(2026, 3, 1), 2, date(2028, 2, 29)),
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
    assert stood(day, PAUSED, REVOKED) == (status, since)


# The day of the law is Guangdong's: half past midnight there is still yesterday in UTC.
@pytest.mark.parametrize(("moment", "status"), [
    (datetime(2026, 4, 30, 15, 30, tzinfo=UTC), S.ACTIVE),
    (datetime(2026, 4, 30, 16, 30, tzinfo=UTC), S.SUSPENDED),
    (datetime(2026, 7, 31, 15, 30, tzinfo=UTC), S.SUSPENDED),
    (datetime(2026, 7, 31, 16, 30, tzinfo=UTC), S.ACTIVE),
    (datetime(2029, 1, 9, 15, 30, tzinfo=UTC), S.ACTIVE),
    (datetime(2029, 1, 9, 16, 30, tzinfo=UTC), S.EXPIRED),
])
def test_days_change_at_midnight_in_guangdong(moment, status):
    assert stood(day_of(moment), PAUSED)[0] is status


def test_nothing_is_valid_before_its_issue():
    assert stood(date(2026, 1, 9)) is None


def test_what_was_issued_early_waits_for_its_term():
    early = Granted([Said(S.ACTIVE, date(2025, 12, 1))])
    assert of(early, date(2026, 1, 9)) is None
    assert of(early, date(2026, 1, 10)).status is S.ACTIVE


def test_a_license_without_any_standing_is_none():
    assert of(Granted([]), date(2026, 5, 1)) is None


def test_expiry_needs_no_job_to_be_true():
    assert stood(date(2029, 1, 9)) == (S.ACTIVE, date(2026, 1, 10))
    assert stood(date(2029, 1, 10)) == (S.EXPIRED, date(2029, 1, 10))


def test_a_suspension_without_end_lasts_until_the_term_does():
    assert stood(date(2029, 1, 9), OPEN_END) == (S.SUSPENDED, date(2026, 5, 1))
    assert stood(date(2029, 1, 10), OPEN_END) == (S.EXPIRED, date(2029, 1, 10))


def test_a_suspension_may_outlast_the_term_no_more():
    beyond = Said(S.SUSPENDED, date(2028, 12, 1), date(2029, 6, 1))
    assert stood(date(2029, 3, 1), beyond) == (S.EXPIRED, date(2029, 1, 10))


def test_what_ran_out_while_suspended_does_not_come_back():
    assert stood(date(2029, 8, 1), Said(S.SUSPENDED, date(2028, 12, 1), date(2029, 6, 1))) == (
        S.EXPIRED, date(2029, 1, 10))


def test_lifting_ends_a_suspension_before_its_time():
    assert stood(date(2026, 5, 31), PAUSED, LIFTED)[0] is S.SUSPENDED
    assert stood(date(2026, 6, 1), PAUSED, LIFTED) == (S.ACTIVE, date(2026, 6, 1))


def test_of_one_day_the_last_word_counts():
    lifted = Said(S.ACTIVE, PAUSED.true_from)
    assert stood(PAUSED.true_from, PAUSED, lifted) == (S.ACTIVE, PAUSED.true_from)


def test_what_was_noted_late_is_true_from_its_day():
    resumed = Said(S.ACTIVE, date(2026, 8, 1))
    assert stood(date(2027, 3, 1), PAUSED, REVOKED, resumed) == (S.REVOKED, date(2027, 2, 1))


@pytest.mark.parametrize("status", sorted(ENDED - {S.EXPIRED}))
def test_what_ended_otherwise_never_counts_as_expired(status):
    ended = Said(status, date(2027, 2, 1))
    assert stood(date(2035, 1, 1), ended) == (status, date(2027, 2, 1))


def test_what_is_revoked_after_its_term_was_expired_before():
    late = Said(S.REVOKED, date(2029, 6, 1))
    assert stood(date(2029, 5, 31), Said(S.EXPIRED, date(2029, 1, 10)), late)[0] is S.EXPIRED
    assert stood(date(2029, 6, 1), Said(S.EXPIRED, date(2029, 1, 10)), late)[0] is S.REVOKED
