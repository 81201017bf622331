"""What a holder is told, in the language of each member."""

from datetime import timedelta

import pytest

from broker_admin.accounts.models import Membership
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.clock import day_of, now, start_of
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.licenses import service
from broker_admin.permissions import Role
from tests.factories import make_organization, make_user
from tests.licenses.factories import make_license

REASON = {"basis": "数据安全法第47条", "reason": "Sold data.", "case": "AJ-2026-000001"}


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


@pytest.fixture
def held():
    """A license whose holder has one member reading Chinese and one reading English."""
    members = make_user(language="zh"), make_user(language="en")
    return make_license(make_organization(*members))


def told(name):
    db.session.flush()
    rows = db.session.scalars(db.select(Message).where(Message.name == name))
    return {message.language: message for message in rows}


def suspended(license, **changes):
    service.suspend(license, **REASON, until=changes.get("until"), actor=make_user(Role.DECIDER), at=now())


def ended(license):
    service.revoke(license, **REASON, actor=make_user(Role.DECIDER), at=now())


def cancelled(license):
    ended(license)
    service.cancel(license, reason="Over.", actor=make_user(Role.DECIDER), at=now())


def lifted(license):
    suspended(license)
    service.lift(license, reason="Rectified.", case="", actor=make_user(Role.DECIDER), at=now())


def resumed(license):
    suspended(license, until=day_of(now()) + timedelta(days=2))
    service.resume(license, at=now() + timedelta(days=3))


def expired(license):
    service.expire(license, at=start_of(license.valid_to + timedelta(days=1)))


def given_up(license):
    service.surrender(license, reason="We close.", actor=license.organization.members[0], at=now())


HAPPENINGS = {
    "license.issued": lambda license: None, "license.suspended": suspended,
    "license.ended": ended, "license.cancelled": cancelled, "license.suspension_lifted": lifted,
    "license.suspension_ended": resumed, "license.expired": expired,
    "license.surrendered": given_up,
}


@pytest.mark.parametrize("name", HAPPENINGS)
def test_every_member_hears_in_their_language(held, name):
    HAPPENINGS[name](held)
    messages = told(name)
    assert set(messages) == {"zh", "en"}
    assert messages["zh"].title != messages["en"].title
    assert all(message.title.startswith(held.number) for message in messages.values())


@pytest.mark.parametrize("name", HAPPENINGS)
def test_each_mail_has_one_link_and_no_reasons(held, name):
    HAPPENINGS[name](held)
    for language, message in told(name).items():
        assert message.body.count("http") == 1
        assert f"/{language}/licenses/{held.number}" in message.body
        assert "Sold data." not in message.body


def test_those_who_have_left_hear_nothing(held):
    for membership in db.session.scalars(db.select(Membership)):
        membership.status, membership.administers = MembershipStatus.ENDED, False
        membership.decided_at = now()
    db.session.flush()
    ended(held)
    assert told("license.ended") == {}


def test_the_record_names_the_case_and_the_basis(held):
    ended(held)
    db.session.commit()
    entry = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.name == "license.ended")).one()
    assert entry.facts == {"act": "revoke", "basis": REASON["basis"], "reason": REASON["reason"],
                           "proceeding": REASON["case"]}
    assert (entry.subject, entry.status) == (held.number, "revoked")
