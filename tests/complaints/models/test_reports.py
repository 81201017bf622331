from datetime import date

import pytest

from broker_admin.complaints.models import Report
from broker_admin.complaints.workflow import OPEN_REPORTS
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.permissions import Permission as P
from tests.complaints.factories import (
    assert_refused,
    make_case_filed,
    make_closed_report,
    make_not_filed,
    make_report,
    make_told,
    make_verified,
)

DAY = date(2026, 11, 23)


@pytest.mark.parametrize("lie", [
    {"status": R.CASE_FILED, "decided_on": DAY},
    {"status": R.CASE_FILED, "case_reference": "AJ-2026-000001"},
    {"status": R.NOT_FILED, "decided_on": DAY},
    {"status": R.NOT_FILED, "outcome": "Nothing."},
    {"status": R.REPLIED},
    {"status": R.REPLIED, "decided_on": DAY},
    {"status": R.REPLIED, "replied_on": DAY},
    {"extended_on": DAY},
    {"extension_reason": "Two cities."},
], ids=str)
def test_the_database_refuses_half_a_report(scene, lie):
    assert_refused(make_verified(scene), **lie)


@pytest.mark.parametrize(("make", "column"), [
    (make_case_filed, "case_reference"), (make_case_filed, "decided_on"),
    (make_not_filed, "outcome"), (make_not_filed, "decided_on"), (make_told, "replied_on")])
def test_what_was_decided_is_not_taken_away(scene, make, column):
    assert_refused(make(scene), **{column: None})


@pytest.mark.parametrize("column", ["anonymous", "narrative", "code_hash", "informant_id"])
def test_no_report_lacks_what_makes_it_one(scene, column):
    assert_refused(make_report(scene), **{column: None})


@pytest.mark.parametrize(("make", "named", "waits"), [
    (make_report, True, False), (make_verified, True, False), (make_not_filed, True, True),
    (make_case_filed, True, True), (make_told, True, False), (make_closed_report, True, False),
    (make_not_filed, False, False), (make_case_filed, False, False)])
def test_a_named_reporter_waits_for_the_decision(scene, make, named, waits):
    assert make(scene, named=named).awaits_telling is waits


def test_a_report_knows_who_handles_it():
    assert (Report.is_report, Report.open_states) == (True, OPEN_REPORTS)
    assert (Report.read_by, Report.handled_by) == (P.REPORT_READ, P.REPORT_HANDLE)
