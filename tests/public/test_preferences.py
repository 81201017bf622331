"""Large text, contrast and colours, chosen without a session and kept by the browser alone."""

import re

import pytest

from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from tests.factories import make_user

CHOICES = [("elder", "1"), ("elder", "0"), ("contrast", "1"), ("contrast", "0"), ("theme", "dark"),
           ("theme", "light"), ("theme", "auto")]


def choose(browser, **answers):
    return browser.get("/preferences", query_string=answers)


@pytest.mark.parametrize(("name", "value"), CHOICES)
def test_a_preference_is_kept_by_the_browser(browser, name, value):
    answer = choose(browser, next="/privacy", **{name: value})
    assert (answer.status_code, answer.location) == (302, "/privacy")
    assert browser.get_cookie(name).value == value


def test_a_preference_is_the_only_cookie_set(browser):
    cookies = choose(browser, elder="1").headers.getlist("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["elder"]


@pytest.mark.parametrize("part", ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"])
def test_a_preference_stays_here_for_a_year(browser, part):
    assert part in choose(browser, theme="dark").headers["Set-Cookie"]


def test_over_https_a_preference_travels_only_encrypted(app, browser):
    app.config["SESSION_COOKIE_SECURE"], kept = True, app.config["SESSION_COOKIE_SECURE"]
    try:
        assert "Secure" in choose(browser, elder="1").headers["Set-Cookie"]
    finally:
        app.config["SESSION_COOKIE_SECURE"] = kept


@pytest.mark.parametrize(("name", "value"), [
    ("elder", "2"), ("elder", ""), ("theme", "pink"), ("theme", "x" * 5000), ("session", "stolen"),
    ("__Host-session", "stolen"), ("theme", "dark\r\nSet-Cookie: a=b"), ("contrast", "\0"),
])
def test_an_unknown_preference_is_not_kept(browser, name, value):
    answer = choose(browser, **{name: value})
    assert (answer.status_code, answer.location) == (302, "/")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("target", [
    "https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", "", "privacy",
    "/\r\nSet-Cookie: a=b", "\0",
])
def test_a_preference_leads_only_back_here(browser, target):
    assert choose(browser, next=target, elder="1").location == "/"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_choosing_keeps_the_language_of_the_page(browser, language):
    page = browser.get(f"/{language}/contact").text
    assert f'action="/{language}/preferences"' in page
    assert f'name="next" value="/{language}/contact"' in page


def test_choosing_returns_to_the_same_search(browser):
    page = browser.get("/zh/register?q=%22%3E%26x").text
    back = re.search(r'name="next" value="([^"]*)"', page)[1].replace("&amp;", "&")
    assert choose(browser, next=back, elder="1").location == back


@pytest.mark.parametrize(("chosen", "mark"), [
    ({"elder": "1"}, 'data-elder="true"'), ({"contrast": "1"}, 'data-contrast="high"'),
    ({"theme": "dark"}, 'data-theme="dark"'),
])
def test_what_was_chosen_changes_every_page(browser, chosen, mark):
    assert mark not in browser.get("/").text
    choose(browser, **chosen)
    assert mark in browser.get("/").text
    assert mark in browser.get("/account/sign-in").text


def test_choosing_the_standard_again_ends_large_text(browser):
    choose(browser, elder="1")
    choose(browser, elder="0")
    assert "data-elder" not in browser.get("/").text


def test_a_foreign_value_in_the_cookie_is_ignored(browser):
    browser.set_cookie("theme", '"><script>')
    assert "script>" not in re.search("<html[^>]*>", browser.get("/").text)[0]


def test_choosing_changes_nothing_but_the_browser(browser):
    user = make_user()
    browser.sign_in(user)
    choose(browser, elder="1")
    assert browser.get("/account/profile").status_code == 200
    assert db.session.scalars(db.select(AuditEntry)).all() == []


def test_an_answer_with_a_preference_is_not_cached(browser):
    assert choose(browser, elder="1").headers["Cache-Control"] == "no-store"


def test_a_preference_cannot_be_posted(browser):
    assert browser.post("/preferences", data={"elder": "1"}).status_code in {400, 405}
