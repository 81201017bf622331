import re

import pytest

from broker_admin.navigation import MEMBER, PUBLIC, STAFF, links
from broker_admin.permissions import GRANTS, Role
from tests.factories import make_user


def menu(browser, path="/contact"):
    navigation = re.search(r'<ul class="govuk-service-navigation__list".*?</ul>',
                           browser.get(path).text, re.S)
    return re.findall(r'href="([^"]+)"', navigation[0])


def test_visitors_have_the_public_menu(app, browser):
    assert menu(browser)[0] == "/"
    assert not any(target.startswith(("/admin", "/audit")) for target in menu(browser))


def test_members_find_their_organisation(browser):
    browser.sign_in(make_user())
    assert "/account/organizations" in menu(browser)
    assert "/admin/users" not in menu(browser)


@pytest.mark.parametrize("role", Role)
def test_staff_see_only_what_they_may_open(browser, role):
    browser.sign_in(make_user(role))
    for target in menu(browser):
        assert browser.get(target).status_code == 200, target


def test_administrators_find_users_and_law(browser):
    browser.sign_in(make_user(Role.ADMINISTRATOR))
    assert {"/admin/users", "/admin/calendar", "/admin/regimes"} <= set(menu(browser))


@pytest.mark.parametrize("path", ["/admin/calendar", "/admin/regimes", "/admin/users"])
def test_one_link_at_a_time_is_here(browser, path):
    browser.sign_in(make_user(Role.ADMINISTRATOR))
    page = browser.get(path).text
    assert page.count('aria-current="true"') == 1


def test_every_permission_of_the_menu_is_held_by_a_role():
    held = frozenset().union(*GRANTS.values())
    assert {link.permission for link in STAFF if link.permission} <= held


def test_words_of_the_menu_are_marked_for_translation(app, browser):
    english = {link.label for link in (*PUBLIC, *MEMBER)}
    with app.test_request_context("/", environ_base={"broker_admin.language": "zh"}):
        shown = {link["label"] for link in links(app)}
    assert shown
    assert not shown & english
