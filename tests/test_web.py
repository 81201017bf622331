import pytest
from werkzeug.exceptions import NotFound

from broker_admin.accounts.models import Organization, User
from broker_admin.db import db
from broker_admin.permissions import Permission, Role
from broker_admin.web import MOST_PAGES, PER_PAGE, load, local_path, page_of, public_url
from tests.factories import make_organization, make_user

ELSEWHERE = [
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil",
    "javascript:alert(1)", "http:evil.example", "evil.example", "/\tevil", "/\r\nLocation: x",
    "/\x00", "", None, "?next=/x", "mailto:a@b.c", " /x",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_only_paths_of_this_site_are_followed(target):
    assert local_path(target) is None


@pytest.mark.parametrize("target", ["/", "/account/profile", "/zh/register?q=数据", "/a//b", "/x#y"])
def test_paths_of_this_site_are_followed(target):
    assert local_path(target) == target


def test_a_visitor_is_asked_to_sign_in(browser):
    answer = browser.get("/account/profile")
    assert answer.status_code == 302
    assert answer.location == "/account/sign-in?next=/account/profile"


def test_the_way_back_keeps_the_question(browser):
    assert "next=/admin/users?q%3Dx" in browser.get("/admin/users?q=x").location


def test_a_visitor_who_sends_something_is_not_led_back_there(browser):
    answer = browser.submit("/account/sign-out", page="/")
    assert answer.location == "/account/sign-in"


def test_somebody_without_the_permission_sees_no_page(browser):
    browser.sign_in(make_user())
    answer = browser.get("/admin/users")
    assert answer.status_code == 404
    assert "not for you to see" in answer.text


@pytest.mark.parametrize("asked", ["0", "-1", "x", "1e3", "٣", "999999", "99999999999999999999", ""])
def test_a_senseless_page_number_is_no_error(app, asked):
    with app.test_request_context(f"/?page={asked}"):
        assert 1 <= page_of(db.select(User)).page <= MOST_PAGES


def test_a_list_is_cut_into_pages(app):
    for _ in range(PER_PAGE + 1):
        make_user()
    with app.test_request_context("/?page=2"):
        assert len(page_of(db.select(User)).items) == 1


@pytest.mark.parametrize("who", ["member", "colleague", "stranger", "officer", "administrator"])
def test_an_organisation_is_found_by_those_concerned(app, browser, who):
    member, colleague = make_user(), make_user()
    organization = make_organization(member, colleague)
    actors = {"member": member, "colleague": colleague, "stranger": make_user(),
              "officer": make_user(Role.REVIEWER), "administrator": make_user(Role.ADMINISTRATOR)}
    expected = 200 if who in {"member", "colleague", "officer"} else 404
    page = browser.sign_in(actors[who]).get(f"/account/organizations/{organization.id}")
    assert page.status_code == expected


def test_what_does_not_exist_is_not_found(app):
    with app.test_request_context("/"), pytest.raises(NotFound):
        load(Organization, Permission.ORGANIZATION_READ, id=4711)


@pytest.mark.parametrize(("language", "expected"), [
    ("zh", "http://127.0.0.1:8000/zh/privacy"), ("en", "http://127.0.0.1:8000/en/privacy"),
    (None, "http://127.0.0.1:8000/privacy"), ("../x", "http://127.0.0.1:8000/privacy"),
])
def test_addresses_in_mails_do_not_follow_the_host(app, language, expected):
    with app.test_request_context("/", base_url="http://evil.example"):
        assert public_url("public.privacy", language) == expected
