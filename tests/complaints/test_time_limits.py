from datetime import date

import pytest

from broker_admin.clock import at, now
from broker_admin.complaints import reports, service, time_limits
from broker_admin.rules.calendar import SHIPPED
from tests.complaints.factories import (
    make_accepted,
    make_answered,
    make_complaint,
    make_not_filed,
    make_report,
    make_verified,
)
from tests.conftest import NOON


def due(filing):
    return time_limits.running(filing).due(SHIPPED)


@pytest.mark.parametrize(("make", "code", "day"), [
    (make_complaint, "complaint_accept", date(2026, 12, 2)),
    (make_accepted, "mediation", date(2027, 1, 22)),
    (make_answered, "mediation", date(2027, 1, 22)),
    (make_report, "report_verify", date(2026, 12, 14)),
    (make_verified, "report_verify", date(2026, 12, 14)),
    (make_not_filed, "report_tell", date(2026, 11, 30)),
])
def test_the_limit_of_each_state(scene, make, code, day):
    with at(NOON):
        filing = make(scene)
    assert (time_limits.running(filing).limit.code, due(filing)) == (code, day)


def test_an_extension_adds_fifteen_working_days(scene):
    with at(NOON):
        report = make_verified(scene)
        before = due(report)
        reports.extend(report, reason="Two cities.", calendar=SHIPPED, actor=scene.officer, at=now())
    assert SHIPPED.count_working(before, due(report)) == 16


def test_nobody_waits_for_an_anonymous_reporter(scene):
    assert time_limits.running(make_not_filed(scene, named=False)) is None


def test_nothing_runs_after_the_end(scene):
    complaint = make_answered(scene)
    service.terminate(complaint, outcome="No.", actor=scene.officer, at=now())
    assert time_limits.running(complaint) is None


def test_before_2026_mediation_had_working_days(scene):
    complaint = make_accepted(scene)
    complaint.regime = "guangdong/2025-01-01"
    limit = time_limits.running(complaint).limit
    assert (limit.amount, limit.unit) == (45, "WD")
