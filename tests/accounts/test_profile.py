import pytest

from broker_admin.accounts.models import UserSession
from broker_admin.db import db
from tests.factories import PASSWORD, make_user

NEW = "seven quiet otters sleep"


def test_name_and_language_are_changed(browser):
    user = make_user()
    answer = browser.sign_in(user).submit("/account/profile", name="李敏", language="zh")
    assert answer.status_code == 302
    assert (user.name, user.language) == ("李敏", "zh")


@pytest.mark.parametrize("changed", [{"name": ""}, {"language": "fr"}, {"name": "x" * 51}])
def test_bad_profiles_change_nothing(browser, changed):
    user = make_user(name="Before")
    answer = browser.sign_in(user).submit(
        "/account/profile", **{"name": "After", "language": "en", **changed})
    assert answer.status_code == 422
    db.session.refresh(user)
    assert user.name == "Before"


def test_a_new_password_ends_every_session(browser):
    user = make_user()
    answer = browser.sign_in(user).submit("/account/password", current=PASSWORD, password=NEW,
                                          repeated=NEW)
    assert answer.status_code == 302
    assert browser.get("/account/profile").status_code == 302
    assert db.session.scalar(db.select(db.func.count(UserSession.id))) == 0


def test_the_current_password_must_fit(browser):
    user = make_user()
    before = user.password_hash
    answer = browser.sign_in(user).submit("/account/password", current="not this one here",
                                          password=NEW, repeated=NEW)
    assert answer.status_code == 409
    assert user.password_hash == before


def test_one_browser_can_be_ended(browser, app):
    user, other = make_user(), app.test_client()
    other.sign_in(user)
    browser.sign_in(user)
    row = db.session.scalars(db.select(UserSession).order_by(UserSession.id)).first()
    browser.submit(f"/account/browsers/{row.id}/end", page="/account/profile")
    assert other.get("/account/profile").status_code == 302
    assert browser.get("/account/profile").status_code == 200


def test_nobody_ends_the_browsers_of_others(browser, app):
    other = app.test_client()
    other.sign_in(make_user())
    row = db.session.scalars(db.select(UserSession)).one()
    answer = browser.sign_in(make_user()).submit(f"/account/browsers/{row.id}/end",
                                                 page="/account/profile")
    assert answer.status_code == 404
