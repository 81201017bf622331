import pytest
from sqlalchemy import select

from broker_admin.accounts import service as accounts
from broker_admin.applications.models import Application
from broker_admin.db import db
from broker_admin.demo import applications, history
from broker_admin.demo.brokers import Plan
from broker_admin.demo.offices import DOMAIN
from tests.conftest import NOON

PLANS = history.plans(NOON, "")
ENDS = {
    applications.GRANTED: "approved", applications.REFUSED: "refused",
    applications.DECLINED: "not_accepted", applications.WITHDRAWN: "withdrawn",
    applications.LAPSED: "withdrawn", applications.DRAFT: "draft",
    applications.SUBMITTED: "submitted", applications.CORRECTING: "correction_required",
    applications.REVIEW: "under_review", applications.EXPERTS: "expert_review",
    applications.EXTENDED: "under_review", applications.PROPOSED: "decision_pending",
    applications.RETURNED: "under_review", applications.FORGOTTEN: "under_review",
}


def acts(plan):
    return [step.act.__name__.strip("_") for step in applications.way_of(plan)]


def planned(outcome, index=1):
    return Plan(PLANS[0].firm, index, NOON, outcome)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.firm.mailbox}-{plan.outcome}")
def test_an_application_ends_where_it_was_planned_to(app, plan):
    founder = accounts.find(f"{plan.firm.mailbox}@{DOMAIN}")
    found = db.session.scalars(select(Application).where(
        Application.organization_id == founder.approved_memberships[0].organization_id)).one()
    assert found.status == ENDS[plan.outcome]


@pytest.mark.parametrize("outcome", sorted(ENDS))
def test_every_end_is_somebodys(outcome):
    assert outcome in {plan.outcome for plan in PLANS}


@pytest.mark.parametrize(("outcome", "expected"), [
    (applications.DRAFT, ""),
    (applications.SUBMITTED, "answer submit"),
    (applications.CORRECTING, "answer submit demand"),
    (applications.LAPSED, "answer submit demand"),
    (applications.FORGOTTEN, "answer submit"),
    (applications.DECLINED, "answer submit decline"),
    (applications.WITHDRAWN, "answer submit accept withdraw"),
    (applications.REVIEW, "answer submit accept check"),
    (applications.EXPERTS, "answer submit accept check ask_experts"),
    (applications.EXTENDED, "answer submit accept check extend"),
    (applications.PROPOSED, "answer submit accept check propose"),
    (applications.RETURNED, "answer submit accept check propose return"),
    (applications.REFUSED, "answer submit accept check propose refuse"),
    (applications.GRANTED, "answer submit accept check propose grant"),
])
def test_the_way_to_every_end_is_a_table(outcome, expected):
    assert acts(planned(outcome)) == expected.split()


def test_every_third_firm_corrects_something_first():
    assert acts(planned(applications.GRANTED, 3)) == [
        "answer", "submit", "demand", "correct", "accept", "check", "propose", "grant"]


def test_every_fourth_firm_is_seen_by_experts():
    assert acts(planned(applications.GRANTED, 4)) == [
        "answer", "submit", "accept", "check", "ask_experts", "hear_experts", "propose", "grant"]


@pytest.mark.parametrize(("outcome", "end"), [
    (applications.SUBMITTED, "submit"), (applications.CORRECTING, "demand"),
    (applications.REVIEW, "check"), (applications.EXPERTS, "ask_experts")])
def test_no_detour_leads_past_the_end(outcome, end):
    assert acts(planned(outcome, 12))[-1] == end


def test_a_detour_leaves_the_table_as_it_was():
    before = acts(planned(applications.GRANTED))
    acts(planned(applications.GRANTED, 12))
    assert acts(planned(applications.GRANTED)) == before
