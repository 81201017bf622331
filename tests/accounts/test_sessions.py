from datetime import timedelta

import pytest
import sqlalchemy as sa

from broker_admin import clock
from broker_admin.accounts import sessions
from broker_admin.accounts.models import UserSession
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.factories import PASSWORD, make_user

PAGE = "/account/profile"


def rows():
    return db.session.scalars(sa.select(UserSession)).all()


def is_in(browser):
    return browser.get(PAGE).status_code == 200


@pytest.mark.parametrize(("roles", "minutes"), [((), 30), ((Role.REVIEWER,), 15)])
def test_a_session_that_is_not_used_ends(browser, roles, minutes):
    browser.sign_in(make_user(*roles))
    with clock.at(now() + timedelta(minutes=minutes - 1)):
        assert is_in(browser)
    with clock.at(now() + timedelta(minutes=2 * minutes)):
        assert not is_in(browser)


@pytest.mark.parametrize(("roles", "hours"), [((), 12), ((Role.REVIEWER,), 8)])
def test_even_a_used_session_ends_at_last(browser, roles, hours):
    user = make_user(*roles)
    browser.submit("/account/sign-in", email=user.email, password=PASSWORD)
    begin = now()
    for quarter in range(hours * 6):
        with clock.at(begin + timedelta(minutes=10 * quarter)):
            assert is_in(browser), quarter
    with clock.at(begin + timedelta(hours=hours, minutes=1)):
        assert not is_in(browser)


def test_the_secret_is_kept_only_as_a_hash(browser):
    user = make_user()
    browser.submit("/account/sign-in", email=user.email, password=PASSWORD)
    with browser.session_transaction() as cookie:
        secret = cookie["_user_id"]
    assert [row.token_hash for row in rows()] == [sessions._digest(secret)]
    assert secret not in rows()[0].token_hash


def test_an_ended_session_does_not_come_back(browser):
    user = make_user()
    browser.sign_in(user)
    sessions.end_all(user)
    db.session.commit()
    assert not is_in(browser)
    assert rows() == []


@pytest.mark.parametrize("change", [{"disabled_at": now()}, {"email_verified_at": None}])
def test_a_closed_account_is_out_at_once(browser, change):
    user = make_user()
    browser.sign_in(user)
    for name, value in change.items():
        setattr(user, name, value)
    db.session.commit()
    assert not is_in(browser)


def test_a_cookie_with_a_number_opens_nothing(browser):
    user = make_user()
    browser.get("/")
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = str(user.id)
    assert not is_in(browser)


def test_signing_in_again_opens_another_secret(browser):
    user, secrets = make_user(), set()
    for _ in range(2):
        browser.submit("/account/sign-in", email=user.email, password=PASSWORD)
        with browser.session_transaction() as cookie:
            secrets.add(cookie["_user_id"])
        browser.sign_out()
    assert len(secrets) == 2


def test_one_session_can_be_ended_from_another(app):
    user = make_user()
    phone, desk = app.test_client().sign_in(user), app.test_client().sign_in(user)
    first = min(rows(), key=lambda row: row.id)
    answer = desk.submit(f"/account/browsers/{first.id}/end", page=PAGE)
    assert answer.status_code == 302
    assert not is_in(phone)
    assert is_in(desk)


def test_nobody_ends_the_session_of_somebody_else(app):
    victim, other = make_user(), make_user()
    phone, attacker = app.test_client().sign_in(victim), app.test_client().sign_in(other)
    row = next(row for row in rows() if row.user_id == victim.id)
    assert attacker.submit(f"/account/browsers/{row.id}/end", page=PAGE).status_code == 404
    assert is_in(phone)
