import pytest
import sqlalchemy as sa

from broker_admin.applications import review
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.workflow import TransitionRefused
from tests.applications.factories import GRANT, REFUSAL, make_application
from tests.factories import make_member, make_user

pytestmark = pytest.mark.usefixtures("in_request")


def check(made, criterion="G1", met=True, actor=None):
    review.check(made.application, criterion=criterion, met=met, note="Seen.",
                 actor=actor or made.reviewer, at=made.at)


def test_a_finding_says_who_found_it_when():
    made = make_application(S.UNDER_REVIEW)
    check(made, "G4", met=False)
    [found] = made.application.checks
    assert (found.criterion, found.met, found.note) == ("G4", False, "Seen.")
    assert (found.officer_id, found.at) == (made.reviewer.id, made.at)


def test_a_finding_is_on_record():
    made = make_application(S.UNDER_REVIEW)
    check(made, "G4", met=False)
    db.session.commit()
    entry = db.session.scalars(sa.select(AuditEntry).where(
        AuditEntry.name == "application.criterion_checked")).one()
    assert entry.facts == {"criterion": "G4", "met": False}


def test_the_latest_finding_is_the_one_that_counts():
    made = make_application(S.UNDER_REVIEW)
    check(made, "G1", met=False)
    check(made, "G2")
    check(made, "G1")
    found = review.latest_checks(made.application)
    assert {code: c.met for code, c in found.items()} == {"G1": True, "G2": True}
    assert len(made.application.checks) == 3


@pytest.mark.parametrize("status", sorted(set(S) - {S.UNDER_REVIEW}))
def test_nothing_is_checked_in_another_state(status):
    made = make_application(status)
    before = len(made.application.checks)
    with pytest.raises(TransitionRefused, match="under review"):
        check(made)
    assert len(made.application.checks) == before


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REVIEWER}))
def test_only_reviewers_check(role):
    made = make_application(S.UNDER_REVIEW)
    with pytest.raises(TransitionRefused, match="may not"):
        check(made, actor=make_user(role))
    assert made.application.checks == []


def test_a_reviewer_of_the_applicant_is_an_outsider():
    made = make_application(S.UNDER_REVIEW)
    made.reviewer.memberships.extend(make_member()[0].memberships)
    made.application.organization = made.reviewer.memberships[0].organization
    db.session.flush()
    with pytest.raises(TransitionRefused, match="may not"):
        check(made)


@pytest.mark.parametrize("criterion", [f"G{number}" for number in range(1, 10)])
@pytest.mark.parametrize("found", [None, False])
def test_a_grant_waits_for_each_criterion(criterion, found):
    made = make_application(S.UNDER_REVIEW)
    for number in range(1, 10):
        if found is not None or criterion != f"G{number}":
            check(made, f"G{number}", met=criterion != f"G{number}")
    with pytest.raises(Refused, match=f"open: {criterion}\\."):
        review.propose(made.application, GRANT, actor=made.reviewer, at=made.at)
    assert (made.application.status, made.application.proposals) == (S.UNDER_REVIEW, [])


def test_a_refusal_needs_no_criterion_met():
    made = make_application(S.UNDER_REVIEW)
    made.propose(REFUSAL)
    assert made.application.status is S.DECISION_PENDING
    assert (made.application.proposal.granted, made.application.proposal.grounds) == (
        False, ["STAFF_SHORT"])


def test_a_proposal_keeps_its_terms():
    made = make_application(S.DECISION_PENDING)
    proposal = made.application.proposal
    assert (proposal.broker_type, proposal.grade, proposal.scope, proposal.term_years) == (
        "DATA", 2, ["MATCH", "CONSULT"], 3)
    assert (proposal.officer_id, made.application.reviewer_id) == (made.reviewer.id, made.reviewer.id)


@pytest.mark.parametrize("status", sorted(set(S) - {S.UNDER_REVIEW}))
@pytest.mark.parametrize("outcome", [GRANT, REFUSAL])
def test_nothing_is_proposed_in_another_state(status, outcome):
    made = make_application(status)
    before = len(made.application.proposals)
    with pytest.raises(TransitionRefused):
        review.propose(made.application, outcome, actor=made.reviewer, at=made.at)
    assert (made.application.status, len(made.application.proposals)) == (status, before)


@pytest.mark.parametrize("status", sorted(set(S) - {S.UNDER_REVIEW}))
def test_no_expert_review_begins_in_another_state(status):
    made = make_application(status)
    before = len(made.application.stops)
    with pytest.raises(TransitionRefused):
        made.begin_expert_review()
    assert (made.application.status, len(made.application.stops)) == (status, before)


@pytest.mark.parametrize("status", sorted(set(S) - {S.EXPERT_REVIEW}))
def test_no_expert_review_ends_that_never_began(status):
    made = make_application(status)
    with pytest.raises(TransitionRefused):
        review.end_expert_review(made.application, calendar=SHIPPED, actor=made.reviewer, at=made.at)
    assert made.application.status is status


def test_the_stop_has_a_notice_and_an_end():
    made = make_application(S.EXPERT_REVIEW)
    stop = made.application.open_stop
    assert (stop.kind, stop.began_on, stop.reason) == ("expert_review", day_of(made.at), "Scoring.")
    assert stop.document_number.startswith("粤数经告")
    made.wait(days=2).end_expert_review()
    assert stop.ended_on == day_of(made.at)


def test_another_reviewer_may_end_the_expert_review():
    made = make_application(S.EXPERT_REVIEW)
    review.end_expert_review(made.application, calendar=SHIPPED, actor=make_user(Role.REVIEWER), at=made.at)
    assert made.application.status is S.UNDER_REVIEW


def test_withdrawing_ends_the_stop_too():
    made = make_application(S.EXPERT_REVIEW).wait(days=1)
    made.withdraw()
    assert made.application.stops[0].ended_on == day_of(made.at)
