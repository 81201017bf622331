import pytest
from flask import g
from werkzeug.exceptions import NotFound

from broker_admin.accounts.models import Organization, User
from broker_admin.db import db
from broker_admin.permissions import Permission, Role
from broker_admin.web import MOST_PAGES, PER_PAGE, load, local_path, page_of, public_url, requires
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
    answer = browser.submit("/account/sign-out", page="/account/sign-in")
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


@pytest.fixture
def guarded(app):
    """The status with which a page under this permission answers this person."""
    def guarded(person, permission, *, by_role=False):
        page = requires(permission, by_role=by_role)(lambda: ("seen", 200))
        with app.test_request_context("/en/somewhere?q=1"):
            if person is not None:
                g._login_user = person
            try:
                return app.make_response(page()).status_code
            except NotFound:
                return 404
    return guarded


@pytest.mark.parametrize(("roles", "permission", "by_role", "expected"), [
    ((), Permission.APPLICATION_EDIT, False, 200),
    ((), Permission.APPLICATION_READ, True, 404),
    ((), Permission.APPLICATION_DECIDE, False, 404),
    ((Role.DECIDER,), Permission.APPLICATION_DECIDE, False, 200),
    ((Role.REVIEWER,), Permission.APPLICATION_READ, True, 200),
    ((Role.REVIEWER,), Permission.APPLICATION_DECIDE, False, 404),
    ((Role.AUDITOR,), Permission.AUDIT_READ, True, 200),
    ((Role.ADMINISTRATOR,), Permission.APPLICATION_READ, True, 404),
    ((Role.ADMINISTRATOR,), Permission.AUDIT_READ, True, 404),
])
def test_a_page_opens_only_to_its_permission(guarded, roles, permission, by_role, expected):
    assert guarded(make_user(*roles), permission, by_role=by_role) == expected


@pytest.mark.parametrize("permission", Permission)
def test_a_visitor_without_account_is_led_to_sign_in(guarded, permission):
    assert guarded(None, permission) == 302


def test_a_page_tells_its_permission():
    page = requires(Permission.AUDIT_READ)(lambda: "seen")
    assert page.permission is Permission.AUDIT_READ


@pytest.mark.parametrize("permission", [
    Permission.ORGANIZATION_READ, Permission.ORGANIZATION_MANAGE,
])
def test_a_case_of_others_is_as_if_it_were_not(app, permission):
    organization = make_organization(make_user())
    with app.test_request_context("/"):
        g._login_user = make_user()
        with pytest.raises(NotFound):
            load(Organization, permission, id=organization.id)


def test_a_case_of_ones_own_is_found(app):
    member = make_user()
    organization = make_organization(member)
    with app.test_request_context("/"):
        g._login_user = member
        assert load(Organization, Permission.ORGANIZATION_READ, id=organization.id) is organization


def test_the_last_page_of_a_list_is_short_and_the_next_empty(app):
    for number in range(PER_PAGE + 3):
        make_user(name=f"Paged {number:03d}")
    named = db.select(User).where(User.name.startswith("Paged")).order_by(User.name)
    with app.test_request_context("/?page=2"):
        assert [u.name for u in page_of(named).items] == ["Paged 025", "Paged 026", "Paged 027"]
    with app.test_request_context("/?page=3"):
        assert page_of(named).items == []


@pytest.mark.parametrize(("root", "expected"), [
    ("https://broker.example", "https://broker.example/zh/privacy"),
    ("https://broker.example/", "https://broker.example/zh/privacy"),
    ("https://broker.example/data", "https://broker.example/data/zh/privacy"),
])
def test_addresses_in_mails_begin_as_the_operator_says(app, monkeypatch, root, expected):
    monkeypatch.setitem(app.config, "BASE_URL", root)
    with app.test_request_context("/"):
        assert public_url("public.privacy", "zh") == expected
