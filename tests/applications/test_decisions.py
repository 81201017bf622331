from dataclasses import replace
from datetime import UTC, datetime

import pytest

from broker_admin.applications import decisions, intake, review
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.licenses.queries import current_of
from broker_admin.licenses.workflow import LicenseStatus
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.workflow import TransitionRefused
from tests.applications.factories import GRANT, REFUSAL, make_application
from tests.factories import make_user

NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def test_granting_issues_the_license_at_once():
    made = make_application(S.APPROVED)
    license = current_of(made.organization)
    assert license.number == made.application.decision.license_number
    assert (license.status, license.grade, license.decision) == (
        LicenseStatus.ACTIVE, 2, made.application.reference)


def test_refusing_keeps_grounds_and_remedies():
    made = make_application(S.REFUSED, outcome=REFUSAL, at=NOON)
    decision = made.application.decision
    assert (decision.grounds, decision.granted) == (["STAFF_SHORT"], False)
    assert str(decision.reconsider_by) == "2026-11-17"
    assert str(decision.sue_by) == "2027-03-18"
    assert current_of(made.organization) is None


def test_a_refusal_needs_a_ground():
    made = make_application(S.DECISION_PENDING, outcome=REFUSAL)
    with pytest.raises(Refused, match="ground"):
        made.decide(replace(REFUSAL, grounds=()))


@pytest.mark.parametrize("missing", ["grade", "broker_type", "term_years"])
def test_a_grant_needs_all_its_terms(missing):
    made = make_application(S.DECISION_PENDING)
    with pytest.raises(Refused, match="needs type"):
        made.decide(replace(GRANT, **{missing: None}))
    assert made.application.status is S.DECISION_PENDING


def test_what_was_not_proposed_is_not_decided():
    made = make_application(S.DECISION_PENDING)
    with pytest.raises(Refused, match="proposed otherwise"):
        made.decide(REFUSAL)


@pytest.mark.parametrize("wider", [
    {"grade": 1}, {"term_years": 4}, {"scope": ("MATCH", "CONSULT", "ASSESS")}, {"broker_type": "TECH"}])
def test_the_verb_refuses_what_is_wider_than_the_proposal(wider):
    made = make_application(S.DECISION_PENDING)
    with pytest.raises(Refused, match="not wider"):
        decisions.grant(made.application, replace(GRANT, **wider), calendar=SHIPPED,
                        actor=made.decider, at=made.at)
    assert (made.application.status, made.application.decision) == (S.DECISION_PENDING, None)


def test_the_reviewer_cannot_decide():
    made = make_application(S.DECISION_PENDING)
    made.reviewer.grants.extend(make_user(Role.DECIDER).grants)
    with pytest.raises(TransitionRefused):
        decisions.grant(made.application, GRANT, calendar=SHIPPED, actor=made.reviewer, at=made.at)


def test_a_grant_needs_every_criterion_met():
    made = make_application(S.UNDER_REVIEW)
    made.check_all(met=False)
    with pytest.raises(Refused, match="G1, G2"):
        review.propose(made.application, GRANT, actor=made.reviewer, at=made.at)


def test_a_later_finding_replaces_the_earlier():
    made = make_application(S.UNDER_REVIEW)
    made.check_all(met=False)
    made.propose()
    assert made.application.status is S.DECISION_PENDING
    assert len(made.application.checks) == 18


def test_sending_back_reopens_the_review():
    made = make_application(S.DECISION_PENDING)
    decisions.send_back(made.application, reason="Check G5 again.", actor=made.decider, at=made.at)
    made.propose()
    made.decide()
    assert made.application.status is S.APPROVED
    assert len(made.application.proposals) == 2


def test_experts_stop_the_clock():
    made = make_application(S.UNDER_REVIEW, at=NOON)
    before = intake.decide_by(made.application, SHIPPED)
    review.begin_expert_review(made.application, reason="Scoring.", actor=made.reviewer, at=made.at)
    assert intake.decide_by(made.application, SHIPPED) == ""
    made.wait(days=3)
    review.end_expert_review(made.application, calendar=SHIPPED, actor=made.reviewer, at=made.at)
    assert (before, intake.decide_by(made.application, SHIPPED)) == ("2026-10-22", "2026-10-26")


def test_the_period_is_extended_once():
    made = make_application(S.UNDER_REVIEW, at=NOON)
    extend = {"reason": "Complex.", "calendar": SHIPPED, "actor": made.decider, "at": made.at}
    decisions.extend(made.application, **extend)
    assert intake.decide_by(made.application, SHIPPED) == "2026-11-05"
    with pytest.raises(Refused, match="once"):
        decisions.extend(made.application, **extend)


def test_a_period_that_ended_is_not_extended():
    made = make_application(S.UNDER_REVIEW, at=NOON).wait(days=60)
    with pytest.raises(Refused, match="before it ends"):
        decisions.extend(made.application, reason="Late.", calendar=SHIPPED, actor=made.decider,
                         at=made.at)
