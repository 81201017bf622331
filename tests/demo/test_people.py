import pytest
from sqlalchemy import select

from broker_admin.accounts import service as accounts
from broker_admin.accounts.models import Membership
from broker_admin.accounts.workflow import MembershipStatus as M
from broker_admin.db import db
from broker_admin.demo import people
from broker_admin.demo.offices import DOMAIN, account
from broker_admin.ledger import AuditEntry, Message
from broker_admin.practitioners import queries as practitioners
from broker_admin.practitioners.workflow import EmploymentStatus as E
from broker_admin.practitioners.workflow import PractitionerStatus as P
from tests.conftest import NOON


def practitioner(mailbox):
    return practitioners.of_user(account(f"{mailbox}@{DOMAIN}"))


@pytest.mark.parametrize(("mailbox", "status"), [
    ("clerk01", M.ASKED), ("clerk02", M.APPROVED), ("clerk03", M.DECLINED), ("clerk04", M.ENDED),
    ("clerk05", M.ASKED)])
def test_each_clerk_got_an_answer_of_their_own(app, mailbox, status):
    user = accounts.find(f"{mailbox}@{DOMAIN}")
    assert [membership.status for membership in user.memberships] == [status]


def test_only_the_approved_clerk_acts_for_the_firm(app):
    firm = account(f"firm01@{DOMAIN}").approved_memberships[0].organization
    assert {user.email for user in firm.members} == {f"firm01@{DOMAIN}", f"clerk02@{DOMAIN}"}


@pytest.mark.parametrize(("mailbox", "status"), [
    ("candidate02", E.PROPOSED), ("candidate04", E.DECLINED), ("person74", E.ENDED),
    ("person70", E.CONFIRMED)])
def test_employments_stand_at_every_stage(app, mailbox, status):
    assert practitioner(mailbox).employments[-1].status is status


def test_a_certificate_was_declared_void(app):
    person = practitioner("candidate07")
    assert person.status is P.VOID
    reason = db.session.scalars(select(AuditEntry.facts).where(
        AuditEntry.subject == person.reference, AuditEntry.status == "void")).one()["reason"]
    assert reason == "经查实，考试中由他人代考。"


def test_the_administrator_was_told_of_every_request(app):
    firm = account(f"firm01@{DOMAIN}")
    asked = db.session.scalars(select(Membership.id).where(
        Membership.organization_id == firm.approved_memberships[0].organization_id,
        Membership.user_id != firm.id)).all()
    told = db.session.scalars(select(Message).where(
        Message.recipient_id == firm.id, Message.name == "membership.asked")).all()
    assert len(told) == len(asked) == 5


def test_a_request_names_the_firm_of_its_founder(app):
    request = people.Request(account(f"clerk01@{DOMAIN}"), account(f"firm01@{DOMAIN}"))
    assert request.organization.uscc.startswith("9144")


def test_whoever_has_no_certificate_cannot_be_employed(app):
    request = people.Request(account(f"clerk01@{DOMAIN}"), account(f"firm01@{DOMAIN}"))
    with pytest.raises(LookupError, match=r"clerk01@demo\.example\.org has no certificate"):
        _ = request.practitioner


def test_every_request_is_one_life():
    assert len(people.requests(NOON, "")) == len(people._JOINING) + len(people._EMPLOYING)
