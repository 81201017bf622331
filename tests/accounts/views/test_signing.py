"""Signing up, in and out through the pages."""

import re

import pytest

from broker_admin.accounts import service, tokens
from broker_admin.accounts.models import User, UserSession
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import Job, Message
from tests.accounts.outgoing import messages
from tests.factories import PASSWORD, make_user

SIGN_UP = {"name": "陈怡", "email": " Chen.Yi@Example.org ", "password": PASSWORD, "repeated": PASSWORD}


def _link():
    body = messages()[-1].body
    return re.search(r"https?://[^/]+/(?:zh|en)(/\S+)", body)[1]


def _users():
    return db.session.scalar(db.select(db.func.count(User.id)))


def test_from_sign_up_to_sign_in(browser):
    assert browser.submit("/account/sign-up", **SIGN_UP).status_code == 302
    assert browser.submit(_link()).status_code == 302
    answer = browser.submit("/account/sign-in", email="chen.yi@example.org", password=PASSWORD)
    assert answer.status_code == 302
    assert "陈怡" in browser.get("/account/profile").text


def test_a_known_address_gets_the_same_answer(browser):
    user = make_user(email="known@example.org")
    first = browser.submit("/account/sign-up", **SIGN_UP)
    again = browser.submit("/account/sign-up", **{**SIGN_UP, "email": user.email})
    assert (first.status_code, first.location) == (again.status_code, again.location)
    assert _users() == 2
    title = db.session.scalars(db.select(Message.title).order_by(Message.id.desc())).first()
    assert title == "You have an account already"


def test_an_unconfirmed_address_cannot_sign_in(browser):
    browser.submit("/account/sign-up", **SIGN_UP)
    answer = browser.submit("/account/sign-in", email=SIGN_UP["email"], password=PASSWORD)
    assert answer.status_code == 422


@pytest.mark.parametrize("changed", [
    {"email": "nobody"}, {"email": ""}, {"name": ""}, {"password": "short", "repeated": "short"},
    {"repeated": "something else entirely"}, {"password": "chen.yi chen.yi", "repeated": "chen.yi chen.yi"},
    {"password": "p" * 129, "repeated": "p" * 129}, {"email": "a" * 300 + "@example.org"},
    {"name": "x" * 51}, {"password": "password1234", "repeated": "password1234"},
])
def test_bad_sign_ups_change_nothing(browser, changed):
    answer = browser.submit("/account/sign-up", **{**SIGN_UP, **changed})
    assert answer.status_code == 422
    assert _users() == 0
    assert "There is a problem" in answer.text


def test_wrong_passwords_and_strangers_look_alike(browser):
    user = make_user()
    wrong = browser.submit("/account/sign-in", email=user.email, password="wrong password here")
    unknown = browser.submit("/account/sign-in", email="no@example.org", password=PASSWORD)
    said = [re.search(r"<li>(.*?)</li>", page.text.split("error-summary__list")[1])[1]
            for page in (wrong, unknown)]
    assert wrong.status_code == unknown.status_code == 422
    assert said[0] == said[1]




def test_a_copied_cookie_ends_with_the_session(browser, app):
    user = make_user()
    browser.submit("/account/sign-in", email=user.email, password=PASSWORD)
    with browser.session_transaction() as cookie:
        copied = dict(cookie)
    browser.submit("/account/sign-out", page="/account/profile")
    with browser.session_transaction() as cookie:
        cookie.update(copied)
    assert browser.get("/account/profile").status_code == 302


def test_signing_out_everywhere_ends_other_browsers(browser, app):
    user = make_user()
    other = app.test_client()
    other.sign_in(user)
    browser.sign_in(user).submit("/account/sign-out-everywhere", page="/account/profile")
    assert other.get("/account/profile").status_code == 302
    assert db.session.scalar(db.select(db.func.count(UserSession.id))) == 0


@pytest.mark.parametrize(("asked", "led"), [
    ("/account/profile", "/account/profile"), ("//evil.example", "/my/"), ("https://evil.example", "/my/"),
    ("/\\evil.example", "/my/"), ("javascript:alert(1)", "/my/"), ("", "/my/"),
])
def test_after_sign_in_only_local_pages_follow(browser, asked, led):
    user = make_user()
    answer = browser.submit(f"/account/sign-in?next={asked}", email=user.email, password=PASSWORD)
    assert answer.location == led


def test_a_forgotten_password_is_set_anew(browser):
    user = make_user()
    browser.submit("/account/forgotten", email=user.email)
    new = "seven quiet otters sleep"
    assert browser.submit(_link(), password=new, repeated=new).status_code == 302
    assert service.check_password(user.email, new) is user
    assert service.check_password(user.email, PASSWORD) is None


def test_a_reset_link_works_once(browser):
    user = make_user()
    browser.submit("/account/forgotten", email=user.email)
    link, new = _link(), "seven quiet otters sleep"
    browser.submit(link, password=new, repeated=new)
    assert browser.get(link).status_code == 409


def test_forgetting_tells_nothing_about_addresses(browser):
    known = browser.submit("/account/forgotten", email=make_user().email)
    unknown = browser.submit("/account/forgotten", email="nobody@example.org")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert len(messages()) == 1


@pytest.mark.parametrize("page", ["/account/forgotten", "/account/confirmation"])
@pytest.mark.parametrize("known", [True, False])
def test_the_answer_takes_as_long_for_an_unknown_address(browser, page, known):
    """In either case one job is queued, and nothing else is written before the answer."""
    browser.submit(page, email=make_user().email if known else "nobody@example.org")
    assert [job.kind for job in db.session.scalars(db.select(Job))] == ["send_link"]
    assert db.session.scalar(db.select(db.func.count(Message.id))) == 0


def test_a_link_for_one_purpose_serves_no_other(browser):
    user = make_user()
    token = tokens.make(user, tokens.VERIFY)
    assert browser.get(f"/account/reset/{token}").status_code == 409


def test_links_grow_old(browser):
    user = make_user()
    token = tokens.make(user, tokens.RESET)
    service.change_password(user, current=PASSWORD, new="seven quiet otters sleep", at=now())
    assert browser.get(f"/account/reset/{token}").status_code == 409


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "☃", "." * 500])
def test_made_up_links_are_refused_politely(browser, token):
    answer = browser.get(f"/account/verify/{token}")
    assert answer.status_code in {404, 409}
