"""What the database refuses, whatever the code above it does."""

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from broker_admin.accounts.models import (
    Membership,
    Organization,
    RoleGrant,
    Throttle,
    UsedLink,
    User,
    UserSession,
)
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.conftest import NOON
from tests.factories import make_member, make_organization, make_user


def save(row):
    with db.session.begin_nested():
        db.session.add(row)
        db.session.flush()


def refused(row):
    with pytest.raises(IntegrityError):
        save(row)
    return True


def user(**changes):
    return User(**{"email": "li@example.org", "name": "Li", "language": "zh", "password_hash": "h",
                   "created_at": NOON, **changes})


def membership(**changes):
    return Membership(**{"user_id": make_user().id, "organization_id": make_member()[1].id,
                         "status": S.ASKED, "asked_at": NOON, **changes})


def session(**changes):
    return UserSession(**{"token_hash": "h", "user": make_user(), "created_at": NOON,
                          "seen_at": NOON, "ends_at": NOON, "agent": "test", **changes})


def firm(**changes):
    return Organization(**{"uscc": "91440300192317458F", "name": "F", "region_code": "440300",
                           "address": "A", "created_at": NOON, **changes})


def test_two_people_cannot_share_an_address(app):
    db.session.add(user())
    db.session.flush()
    assert refused(user(name="Wang"))


@pytest.mark.parametrize("column", ["email", "name", "password_hash", "created_at"])
def test_a_person_is_complete(app, column):
    assert refused(user(**{column: None}))


def test_two_organisations_cannot_share_a_code(app):
    db.session.add(firm())
    db.session.flush()
    assert refused(firm(name="Another"))


@pytest.mark.parametrize("column", ["uscc", "name", "region_code", "address", "created_at"])
def test_an_organisation_is_complete(app, column):
    assert refused(firm(**{column: None}))


def test_a_role_is_given_once(app):
    somebody = make_user(Role.REVIEWER)
    assert refused(RoleGrant(user_id=somebody.id, role=Role.REVIEWER, given_at=NOON))


def test_a_role_that_does_not_exist_cannot_be_given(app):
    grant = RoleGrant(user_id=make_user().id, role="emperor", given_at=NOON)
    with pytest.raises(StatementError):
        save(grant)


def test_a_role_needs_somebody_who_holds_it(app):
    assert refused(RoleGrant(user_id=None, role=Role.REVIEWER, given_at=NOON))


def test_a_person_and_their_roles_go_together(app):
    somebody = make_user(Role.REVIEWER)
    somebody.grants.clear()
    db.session.flush()
    assert db.session.scalars(db.select(RoleGrant)).all() == []


@pytest.mark.parametrize("status", [S.APPROVED, S.DECLINED, S.ENDED])
def test_a_decided_membership_says_when(app, status):
    assert refused(membership(status=status, decided_at=None))


def test_an_asked_membership_is_not_decided(app):
    assert refused(membership(decided_at=NOON))


@pytest.mark.parametrize("status", [S.ASKED, S.DECLINED, S.ENDED])
def test_only_a_member_administers(app, status):
    decided = None if status is S.ASKED else NOON
    assert refused(membership(status=status, decided_at=decided, administers=True))


@pytest.mark.parametrize(("first", "second"), [
    (S.ASKED, S.ASKED), (S.ASKED, S.APPROVED), (S.APPROVED, S.ASKED), (S.APPROVED, S.APPROVED),
])
def test_a_person_belongs_to_a_firm_only_once(app, first, second):
    def make(status):
        return membership(user_id=somebody.id, organization_id=organization.id, status=status,
                          decided_at=None if status is S.ASKED else NOON)
    somebody, organization = make_user(), make_member()[1]
    db.session.add(make(first))
    db.session.flush()
    assert refused(make(second))


@pytest.mark.parametrize("past", [S.DECLINED, S.ENDED])
def test_what_is_past_stands_beside_the_present(app, past):
    somebody, organization = make_user(), make_member()[1]
    shared = {"user_id": somebody.id, "organization_id": organization.id}
    db.session.add_all([membership(status=past, decided_at=NOON, **shared),
                        membership(status=past, decided_at=NOON, **shared), membership(**shared)])
    db.session.flush()
    assert len(somebody.memberships) == 3


@pytest.mark.parametrize("column", ["user_id", "organization_id"])
def test_a_membership_ties_two_that_exist(app, column):
    assert refused(membership(**{column: None}))


def test_no_two_sessions_share_a_secret(app):
    db.session.add(session())
    db.session.flush()
    assert refused(session())


@pytest.mark.parametrize("column", ["token_hash", "created_at", "seen_at", "ends_at"])
def test_a_session_knows_when_it_ends(app, column):
    assert refused(session(**{column: None}))


def test_a_link_is_used_once(app):
    db.session.add(UsedLink(token_hash="h", used_at=NOON))
    db.session.flush()
    db.session.expunge_all()
    assert refused(UsedLink(token_hash="h", used_at=NOON))


@pytest.mark.parametrize("column", ["window_began_at", "count"])
def test_a_count_is_complete(app, column):
    assert refused(Throttle(**{"key": "k", "window_began_at": NOON, "count": 1, column: None}))


@pytest.mark.parametrize(("changes", "active"), [
    ({}, True), ({"email_verified_at": None}, False), ({"disabled_at": NOON}, False),
    ({"email_verified_at": None, "disabled_at": NOON}, False),
])
def test_only_a_confirmed_open_account_is_active(app, changes, active):
    assert make_user(**changes).is_active is active


def test_a_person_is_staff_by_a_role(app):
    assert make_user(Role.AUDITOR).is_staff
    assert not make_user().is_staff


@pytest.mark.parametrize(("status", "acts"), [
    (S.ASKED, False), (S.APPROVED, True), (S.DECLINED, False), (S.ENDED, False),
])
def test_only_an_approved_member_acts_for_a_firm(app, status, acts):
    asked = membership(status=status, decided_at=None if status is S.ASKED else NOON)
    save(asked)
    db.session.expire_all()
    assert (asked.organization_id in asked.user.organization_ids) is acts
    assert (asked.user in asked.organization.members) is acts


def test_two_people_without_a_session_are_not_one(app):
    first, second = make_user(), make_user()
    assert first != second
    assert first.get_id() == second.get_id() == ""
    assert len({first, second}) == 2


def test_references_name_the_kind_of_case(app):
    somebody, organization = make_member()
    assert somebody.reference == f"user-{somebody.id}"
    assert organization.reference == f"organization-{organization.id}"
    assert organization.memberships[0].reference == f"membership-{organization.memberships[0].id}"


def test_a_person_is_party_to_their_own_account_alone(app):
    somebody, organization = make_member()
    assert (somebody.party_ids, somebody.party_organization_ids) == ({somebody.id}, frozenset())
    assert (organization.party_ids, organization.party_organization_ids) == (
        frozenset(), {organization.id})


def test_administrators_are_party_to_every_membership(app):
    boss, colleague = make_user(), make_user()
    organization = make_organization(boss, colleague)
    assert {m.party_ids for m in organization.memberships} == {frozenset({boss.id})}


def test_nobody_prepares_an_account_and_is_barred(app):
    somebody, organization = make_member()
    cases = [somebody, organization, organization.memberships[0]]
    assert {case.barred_ids for case in cases} == {frozenset()}
