from datetime import date

from broker_admin.clock import at
from broker_admin.enforcement import time_limits
from broker_admin.rules.calendar import SHIPPED
from tests.conftest import NOON
from tests.enforcement.factories import (
    make_imposed,
    make_investigated,
    make_notified,
    make_stated,
)


def test_the_authority_has_ninety_days(cast):
    with at(NOON):
        case = make_investigated(cast)
    # 2026-11-23 and 90 days is 2027-02-21, a Sunday.
    assert time_limits.decision_period(case).counted_end(SHIPPED) == date(2027, 2, 21)
    assert time_limits.running(case).limit.code == "penalty_decision"


def test_the_party_has_five_working_days(cast):
    with at(NOON):
        case = make_notified(cast)
    assert time_limits.running(case).due(SHIPPED) == date(2026, 11, 30)


def test_after_the_statement_the_authority_is_on(cast):
    assert time_limits.running(make_stated(cast)).limit.code == "penalty_decision"


def test_after_the_decision_nothing_runs(cast):
    assert time_limits.running(make_imposed(cast)) is None


def test_a_case_keeps_the_law_of_its_opening(cast):
    case = make_investigated(cast)
    case.regime = "guangdong/2025-01-01"
    assert time_limits.regime_of(case).version == "guangdong/2025-01-01"
