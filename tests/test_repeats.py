import re

import pytest
import sqlalchemy as sa

from broker_admin.accounts.models import Organization
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Role
from broker_admin.repeats import UsedForm
from tests.factories import make_user


@pytest.fixture
def administrator(browser):
    user = make_user(Role.ADMINISTRATOR)
    browser.sign_in(user)
    return user


def hidden(browser, path):
    page = browser.get(path).text
    return {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]
            for name in ("csrf_token", "once")}


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_form_handed_in_twice_is_done_once(browser, administrator):
    user = make_user()
    page = f"/admin/users/{user.id}"
    answers = {**hidden(browser, page), "role": "reviewer"}
    first = browser.post(f"{page}/give-role", data=answers)
    again = browser.post(f"{page}/give-role", data=answers)
    assert (first.status_code, again.status_code) == (302, 303)
    assert again.location == first.location
    names = db.session.scalars(sa.select(AuditEntry.name)).all()
    assert names == ["user.role_given"]


def test_a_form_with_a_mistake_may_be_handed_in_again(browser, administrator):
    answers = {**hidden(browser, "/admin/users/new"), "name": "Wang", "role": "reviewer",
               "language": "zh"}
    assert browser.post("/admin/users/new", data=answers).status_code == 422
    assert browser.post("/admin/users/new",
                        data={**answers, "email": "wang@example.org"}).status_code == 302


def test_two_forms_are_two_forms(browser, administrator):
    user = make_user()
    browser.submit(f"/admin/users/{user.id}/give-role", page=f"/admin/users/{user.id}",
                   role="reviewer")
    browser.submit(f"/admin/users/{user.id}/give-role", page=f"/admin/users/{user.id}",
                   role="decider")
    assert user.roles == {Role.REVIEWER, Role.DECIDER}
    assert count(UsedForm) == 2


@pytest.mark.parametrize("key", ["", "x", "a b c d e f g h i j", "x" * 65, "../../../etc/passwd"])
def test_a_senseless_key_is_not_kept(browser, administrator, key):
    user = make_user()
    answers = {**hidden(browser, f"/admin/users/{user.id}"), "role": "reviewer", "once": key}
    assert browser.post(f"/admin/users/{user.id}/give-role", data=answers).status_code == 302
    assert count(UsedForm) == 0


def test_a_refused_form_does_not_use_its_key(browser, administrator):
    page = f"/admin/users/{administrator.id}"
    browser.submit(f"{page}/give-role", page=page, role="reviewer")
    assert count(UsedForm) == 0
    assert count(Organization) == 0
