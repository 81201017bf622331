import pytest

from broker_admin.accounts import service
from broker_admin.accounts.models import Membership, Organization
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from tests.factories import make_member, make_organization, make_user

FORM = {"uscc": "91440300192317458F", "name": "数链经纪有限公司", "region_code": "440300",
        "address": "深圳市福田区深南大道1号"}


def test_whoever_registers_administers(browser):
    user = make_user()
    answer = browser.sign_in(user).submit("/account/organizations/new", **FORM)
    organization = db.session.scalars(db.select(Organization)).one()
    assert answer.location.endswith(f"/organizations/{organization.id}")
    assert organization.memberships[0].administers
    assert user.organization_ids == {organization.id}


@pytest.mark.parametrize("changed", [
    {"uscc": "91440300192317458E"}, {"uscc": "O" * 18}, {"uscc": ""}, {"name": ""},
    {"region_code": "110000"}, {"address": ""}, {"name": "x" * 101}, {"contact_email": "no"},
])
def test_bad_organisations_are_not_registered(browser, changed):
    browser.sign_in(make_user())
    answer = browser.submit("/account/organizations/new", **{**FORM, **changed})
    assert answer.status_code == 422
    assert db.session.scalars(db.select(Organization)).all() == []


def test_sloppy_codes_are_read(browser):
    browser.sign_in(make_user())
    browser.submit("/account/organizations/new", **{**FORM, "uscc": "９１440300 192317458f"})
    assert db.session.scalars(db.select(Organization.uscc)).one() == "91440300192317458F"


def test_a_known_code_is_to_be_joined(browser):
    organization = make_member()[1]
    browser.sign_in(make_user())
    answer = browser.submit("/account/organizations/new", **{**FORM, "uscc": organization.uscc})
    assert answer.status_code == 409


def test_an_administrator_lets_people_in(browser):
    boss, organization = make_member()
    user = make_user()
    browser.sign_in(user).submit("/account/organizations/join", uscc=organization.uscc)
    membership = db.session.scalars(db.select(Membership).filter_by(user_id=user.id)).one()
    assert membership.status is S.ASKED
    assert user.organization_ids == frozenset()
    browser.sign_in(boss).submit(f"/account/memberships/{membership.id}/approve",
                                 page=f"/account/organizations/{organization.id}")
    assert user.organization_ids == {organization.id}


@pytest.mark.parametrize("step", ["approve", "decline", "end"])
def test_only_administrators_decide_on_members(browser, step):
    boss, colleague = make_user(), make_user()
    organization = make_organization(boss, colleague)
    membership = service.ask_to_join(organization, user=make_user(), at=now())
    for user in (colleague, membership.user, make_user(Role.ADMINISTRATOR)):
        answer = browser.sign_in(user).submit(f"/account/memberships/{membership.id}/{step}",
                                              page="/account/profile")
        assert answer.status_code == 404
    assert membership.status is S.ASKED


def test_the_last_administrator_stays(app):
    boss, organization = make_member()
    with pytest.raises(Refused, match="last administrator"):
        service.end(organization.memberships[0], actor=boss, at=now())


def test_staff_cannot_join_applicants(app):
    organization = make_member()[1]
    with pytest.raises(Refused, match="staff cannot"):
        service.ask_to_join(organization, user=make_user(Role.REVIEWER), at=now())


def test_strangers_do_not_see_members(browser):
    organization = make_member()[1]
    for user in (make_user(), make_member()[0]):
        page = browser.sign_in(user).get(f"/account/organizations/{organization.id}")
        assert page.status_code == 404


def test_asking_twice_is_refused(app):
    organization, user = make_member()[1], make_user()
    with app.test_request_context():
        service.ask_to_join(organization, user=user, at=now())
        with pytest.raises(Refused, match="already asked"):
            service.ask_to_join(organization, user=user, at=now())
