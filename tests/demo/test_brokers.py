import pytest

from broker_admin.accounts import service as accounts
from broker_admin.accounts.models import Organization
from broker_admin.db import db
from broker_admin.demo import brokers, history
from broker_admin.demo.offices import DOMAIN, account
from broker_admin.practitioners.workflow import EmploymentStatus
from broker_admin.refusals import Refused
from tests.conftest import NOON

PLANS = history.plans(NOON, "")


@pytest.mark.parametrize(("index", "staff", "expected"), [
    (0, 5, range(70, 75)), (1, 5, range(76, 81)), (49, 4, range(364, 368)), (3, 6, range(88, 94))])
def test_every_firm_has_people_of_its_own(index, staff, expected):
    assert brokers.Plan(PLANS[0].firm, index, NOON, "granted", staff=staff).people == expected


def test_no_two_firms_share_their_people():
    people = [index for plan in PLANS for index in plan.people]
    assert len(set(people)) == len(people) >= 300


def test_a_plan_does_not_print_the_hash_of_a_password():
    assert "secret" not in repr(brokers.Plan(PLANS[0].firm, 0, NOON, "granted", password_hash="secret"))


@pytest.mark.parametrize("plan", PLANS[::11], ids=lambda plan: plan.firm.mailbox)
def test_a_firm_is_found_as_it_was_founded(app, plan):
    venture = brokers.venture_of(plan)
    assert venture.organization.uscc == plan.firm.uscc
    assert venture.founder.email == f"{plan.firm.mailbox}@{DOMAIN}"
    assert venture.application.organization is venture.organization


@pytest.mark.parametrize("plan", PLANS[5::12], ids=lambda plan: plan.firm.mailbox)
def test_everybody_planned_works_there(app, plan):
    organization = brokers.venture_of(plan).organization
    for index in plan.people:
        user = account(f"person{index}@{DOMAIN}")
        employment = brokers.practitioners.of_user(user).employment
        assert employment.organization is organization
        assert employment.status is EmploymentStatus.CONFIRMED


def test_a_newcomer_has_followed_the_link(app):
    user = brokers.newcomer("somebody", "陈雨桐", "hash")
    assert user.email == "somebody@demo.example.org"
    assert user.email_verified_at is not None
    assert user.id


def test_nobody_is_hired_without_a_certificate(app):
    founder = account(f"firm01@{DOMAIN}")
    organization = founder.approved_memberships[0].organization
    with pytest.raises(LookupError, match="was to be hired, and has no certificate"):
        brokers.hire(organization, founder, brokers.newcomer("somebody", "陈雨桐", "hash"))


def test_nobody_is_hired_twice(app):
    founder = account(f"firm01@{DOMAIN}")
    organization = founder.approved_memberships[0].organization
    with pytest.raises(Refused, match="already works for you"):
        brokers.hire(organization, founder, account(f"person70@{DOMAIN}"))


def test_every_firm_has_a_founder_who_administers_it(app):
    for organization in db.session.scalars(db.select(Organization)):
        founder = next(m for m in organization.memberships if m.administers)
        assert accounts.find(founder.user.email) is founder.user
