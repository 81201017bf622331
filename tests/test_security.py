import re

import pytest
from flask import request

from broker_admin import create_app
from broker_admin.security import HEADERS
from tests.conftest import settings
from tests.factories import PASSWORD, make_user

PATHS = ["/", "/privacy", "/account/sign-in", "/nowhere", "/account/profile", "/healthz"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", HEADERS)
def test_every_answer_has_every_header(browser, path, name):
    assert browser.get(path).headers[name] == HEADERS[name]


def test_a_file_has_the_headers_too(browser):
    with browser.get("/static/app.css") as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_no_inline_script_or_style_is_allowed():
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("path", ["/", "/account/sign-up", "/nowhere"])
def test_no_page_needs_inline_script_or_style(browser, path):
    page = browser.get(path).text
    assert not re.findall(r"<script(?![^>]*\bsrc=)", page)
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=", page)


@pytest.mark.parametrize("path", ["/account/sign-in", "/account/sign-up", "/account/forgotten",
                                  "/account/sign-out"])
def test_a_form_without_its_token_is_refused(browser, path):
    answer = browser.post(path, data={"email": "a@example.org", "password": "x"})
    assert answer.status_code == 400
    assert "open for too long or in another session" in answer.text


def test_a_token_of_another_session_is_refused(app, browser):
    stolen = re.search(r'name="csrf_token"[^>]*value="([^"]*)"',
                       app.test_client().get("/account/sign-in").text)[1]
    browser.get("/account/sign-in")
    assert browser.post("/account/sign-in", data={"csrf_token": stolen}).status_code == 400


def test_what_somebody_signed_in_saw_is_not_cached(browser):
    browser.sign_in(make_user())
    assert browser.get("/account/profile").headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_out_of_reach_of_scripts(browser):
    user = make_user()
    answer = browser.submit("/account/sign-in", email=user.email, password=PASSWORD)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_over_https_the_cookie_is_bound_to_the_host():
    app = create_app(settings("sqlite://", BASE_URL="https://broker.example"))
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert app.config["SESSION_COOKIE_SECURE"] is True


def test_https_is_remembered_by_the_browser(browser):
    answer = browser.get("/healthz", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "Strict-Transport-Security" not in browser.get("/healthz").headers


def test_a_text_of_ten_megabytes_is_refused(browser):
    answer = browser.post("/account/sign-in", data={"email": "x" * 10_000_000},
                          content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_words_of_visitors_are_escaped(browser):
    attack = '"><script>alert(1)</script>'
    answer = browser.submit("/account/sign-in", email=attack, password="x")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_only_trusted_proxies_name_the_client(proxies):
    app = create_app(settings("sqlite://", TRUSTED_PROXIES=proxies))
    app.add_url_rule("/whence", "whence", lambda: request.remote_addr)
    answer = app.test_client().get("/whence", headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.text == ("203.0.113.9" if proxies == "1" else "127.0.0.1")
