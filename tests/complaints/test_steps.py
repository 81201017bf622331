import pytest

from broker_admin.clock import now
from broker_admin.complaints import reports, service, steps
from broker_admin.complaints.workflow import REPORT_STEPS, STEPS
from broker_admin.permissions import CodeHolder, Role
from broker_admin.rules.calendar import SHIPPED
from tests.complaints.factories import (
    make_accepted,
    make_answered,
    make_case_filed,
    make_closed,
    make_closed_report,
    make_complaint,
    make_declined,
    make_mediating,
    make_not_filed,
    make_report,
    make_settled,
    make_told,
    make_verified,
    make_withdrawn,
)
from tests.factories import make_user

BESIDE = ["ask", "identify", "open_case"]
MADE = {
    make_complaint: ["accept", "decline", *BESIDE],
    make_accepted: ["mediate", "terminate", *BESIDE],
    make_answered: ["mediate", "settle", "terminate", *BESIDE],
    make_mediating: ["settle", "terminate", *BESIDE],
    make_settled: ["close"],
    make_declined: ["close"],
    make_withdrawn: ["close"],
    make_closed: [],
    make_report: ["verify", "extend", "ask_reporter", "identify_reported", "not_file"],
    make_verified: ["extend", "ask_reporter", "identify_reported", "file_case", "not_file"],
    make_case_filed: ["tell"],
    make_not_filed: ["tell"],
    make_told: ["close_report"],
    make_closed_report: [],
}


@pytest.mark.parametrize("make", list(MADE))
def test_each_state_offers_its_steps_in_order(scene, make):
    assert steps.open_to(scene.officer, make(scene)) == MADE[make]


@pytest.mark.parametrize("make", list(MADE))
def test_others_are_offered_nothing(scene, make):
    filing = make(scene)
    for actor in (make_user(Role.DECIDER), make_user(), CodeHolder("TS-2000-000001")):
        assert steps.open_to(actor, filing) == []


def test_the_respondent_is_offered_its_answer_elsewhere(scene):
    assert steps.open_to(scene.member, make_accepted(scene)) == []


def test_every_step_has_words():
    named = {name for names in MADE.values() for name in names}
    assert named == set(STEPS) | set(REPORT_STEPS)


def test_one_complaint_is_offered_one_case(scene):
    complaint = make_accepted(scene)
    service.open_case(complaint, conduct_codes=["C06"], facts="It.", actor=scene.officer, at=now())
    assert "open_case" not in steps.open_to(scene.officer, complaint)


def test_one_report_is_offered_one_extension(scene):
    report = make_verified(scene)
    reports.extend(report, reason="Far.", calendar=SHIPPED, actor=scene.officer, at=now())
    assert "extend" not in steps.open_to(scene.officer, report)


@pytest.mark.parametrize("make", [make_case_filed, make_not_filed])
def test_nobody_is_to_be_told_of_an_anonymous_report(scene, make):
    assert steps.open_to(scene.officer, make(scene, named=False)) == ["close_report"]
