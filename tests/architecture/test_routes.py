"""Every page names its permission or stands on the list of public pages, both directions."""

import re

import pytest
from flask import Flask

from broker_admin.db import SAFE_METHODS, db
from broker_admin.permissions import Permission
from tests.factories import make_organization, make_user

# Pages that anybody may open, each because its room says so.
PUBLIC = {
    "static",
    "accounts.check_mail",
    "accounts.confirmation",
    "accounts.forgotten",
    "accounts.invitation",
    "accounts.new_address",
    "accounts.reset",
    "accounts.sign_in",
    "accounts.sign_up",
    "accounts.verify",
    "applications.eligibility",
    "complaints.complain",
    "complaints.filed",
    "complaints.follow",
    "complaints.followed",
    "complaints.leave",
    "complaints.reply",
    "complaints.report",
    "complaints.start",
    "complaints.withdraw",
    "exams.sitting",
    "exams.sittings",
    # Only outside production.
    "notifications.outbox",
    "jobs.ready",
    "public.accessibility",
    "public.contact",
    "public.health",
    "public.home",
    "public.preferences",
    "public.privacy",
    "supervision.public_report",
    "supervision.transcript",
    "register.certificate",
    "register.check",
    "register.check_certificate",
    "register.download",
    "register.feed",
    "register.notices",
    "register.search",
    "register.show",
    "register.verify",
}
# Asks the database for its version on a connection of its own, which these tests have not.
ON_ITS_OWN = {"jobs.ready"}


def views(app):
    return {rule.endpoint: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}


def rules_without_values(app, method):
    return [rule for rule in app.url_map.iter_rules()
            if method in rule.methods and not rule.arguments and rule.endpoint not in ON_ITS_OWN]


def test_every_page_has_a_permission_or_is_public(app):
    unguarded = {name for name, view in views(app).items() if not hasattr(view, "permission")}
    assert unguarded == PUBLIC


def test_every_permission_of_a_page_is_in_the_table(app):
    named = {view.permission for view in views(app).values() if hasattr(view, "permission")}
    assert named <= set(Permission)


def test_pages_that_change_something_need_a_token(app, browser):
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        assert browser.post(path).status_code == 400, rule.endpoint


def test_no_page_is_exempt_from_the_token(app):
    assert isinstance(app, Flask)
    assert app.extensions["csrf"]._exempt_views == set()
    assert app.extensions["csrf"]._exempt_blueprints == set()


def test_guarded_pages_lead_visitors_to_signing_in(app, browser):
    for rule in rules_without_values(app, "GET"):
        if rule.endpoint in PUBLIC:
            continue
        answer = browser.get(rule.rule)
        assert (answer.status_code, "/sign-in" in answer.location) == (302, True), rule.endpoint


def test_looking_at_pages_changes_nothing(app, browser):
    user = make_user()
    make_organization(user)
    browser.sign_in(user)
    for rule in rules_without_values(app, "GET"):
        browser.get(rule.rule)
        assert not db.session.new | db.session.dirty | db.session.deleted, rule.endpoint


@pytest.mark.parametrize("word", ["Secret Matter Ltd", "secret-person@example.org"])
def test_strangers_see_nothing_of_others_on_lists(app, browser, word):
    make_organization(make_user(email="secret-person@example.org"), name="Secret Matter Ltd")
    browser.sign_in(make_user())
    for rule in rules_without_values(app, "GET"):
        answer = browser.get(rule.rule)
        assert answer.status_code < 500, rule.endpoint
        assert word not in answer.text, rule.endpoint


def test_methods_are_only_those_that_the_house_uses(app):
    used = {method for rule in app.url_map.iter_rules() for method in rule.methods}
    assert used <= SAFE_METHODS | {"POST"}
