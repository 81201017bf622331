import pytest

from broker_admin.accounts.models import Throttle, UserSession
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.accounts.outgoing import last_link, messages
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
    assert answer.status_code == 422
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


ADDRESS = "/account/address"


def move(browser, email="new@example.org", current=PASSWORD, prefix=""):
    return browser.submit(f"{prefix}{ADDRESS}", email=email, current=current)


def test_from_one_address_to_another(browser):
    user = make_user()
    old = user.email
    browser.sign_in(user)
    assert move(browser).location == "/account/check-mail"
    assert user.email == old
    browser.submit(last_link())
    assert user.email == "new@example.org"
    assert browser.get("/account/profile").status_code == 302
    answer = browser.submit("/account/sign-in", email="new@example.org", password=PASSWORD)
    assert answer.location == "/my/"


def test_the_new_address_is_not_in_the_link(browser):
    browser.sign_in(make_user())
    move(browser)
    assert "new@example.org" not in last_link()


@pytest.mark.parametrize(("email", "current", "code"), [
    ("", PASSWORD, 422), ("nobody", PASSWORD, 422), ("new@example.org", "", 422),
    ("x" * 300 + "@example.org", PASSWORD, 422), ("new@example.org", "wrong password here", 422),
])
def test_a_wrong_move_changes_nothing(browser, email, current, code):
    user = make_user()
    before = user.email
    assert move(browser.sign_in(user), email, current).status_code == code
    assert (user.email, messages()) == (before, [])


def test_what_was_typed_stays_but_for_the_password(browser):
    page = move(browser.sign_in(make_user()), "nobody", PASSWORD).text
    assert 'value="nobody"' in page
    assert PASSWORD not in page


def test_a_taken_address_gets_the_same_answer(browser):
    browser.sign_in(make_user())
    free, taken = move(browser), move(browser, make_user().email)
    assert (free.status_code, free.location) == (taken.status_code, taken.location)


@pytest.mark.parametrize(("language", "words"), [("zh", "当前密码"), ("en", "current password is not right")])
def test_a_wrong_password_is_said_in_the_readers_language(browser, language, words):
    browser.sign_in(make_user())
    assert words in move(browser, current="wrong password here", prefix=f"/{language}").text


def test_mail_to_new_addresses_is_limited(browser):
    browser.sign_in(make_user())
    codes = [move(browser, f"new{number}@example.org").status_code for number in range(6)]
    assert codes == [302] * 5 + [429]


def test_passwords_are_not_guessed_by_moving(browser):
    user = make_user()
    browser.sign_in(user)
    move(browser, current="wrong password here")
    counted = db.session.scalars(db.select(Throttle.key).where(Throttle.count == 1)).all()
    assert {key.split(":")[0] for key in counted} >= {"sign_in account", "sign_in address"}


def test_every_signed_in_browser_is_listed(app, browser):
    user = make_user()
    phone, desk = app.test_client().sign_in(user), browser.sign_in(user)
    app.test_client().sign_in(make_user())
    page = desk.get("/account/profile").text
    assert page.count("/account/browsers/") == 2
    assert page.count("(this one)") == 1
    assert phone.get("/zh/account/profile").text.count("（本设备）") == 1


@pytest.mark.parametrize(("agent", "language", "words"), [
    ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "en", "Firefox on Linux"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "zh", "Linux 上的 Firefox"),
    ("Other/1.0 (Android 15)", "en", "Android"), ("curl/8.5.0", "en", "Unknown browser"),
])
def test_a_browser_is_named_as_people_know_it(browser, agent, language, words):
    browser.sign_in(make_user())
    db.session.scalars(db.select(UserSession)).one().agent = agent
    db.session.commit()
    page = browser.get(f"/{language}/account/profile").text
    assert words in page
    assert agent not in page


def test_a_browsers_name_cannot_become_a_script(browser):
    user = make_user()
    browser.submit("/account/sign-in", email=user.email, password=PASSWORD)
    row = db.session.scalars(db.select(UserSession)).one()
    row.agent = "<script>alert(1)</script>"
    db.session.commit()
    assert "<script>alert(1)" not in browser.get("/account/profile").text


def test_ending_this_browser_signs_it_out(browser):
    browser.sign_in(make_user())
    row = db.session.scalars(db.select(UserSession)).one()
    browser.submit(f"/account/browsers/{row.id}/end", page="/account/profile")
    assert browser.get("/account/profile").status_code == 302


@pytest.mark.parametrize("number", [0, 10**6, 10**30])
def test_a_browser_that_is_none_cannot_be_ended(browser, number):
    browser.sign_in(make_user())
    answer = browser.submit(f"/account/browsers/{number}/end", page="/account/profile")
    assert answer.status_code == 404
    assert db.session.scalar(db.select(db.func.count(UserSession.id))) == 1


@pytest.mark.parametrize("name", ["<b>x</b>", "O'Brien", "欧阳·娜", "x" * 50])
def test_a_name_is_shown_as_it_was_typed(browser, name):
    user = make_user()
    browser.sign_in(user).submit("/account/profile", name=name, language="en")
    assert user.name == name
    assert "<b>x</b>" not in browser.get("/account/profile").text


@pytest.mark.parametrize("name", ["\0", " \u200b ", "\u202e"])
def test_an_invisible_name_is_none(browser, name):
    user = make_user(name="Before")
    answer = browser.sign_in(user).submit("/account/profile", name=name, language="en")
    assert answer.status_code == 422
    assert user.name == "Before"


def test_the_language_of_mails_follows_the_profile(browser):
    user = make_user(language="en")
    browser.sign_in(user).submit("/account/profile", name="Li", language="zh")
    browser.submit("/account/password", current=PASSWORD, password=NEW, repeated=NEW)
    assert messages()[-1].title == "您的密码已修改"


@pytest.mark.parametrize("changed", [
    {"password": "short", "repeated": "short"}, {"repeated": "other words than before"},
    {"current": ""}, {"password": "", "repeated": ""},
])
def test_a_bad_new_password_keeps_the_old_one(browser, changed):
    user = make_user()
    before = user.password_hash
    answers = {"current": PASSWORD, "password": NEW, "repeated": NEW, **changed}
    assert browser.sign_in(user).submit("/account/password", **answers).status_code == 422
    assert user.password_hash == before
    assert browser.get("/account/profile").status_code == 200


@pytest.mark.parametrize("page", ["/account/profile", "/account/password", ADDRESS])
def test_a_visitor_has_no_account_pages(browser, page):
    answer = browser.get(page)
    assert (answer.status_code, answer.location) == (302, f"/account/sign-in?next={page}")


@pytest.mark.parametrize("page", ["/account/profile", "/account/password", ADDRESS])
@pytest.mark.parametrize("roles", [(), (Role.DECIDER,), (Role.ADMINISTRATOR,)])
def test_everybody_has_their_own_account_pages(browser, page, roles):
    answer = browser.sign_in(make_user(*roles)).get(f"/zh{page}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
