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


# Each role's menu, written by hand a second time: what an officer has no business with is not there.
MENUS = {
    Role.INTAKE_OFFICER: "/desk /applications/worklist /licenses/worklist",
    Role.REVIEWER: "/desk /applications/worklist /licenses/worklist",
    Role.DECIDER: "/desk /applications/worklist /licenses/worklist /complaints/worklist "
                  "/cases/worklist /supervision/worklist",
    Role.LEGAL_REVIEWER: "/desk /applications/worklist /licenses/worklist /cases/worklist",
    Role.ENFORCEMENT_OFFICER: "/desk /applications/worklist /licenses/worklist "
                              "/complaints/worklist /cases/worklist /supervision/worklist",
    Role.SUPERVISION_OFFICER: "/desk /applications/worklist /licenses/worklist "
                              "/supervision/worklist",
    Role.EXAM_ADMIN: "/desk /exams/administration",
    Role.QUESTION_AUTHOR: "/desk /exams/administration",
    Role.AUDITOR: "/desk /applications/worklist /licenses/worklist /complaints/worklist "
                  "/cases/worklist /supervision/worklist /audit /admin/calendar /admin/regimes",
    Role.ADMINISTRATOR: "/desk /admin/users /admin/calendar /admin/regimes",
}


@pytest.mark.parametrize("role", Role)
def test_each_role_has_exactly_its_menu(browser, role):
    browser.sign_in(make_user(role))
    assert [target.rstrip("/") for target in menu(browser)] == MENUS[role].split()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_links_of_the_menu_keep_the_language(browser, language):
    assert all(target.startswith(f"/{language}") for target in menu(browser, f"/{language}/contact"))


@pytest.mark.parametrize("link", STAFF, ids=lambda link: link.endpoint)
def test_a_page_in_the_menu_demands_the_same_right(app, link):
    view = app.view_functions[link.endpoint]
    assert link.permission in {None, view.permission}


@pytest.mark.parametrize("link", [*PUBLIC, *MEMBER], ids=lambda link: link.endpoint)
def test_every_link_leads_to_a_page(app, link):
    assert link.endpoint in app.view_functions


def test_an_installation_without_a_room_has_no_link_to_it(app, monkeypatch):
    monkeypatch.delitem(app.view_functions, "complaints.start")
    with app.test_request_context("/en/"):
        assert "Complain or report" not in [link["label"] for link in links(app)]


def test_an_unknown_page_is_nowhere_in_the_menu(browser):
    assert 'aria-current' not in menu_html(browser, "/nowhere")


def menu_html(browser, path):
    return re.search(r'<ul class="govuk-service-navigation__list".*?</ul>',
                     browser.get(path).text, re.S)[0]


def test_a_page_inside_a_room_marks_its_link(browser):
    marked = menu_html(browser, "/complaints/new")
    assert marked.count("aria-current") == 1
    assert re.search(r'href="/complaints[^"]*"[^>]*aria-current', marked)
