"""Whoever only reads public pages gets no cookie, and so leaves no trace and can be served from a cache."""

import pytest

from tests.architecture.test_routes import ON_ITS_OWN, PUBLIC
from tests.factories import make_user

# Pages on which a visitor fills in a form: its token needs the cookie.
FILLED_IN = {
    "accounts.confirmation", "accounts.forgotten", "accounts.sign_in", "accounts.sign_up",
    "applications.eligibility", "complaints.complain", "complaints.follow", "complaints.report",
    "register.check_certificate",
}
READ = ["/", "/zh/", "/en/", "/privacy", "/accessibility", "/contact", "/register", "/register?q=x",
        "/exams", "/complaints", "/healthz", "/nowhere", "/register/nothing", "/exams/sittings/1"]


def public_paths(app):
    return {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()
            if "GET" in rule.methods and not rule.arguments
            and rule.endpoint in PUBLIC - ON_ITS_OWN}


def test_no_public_page_sets_a_cookie(app):
    setting = set()
    for endpoint, path in public_paths(app).items():
        with app.test_client().get(path) as answer:
            if "Set-Cookie" in answer.headers:
                setting.add(endpoint)
    assert setting == FILLED_IN


@pytest.mark.parametrize("path", READ)
def test_reading_sets_no_cookie(browser, path):
    assert "Set-Cookie" not in browser.get(path).headers


def test_following_public_links_sets_no_cookie(browser):
    for path in READ:
        browser.get(path)
    assert browser.get_cookie("session") is None


def test_a_page_to_fill_in_sets_only_the_session(browser):
    cookies = browser.get("/account/sign-in").headers.getlist("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["session"]


def test_a_refused_page_sets_no_cookie(browser):
    assert "Set-Cookie" not in browser.get("/admin/users").headers


def test_reading_public_pages_keeps_somebody_signed_in(browser):
    browser.sign_in(make_user())
    for path in READ:
        browser.get(path)
    assert browser.get("/account/profile").status_code == 200
