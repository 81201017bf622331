from itertools import product

import pytest

from broker_admin.accounts import staff
from broker_admin.accounts.models import UserSession
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import DECIDING, SYSTEM, Permission, Role, granted
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
    assert any("/account/invitation/" in body for body in bodies)


def test_a_disabled_account_cannot_be_used(administrator):
    user = make_user()
    staff.disable(user, reason="Left.", actor=administrator, at=now())
    assert not user.is_active
    staff.enable(user, actor=administrator, at=now())
    assert user.is_active


def test_whoever_leaves_is_out_at_once(administrator):
    user = make_user(Role.REVIEWER)
    db.session.add(UserSession(token_hash="x" * 64, user_id=user.id, created_at=now(),
                               seen_at=now(), ends_at=now(), agent="test"))
    staff.disable(user, reason="Left.", actor=administrator, at=now())
    assert db.session.scalars(db.select(UserSession)).all() == []
    assert user.roles == {Role.REVIEWER}


def test_the_reason_of_leaving_is_recorded(administrator):
    user = make_user(Role.REVIEWER)
    staff.disable(user, reason="Left the bureau.", actor=administrator, at=now())
    db.session.commit()
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.name, entry.facts, entry.actor_id) == (
        "user.disabled", {"reason": "Left the bureau."}, administrator.id)


def test_nobody_closes_their_own_account(administrator):
    with pytest.raises(Refused, match="own roles or account"):
        staff.disable(administrator, reason="x", actor=administrator, at=now())
    assert administrator.is_active


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_close_and_open_accounts(role):
    user, actor = make_user(), make_user(role)
    for verb in (lambda: staff.disable(user, reason="x", actor=actor, at=now()),
                 lambda: staff.enable(user, actor=actor, at=now()),
                 lambda: staff.take_role(user, role=Role.REVIEWER, actor=actor, at=now())):
        with pytest.raises(Refused, match="Only an administrator"):
            verb()
    assert user.is_active


def test_a_role_held_already_is_not_given_again(administrator):
    user = make_user(Role.REVIEWER)
    staff.give_role(user, role=Role.REVIEWER, actor=administrator, at=now())
    db.session.commit()
    assert len(user.grants) == 1
    assert db.session.scalars(db.select(AuditEntry)).all() == []


def test_a_role_not_held_is_not_taken(administrator):
    user = make_user(Role.REVIEWER)
    staff.take_role(user, role=Role.DECIDER, actor=administrator, at=now())
    db.session.commit()
    assert user.roles == {Role.REVIEWER}
    assert db.session.scalars(db.select(AuditEntry)).all() == []


def test_a_grant_names_who_gave_it(administrator):
    user = make_user()
    staff.give_role(user, role=Role.REVIEWER, actor=administrator, at=now())
    assert user.grants[0].given_by_id == administrator.id


@pytest.mark.parametrize("email", ["li@example.org", " LI@Example.org "])
def test_one_address_has_one_account(administrator, email):
    make_user(email="li@example.org")
    with pytest.raises(Refused, match="an account with this address already"):
        staff.create_staff(email=email, name="Li", language="zh", roles=frozenset(),
                           actor=administrator, at=now())


@pytest.mark.parametrize("mixed", [
    {Role.ADMINISTRATOR, Role.DECIDER}, {Role.AUDITOR, Role.REVIEWER}, {Role.AUDITOR, Role.ADMINISTRATOR},
])
def test_nobody_begins_with_roles_that_stand_apart(administrator, mixed):
    with pytest.raises(Refused, match="no other role"):
        staff.create_staff(email="li@example.org", name="Li", language="zh", roles=frozenset(mixed),
                           actor=administrator, at=now())


# Whoever gives roles must not be able to use them: the law asks that deciding be kept apart.
DECIDING_POWERS = sorted(DECIDING | {Permission.APPLICATION_INTAKE, Permission.CASE_INVESTIGATE,
                                     Permission.COMPLAINT_HANDLE, Permission.AUDIT_READ})


@pytest.mark.parametrize("power", DECIDING_POWERS)
def test_an_administrator_decides_no_case(administrator, power):
    assert power not in granted(administrator)


@pytest.mark.parametrize("role", Role)
def test_an_administrator_gives_themselves_no_role(administrator, role):
    with pytest.raises(Refused, match="own roles"):
        staff.give_role(administrator, role=role, actor=administrator, at=now())
    assert administrator.roles == {Role.ADMINISTRATOR}


def test_a_closed_administrator_does_not_count(administrator):
    make_user(Role.ADMINISTRATOR, disabled_at=now())
    with pytest.raises(Refused, match="last administrator"):
        staff.take_role(administrator, role=Role.ADMINISTRATOR, actor=SYSTEM, at=now())


def test_the_last_administrator_is_not_closed(administrator):
    with pytest.raises(Refused, match="last administrator"):
        staff.disable(administrator, reason="x", actor=SYSTEM, at=now())
    assert administrator.is_active


def test_one_of_two_administrators_may_leave(administrator):
    other = make_user(Role.ADMINISTRATOR)
    staff.disable(other, reason="Left.", actor=administrator, at=now())
    assert not other.is_active
