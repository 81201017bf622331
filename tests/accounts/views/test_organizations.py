import pytest

from broker_admin.accounts import memberships
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


def test_no_region_is_chosen_beforehand(browser):
    page = browser.sign_in(make_user()).get("/account/organizations/new").text
    assert '<option value="">Please choose</option><option value="440100">' in page
    assert "<option selected" not in page


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
    membership = memberships.ask_to_join(organization, user=make_user(), at=now())
    for user in (colleague, membership.user, make_user(Role.ADMINISTRATOR)):
        answer = browser.sign_in(user).submit(f"/account/memberships/{membership.id}/{step}",
                                              page="/account/profile")
        assert answer.status_code == 404
    assert membership.status is S.ASKED


def test_the_last_administrator_stays(app):
    boss, organization = make_member()
    with pytest.raises(Refused, match="last administrator"):
        memberships.end(organization.memberships[0], actor=boss, at=now())


def test_staff_cannot_join_applicants(app):
    organization = make_member()[1]
    with pytest.raises(Refused, match="staff cannot"):
        memberships.ask_to_join(organization, user=make_user(Role.REVIEWER), at=now())


def test_strangers_do_not_see_members(browser):
    organization = make_member()[1]
    for user in (make_user(), make_member()[0]):
        page = browser.sign_in(user).get(f"/account/organizations/{organization.id}")
        assert page.status_code == 404


def test_asking_twice_is_refused(app):
    organization, user = make_member()[1], make_user()
    with app.test_request_context():
        memberships.ask_to_join(organization, user=user, at=now())
        with pytest.raises(Refused, match="already asked"):
            memberships.ask_to_join(organization, user=user, at=now())


CONTACT = {"contact_email": "ask@firm.example", "contact_phone": "020-88880000"}


def contact(browser, organization, prefix="", **answers):
    page = f"{prefix}/account/organizations/{organization.id}/contact"
    return browser.submit(page, **{**CONTACT, **answers})


def test_the_administrator_changes_the_contact(browser):
    boss, organization = make_member()
    assert contact(browser.sign_in(boss), organization).status_code == 302
    page = browser.get(f"/account/organizations/{organization.id}").text
    assert "ask@firm.example" in page
    assert "020-88880000" in page


@pytest.mark.parametrize(("changed", "english", "chinese"), [
    ({"contact_email": "no"}, "Enter an e-mail address such as", "请填写电子邮箱"),
    ({"contact_phone": "1" * 31}, "Use at most 30 characters.", "30"),
])
def test_a_faulty_contact_changes_nothing(browser, changed, english, chinese):
    boss, organization = make_member()
    browser.sign_in(boss)
    for prefix, words in [("/en", english), ("/zh", chinese)]:
        answer = contact(browser, organization, prefix, **changed)
        assert answer.status_code == 422
        assert words in answer.text
        assert next(iter(changed.values())) in answer.text
    db.session.refresh(organization)
    assert (organization.contact_email, organization.contact_phone) == (None, None)


def test_the_form_shows_the_present_contact(browser):
    boss = make_user()
    organization = make_organization(boss, contact_email="now@firm.example")
    page = browser.sign_in(boss).get(f"/account/organizations/{organization.id}/contact").text
    assert 'value="now@firm.example"' in page


@pytest.mark.parametrize("who", ["colleague", "stranger", "officer", "asking"])
def test_only_the_administrator_has_the_contact_page(browser, who):
    colleague, asking = make_user(), make_user()
    organization = make_organization(make_user(), colleague)
    memberships.ask_to_join(organization, user=asking, at=now())
    db.session.commit()
    browser.sign_in({"colleague": colleague, "stranger": make_member()[0], "asking": asking,
                     "officer": make_user(Role.INTAKE_OFFICER)}[who])
    path = f"/account/organizations/{organization.id}/contact"
    assert browser.get(path).status_code == 404
    assert browser.submit(path, page="/account/profile", **CONTACT).status_code == 404
    assert organization.contact_email is None


def test_only_the_administrator_is_offered_the_contact(browser):
    boss, colleague = make_user(), make_user()
    organization = make_organization(boss, colleague)
    path = f"/account/organizations/{organization.id}"
    assert f"{path}/contact" in browser.sign_in(boss).get(path).text
    assert f"{path}/contact" not in browser.sign_in(colleague).get(path).text


def test_name_and_code_do_not_change_with_the_contact(browser):
    boss, organization = make_member()
    before = (organization.name, organization.uscc, organization.address)
    contact(browser.sign_in(boss), organization, name="Evil", uscc="91440300192317458F", address="x")
    assert (organization.name, organization.uscc, organization.address) == before


@pytest.mark.parametrize(("language", "words"), [
    ("zh", "您尚未加入任何"), ("en", "You do not belong to an organisation yet."),
])
def test_an_empty_list_says_so(browser, language, words):
    page = browser.sign_in(make_user()).get(f"/{language}/account/organizations")
    assert words[:4] in page.text


def test_the_list_shows_only_ones_own(browser):
    boss, organization = make_member()
    other = make_member()[1]
    page = browser.sign_in(boss).get("/account/organizations").text
    assert organization.name in page
    assert other.name not in page


def test_what_was_declined_is_listed_no_more(browser):
    boss, organization = make_member()
    user = make_user()
    membership = memberships.ask_to_join(organization, user=user, at=now())
    memberships.decline(membership, actor=boss, at=now())
    db.session.commit()
    assert organization.name not in browser.sign_in(user).get("/account/organizations").text


@pytest.mark.parametrize(("language", "words"), [
    ("zh", "已申请加入"), ("en", "Asked to join"),
])
def test_a_waiting_request_is_listed_without_a_link(browser, language, words):
    organization, user = make_member()[1], make_user()
    memberships.ask_to_join(organization, user=user, at=now())
    db.session.commit()
    page = browser.sign_in(user).get(f"/{language}/account/organizations").text
    assert words in page
    assert f"/account/organizations/{organization.id}" not in page


@pytest.mark.parametrize(("uscc", "code", "words"), [
    ("91440300192317458F", 422, "No organisation with this code is registered. Create it."),
    ("91440300192317458E", 422, "its last character"), ("", 422, "Enter the credit code."),
])
def test_a_code_that_leads_nowhere_is_said(browser, uscc, code, words):
    answer = browser.sign_in(make_user()).submit("/account/organizations/join", uscc=uscc)
    assert answer.status_code == code
    assert words in answer.text
    assert db.session.scalars(db.select(Membership)).all() == []


def test_codes_are_not_tried_without_end(browser):
    browser.sign_in(make_user())
    codes = [browser.submit("/account/organizations/join", uscc="").status_code for _ in range(31)]
    assert codes == [422] * 30 + [429]


def test_registering_is_not_for_staff(browser):
    browser.sign_in(make_user(Role.REVIEWER))
    assert browser.submit("/account/organizations/new", **FORM).status_code == 409
    assert db.session.scalars(db.select(Organization)).all() == []


def test_what_was_typed_stays_when_a_code_is_wrong(browser):
    browser.sign_in(make_user())
    page = browser.submit("/account/organizations/new", **{**FORM, "uscc": "91440300192317458E"}).text
    assert FORM["name"] in page
    assert FORM["address"] in page


def test_a_member_sees_colleagues_and_no_addresses(browser):
    boss, colleague = make_user(name="Boss Bao"), make_user(name="Mei Member")
    organization = make_organization(boss, colleague)
    page = browser.sign_in(colleague).get(f"/account/organizations/{organization.id}").text
    assert "Boss Bao" in page
    assert boss.email not in page


def test_a_name_of_a_firm_cannot_become_a_script(browser):
    boss = make_user()
    organization = make_organization(boss, name="<script>alert(1)</script>")
    page = browser.sign_in(boss).get(f"/account/organizations/{organization.id}").text
    assert "<script>alert(1)" not in page
