"""No page opens for those it is not for, and none breaks for those it has nothing for."""

import pytest

from broker_admin.permissions import Role
from tests.factories import make_user


def guarded_paths(app):
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and hasattr(app.view_functions[rule.endpoint], "permission"):
            values = {name: 1 if converter.__class__.__name__ == "IntegerConverter" else "none"
                      for name, converter in rule._converters.items()}
            yield app.url_map.bind("localhost").build(rule.endpoint, values)


def test_no_guarded_page_opens_for_a_visitor(app, browser):
    codes = {path: browser.get(path).status_code for path in guarded_paths(app)}
    assert {path: code for path, code in codes.items() if code not in {302, 404}} == {}


def test_no_guarded_page_breaks_for_a_person_without_cases(app, browser):
    browser.sign_in(make_user())
    codes = {path: browser.get(path).status_code for path in guarded_paths(app)}
    assert {path: code for path, code in codes.items() if code not in {200, 302, 404}} == {}


@pytest.mark.parametrize("role", list(Role))
def test_no_guarded_page_breaks_for_any_role(app, browser, role):
    browser.sign_in(make_user(role))
    codes = {path: browser.get(path).status_code for path in guarded_paths(app)}
    assert {path: code for path, code in codes.items() if code not in {200, 302, 404, 422}} == {}
