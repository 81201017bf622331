from datetime import timedelta

import pytest
from flask import Response

from broker_admin.accounts import devices
from tests.factories import PASSWORD, make_user

LI = "li@example.org"


@pytest.fixture
def cookie(app):
    """What a browser keeps after Li has signed in with it."""
    with app.test_request_context():
        answer = Response()
        devices.remember(answer, LI)
    return answer.headers["Set-Cookie"]


def knows(app, value, email=LI):
    with app.test_request_context(headers={"Cookie": f"known={value}"}):
        return devices.is_known(email)


def value_of(cookie):
    return cookie.split(";")[0].removeprefix("known=")


@pytest.mark.parametrize("email", [LI, "LI@Example.org", " li@example.org "])
def test_a_browser_is_known_for_its_person(app, cookie, email):
    assert knows(app, value_of(cookie), email)


@pytest.mark.parametrize("email", ["wang@example.org", "", "li@example.com"])
def test_a_browser_is_not_known_for_others(app, cookie, email):
    assert not knows(app, value_of(cookie), email)


@pytest.mark.parametrize("value", ["", "x", "a.b.c", '"li@example.org"', "x" * 5000])
def test_a_made_up_browser_is_not_known(app, value):
    assert not knows(app, value)


def test_a_browser_is_forgotten_after_half_a_year(app, cookie, monkeypatch):
    monkeypatch.setattr(devices, "_LASTS", timedelta(seconds=-1))
    assert not knows(app, value_of(cookie))


def test_the_cookie_does_not_name_the_person(cookie):
    assert "li" not in value_of(cookie).split(".")[0] or "example" not in cookie


@pytest.mark.parametrize("part", ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=15552000"])
def test_the_cookie_is_out_of_reach_of_others(cookie, part):
    assert part in cookie


def test_signing_in_makes_the_browser_known(browser):
    user = make_user()
    browser.submit("/account/sign-in", email=user.email, password="wrong password here")
    assert browser.get_cookie("known") is None
    browser.submit("/account/sign-in", email=user.email, password=PASSWORD)
    assert browser.get_cookie("known")
