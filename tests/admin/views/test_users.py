import pytest
import sqlalchemy as sa

from broker_admin.accounts.models import User
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import Role
from tests.factories import make_member, make_user


@pytest.fixture
def administrator(browser):
    user = make_user(Role.ADMINISTRATOR)
    browser.sign_in(user)
    return user


def post(browser, user, step, **answers):
    page = f"/admin/users/{user.id}"
    return browser.submit(f"{page}/{step}", page=page, **answers)


def names(user):
    query = sa.select(AuditEntry.name).where(AuditEntry.subject == user.reference)
    return db.session.scalars(query.order_by(AuditEntry.number)).all()


def test_a_role_is_given_and_recorded(browser, administrator):
    user = make_user()
    assert post(browser, user, "give-role", role="reviewer").status_code == 302
    assert user.roles == {Role.REVIEWER}
    assert names(user) == ["user.role_given"]


def test_a_role_is_taken_back_and_recorded(browser, administrator):
    user = make_user(Role.REVIEWER)
    assert post(browser, user, "take-role", role="reviewer").status_code == 302
    assert user.roles == set()
    assert names(user) == ["user.role_taken"]


def test_changing_roles_ends_the_sessions(app, browser, administrator):
    user = make_user(Role.REVIEWER)
    other = app.test_client().sign_in(user)
    post(browser, user, "give-role", role="intake_officer")
    assert other.get("/account/profile").status_code == 302


@pytest.mark.parametrize("step", ["give-role", "take-role"])
def test_nobody_changes_their_own_roles(browser, administrator, step):
    answer = post(browser, administrator, step, role="administrator")
    assert answer.status_code == 409
    assert "Nobody changes their own roles" in answer.text
    assert administrator.roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(("held", "given"), [
    (Role.REVIEWER, "auditor"), (Role.DECIDER, "administrator"), (Role.AUDITOR, "reviewer"),
    (Role.AUDITOR, "administrator"), (Role.ADMINISTRATOR, "exam_admin"),
])
def test_overseers_hold_no_other_role(browser, administrator, held, given):
    user = make_user(held)
    assert post(browser, user, "give-role", role=given).status_code == 409
    assert user.roles == {held}


def test_somebody_who_acts_for_an_organisation_gets_no_role(browser, administrator):
    user, _ = make_member()
    assert post(browser, user, "give-role", role="reviewer").status_code == 409
    assert not user.is_staff


@pytest.mark.parametrize("role", ["", "emperor", "REVIEWER", "\0", "r" * 9999])
def test_an_unknown_role_is_bad_input(browser, administrator, role):
    user = make_user()
    assert post(browser, user, "give-role", role=role).status_code == 422
    assert not user.is_staff


def test_a_closed_account_can_be_opened_again(browser, administrator):
    user = make_user()
    page = f"/admin/users/{user.id}/disable"
    assert browser.submit(page, reason="Left the company.").status_code == 302
    assert not user.is_active
    assert post(browser, user, "enable").status_code == 302
    assert user.is_active
    assert names(user) == ["user.disabled", "user.enabled"]


def test_closing_an_account_needs_a_reason(browser, administrator):
    user = make_user()
    answer = browser.submit(f"/admin/users/{user.id}/disable", reason="")
    assert answer.status_code == 422
    assert "Give the reason" in answer.text
    assert user.is_active


def test_nobody_closes_their_own_account(browser, administrator):
    page = f"/admin/users/{administrator.id}/disable"
    assert browser.submit(page, reason="Enough.").status_code == 409
    assert administrator.is_active


def test_a_staff_account_gets_a_link_by_mail(browser, administrator):
    answer = browser.submit("/admin/users/new", name="王敏", email="Wang@example.org",
                            role="legal_reviewer", language="zh")
    assert answer.status_code == 302
    user = db.session.scalar(sa.select(User).where(User.email == "wang@example.org"))
    assert user.roles == {Role.LEGAL_REVIEWER}
    bodies = db.session.scalars(sa.select(Message.body).where(Message.address == user.email))
    assert any("/account/invitation/" in body for body in bodies)


def test_a_known_address_cannot_become_staff_twice(browser, administrator):
    answer = browser.submit("/admin/users/new", name="X", email=make_user().email,
                            role="reviewer", language="zh")
    assert answer.status_code == 409


@pytest.mark.parametrize(("query", "seen"), [
    ("q=findable", "findable@example.org"), ("q=FINDABLE", "findable@example.org"),
    ("q=林找得到", "findable@example.org"), ("role=auditor", "auditor@example.org"),
    ("state=closed", "closed@example.org"), ("state=unconfirmed", "fresh@example.org"),
    ("state=public", "findable@example.org"), ("state=staff", "auditor@example.org"),
])
def test_the_list_is_filtered(browser, administrator, query, seen):
    make_user(email="findable@example.org", name="林找得到")
    make_user(Role.AUDITOR, email="auditor@example.org")
    make_user(email="closed@example.org", disabled_at=now())
    make_user(email="fresh@example.org", email_verified_at=None)
    page = browser.get(f"/admin/users?{query}").text
    assert seen in page
    assert administrator.email in page or not query.startswith("state=staff")


@pytest.mark.parametrize("query", ["q=%25", "role=emperor", "state=moon", "page=-1", "q=%00"])
def test_a_senseless_filter_is_no_error(browser, administrator, query):
    assert browser.get(f"/admin/users?{query}").status_code == 200


def test_a_percent_sign_is_searched_literally(browser, administrator):
    make_user(email="somebody@example.org")
    assert "somebody@example.org" not in browser.get("/admin/users?q=%25").text


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_an_unknown_person_is_not_found(browser, administrator, number):
    assert browser.get(f"/admin/users/{number}").status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_other_staff_see_no_users(browser, role):
    browser.sign_in(make_user(role))
    assert browser.get("/admin/users").status_code == 404
    assert browser.get(f"/admin/users/{make_user().id}").status_code == 404


def test_an_applicant_sees_no_users(browser):
    browser.sign_in(make_member()[0])
    assert browser.get("/admin/users").status_code == 404


def test_the_page_of_a_person_shows_the_history(browser, administrator):
    user = make_user()
    post(browser, user, "give-role", role="reviewer")
    page = browser.get(f"/admin/users/{user.id}").text
    assert "Role given" in page
    assert "Reviewer" in page
