import pytest
from flask_babel import force_locale

from broker_admin import clock
from broker_admin.accounts.models import Throttle
from broker_admin.accounts.views.waiting import sentence
from broker_admin.db import db
from tests.conftest import NOON
from tests.factories import PASSWORD, make_user

WRONG = "wrong password here"


@pytest.mark.parametrize(("seconds", "chinese", "english"), [
    (1, "1 秒", "1 second."), (2, "2 秒", "2 seconds."), (59, "59 秒", "59 seconds."),
    (60, "1 分钟", "1 minute."), (61, "2 分钟", "2 minutes."), (300, "5 分钟", "5 minutes."),
    (3_600, "60 分钟", "60 minutes."), (3_601, "2 小时", "2 hours."), (86_400, "24 小时", "24 hours."),
])
def test_the_wait_is_said_in_words(app, seconds, chinese, english):
    with app.test_request_context(), force_locale("zh"):
        assert sentence(seconds) == f"尝试次数过多，请在 {chinese}后重试。"
    with app.test_request_context(), force_locale("en"):
        assert sentence(seconds) == f"Too many attempts. Try again in {english}"


def guess(browser, email, prefix="", times=1, password=WRONG):
    for _ in range(times):
        answer = browser.submit(f"{prefix}/account/sign-in", email=email, password=password)
    return answer


@pytest.mark.parametrize(("prefix", "words"), [
    ("/zh", "请在 5 分钟后重试"), ("/en", "Try again in 5 minutes."),
])
def test_the_eleventh_guess_is_told_to_wait(browser, prefix, words):
    with clock.at(NOON):
        answer = guess(browser, make_user().email, prefix, times=11)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert words in answer.text


def test_an_unknown_address_waits_as_a_known_one(app):
    with clock.at(NOON):
        known = guess(app.test_client(), make_user().email, times=11)
        unknown = guess(app.test_client(), "nobody@example.org", times=1)
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)


def test_the_right_password_waits_like_a_wrong_one(browser):
    user = make_user()
    with clock.at(NOON):
        guess(browser, user.email, times=10)
        assert guess(browser, user.email, password=PASSWORD).status_code == 429


def make_wait(app, user, failures=19):
    """Guesses from elsewhere have made this account wait."""
    guess(app.test_client(), user.email)
    db.session.execute(db.update(Throttle).where(Throttle.key.startswith("sign_in account"))
                       .values(count=failures))
    db.session.commit()


def test_the_wait_of_an_account_is_said(app, browser):
    user = make_user()
    with clock.at(NOON):
        make_wait(app, user)
        answer = guess(browser, user.email, password=PASSWORD)
    assert answer.status_code == 429
    assert "Try again in 15 minutes." in answer.text


def test_strangers_do_not_shut_the_owner_out(app, browser):
    user = make_user()
    guess(browser, user.email, password=PASSWORD)
    with clock.at(NOON):
        make_wait(app, user)
        assert guess(browser, user.email, password=PASSWORD).status_code == 302


def test_the_owners_browser_guesses_no_faster(browser):
    user = make_user()
    guess(browser, user.email, password=PASSWORD)
    browser.sign_out()
    with clock.at(NOON):
        assert guess(browser, user.email, times=11).status_code == 429
