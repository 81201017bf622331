from itertools import product

import pytest

from broker_admin.accounts import staff
from broker_admin.accounts.models import UserSession
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import Message
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from tests.factories import make_member, make_user

APART = {Role.ADMINISTRATOR, Role.AUDITOR}


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


@pytest.fixture
def administrator(_request):
    return make_user(Role.ADMINISTRATOR)


@pytest.mark.parametrize(("held", "new"), list(product(Role, Role)))
def test_administrators_and_auditors_stand_apart(administrator, held, new):
    user = make_user(held)
    mixed = held is not new and {held, new} & APART
    if mixed:
        with pytest.raises(Refused, match="no other role"):
            staff.give_role(user, role=new, actor=administrator, at=now())
        assert user.roles == {held}
    else:
        staff.give_role(user, role=new, actor=administrator, at=now())
        assert user.roles == {held, new}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_give_roles(role):
    with pytest.raises(Refused, match="administrator"):
        staff.give_role(make_user(), role=Role.REVIEWER, actor=make_user(role), at=now())


def test_nobody_gives_themselves_a_role(administrator):
    with pytest.raises(Refused, match="own roles"):
        staff.give_role(administrator, role=Role.DECIDER, actor=administrator, at=now())


def test_members_of_applicants_cannot_be_staff(administrator):
    with pytest.raises(Refused, match="applicant"):
        staff.give_role(make_member()[0], role=Role.REVIEWER, actor=administrator, at=now())


def test_a_changed_role_ends_the_sessions(administrator):
    user = make_user(Role.REVIEWER)
    db.session.add(UserSession(token_hash="x" * 64, user_id=user.id, created_at=now(),
                               seen_at=now(), ends_at=now(), agent="test"))
    staff.take_role(user, role=Role.REVIEWER, actor=administrator, at=now())
    assert user.roles == frozenset()
    assert db.session.scalars(db.select(UserSession)).all() == []


def test_the_last_administrator_stays(administrator):
    other = make_user(Role.ADMINISTRATOR)
    staff.take_role(other, role=Role.ADMINISTRATOR, actor=administrator, at=now())
    with pytest.raises(Refused, match="last administrator"):
        staff.take_role(administrator, role=Role.ADMINISTRATOR, actor=SYSTEM, at=now())


def test_the_command_line_makes_the_first():
    user = staff.create_staff(email="Root@Example.org", name="Root", language="en",
                              roles=frozenset({Role.ADMINISTRATOR}), actor=SYSTEM, at=now())
    assert (user.email, user.roles) == ("root@example.org", {Role.ADMINISTRATOR})
    bodies = db.session.scalars(db.select(Message.body)).all()
    assert any("/account/reset/" in body for body in bodies)


def test_a_disabled_account_cannot_be_used(administrator):
    user = make_user()
    staff.disable(user, reason="Left.", actor=administrator, at=now())
    assert not user.is_active
    staff.enable(user, actor=administrator, at=now())
    assert user.is_active
