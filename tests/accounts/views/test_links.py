"""The pages to which mailed links lead, and those on which a link is asked for."""

from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.accounts import service, tokens
from broker_admin.accounts.tokens import INVITE, LASTS, MOVE, RESET, VERIFY
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from tests.accounts.outgoing import last_link, messages
from tests.conftest import NOON
from tests.factories import PASSWORD, make_user

NEW = "seven quiet otters sleep"
PAGES = {VERIFY: "verify", RESET: "reset", INVITE: "invitation", MOVE: "new-address"}
PASSWORDS = {"password": NEW, "repeated": NEW}
INVALID = {"zh": "该链接已失效，请重新获取。", "en": "This link is not valid any more. Ask for a new one."}


def path(user, purpose):
    address = "new@example.org" if purpose == MOVE else ""
    return f"/account/{PAGES[purpose]}/{tokens.make(user, purpose, address)}"


def follow(browser, link):
    return browser.submit(link, **PASSWORDS)


@pytest.mark.parametrize("purpose", LASTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_opens_its_page(browser, purpose, language):
    user = make_user(email_verified_at=None)
    assert browser.get(f"/{language}{path(user, purpose)}").status_code == 200


@pytest.mark.parametrize("purpose", LASTS)
def test_looking_at_the_page_does_not_use_the_link(browser, purpose):
    # Mail scanners follow every link before the person does.
    link = path(make_user(), purpose)
    for _ in range(3):
        assert browser.get(link).status_code == 200
    assert follow(browser, link).status_code == 302


@pytest.mark.parametrize("purpose", LASTS)
def test_a_followed_link_leads_to_signing_in(browser, purpose):
    answer = follow(browser, path(make_user(), purpose))
    assert answer.location == "/account/sign-in"
    assert browser.get("/account/profile").status_code == 302


@pytest.mark.parametrize("purpose", LASTS)
def test_a_link_is_followed_once(browser, purpose):
    link = path(make_user(), purpose)
    follow(browser, link)
    assert browser.get(link).status_code == 409


@pytest.mark.parametrize("purpose", LASTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_old_link_is_refused_in_words(browser, purpose, language):
    with clock.at(NOON):
        link = path(make_user(), purpose)
    answer = browser.get(f"/{language}{link[:-4]}AAAA")
    assert answer.status_code == 409
    assert INVALID[language] in answer.text


@pytest.mark.parametrize("purpose", LASTS)
def test_a_link_ends_with_its_time(browser, purpose, time_machine):
    begin = now()
    time_machine.move_to(begin)
    link = path(make_user(), purpose)
    time_machine.move_to(begin + LASTS[purpose] - timedelta(seconds=5))
    assert browser.get(link).status_code == 200
    time_machine.move_to(begin + LASTS[purpose] + timedelta(seconds=5))
    assert browser.get(link).status_code == 409


@pytest.mark.parametrize("purpose", LASTS)
def test_a_link_ends_with_the_account(browser, purpose):
    user = make_user()
    link = path(user, purpose)
    user.disabled_at = NOON
    db.session.commit()
    assert browser.get(link).status_code == 409


@pytest.mark.parametrize("shown", LASTS)
@pytest.mark.parametrize("made", LASTS)
def test_a_link_serves_only_its_own_page(browser, shown, made):
    user = make_user()
    link = path(user, made).replace(f"/{PAGES[made]}/", f"/{PAGES[shown]}/")
    assert browser.get(link).status_code == (200 if shown == made else 409)


@pytest.mark.parametrize("purpose", LASTS)
@pytest.mark.parametrize("token", ["x", "a.b.c", "WzEsMl0.abc", "." * 500, "☃"])
def test_a_made_up_link_is_refused_politely(browser, purpose, token):
    assert browser.get(f"/account/{PAGES[purpose]}/{token}").status_code == 409


@pytest.mark.parametrize("purpose", LASTS)
def test_posting_without_a_token_follows_nothing(browser, purpose):
    link = path(make_user(), purpose)
    db.session.commit()
    assert browser.post(link, data=PASSWORDS).status_code == 400
    assert browser.get(link).status_code == 200


@pytest.mark.parametrize("purpose", [RESET, INVITE])
@pytest.mark.parametrize("changed", [
    {"password": "short", "repeated": "short"}, {"repeated": "something else entirely"},
    {"password": "", "repeated": ""}, {"password": "password1234", "repeated": "password1234"},
])
def test_a_weak_password_leaves_the_link_good(browser, purpose, changed):
    user = make_user()
    link = path(user, purpose)
    assert browser.submit(link, **{**PASSWORDS, **changed}).status_code == 422
    assert service.check_password(user.email, PASSWORD) is user
    assert follow(browser, link).status_code == 302


def test_a_second_click_sets_the_password_once(browser):
    user = make_user()
    link = path(user, RESET)
    page = browser.get(link).text
    answers = {**PASSWORDS, **hidden(page)}
    codes = [browser.post(link, data=answers).status_code for _ in range(2)]
    assert codes[0] == 302
    names = db.session.scalars(db.select(AuditEntry.name)).all()
    assert names.count("user.password_changed") == 1


def hidden(page):
    found = {}
    for name in ("csrf_token", "once"):
        found[name] = page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]
    return found


ASKING = {"/account/forgotten": "30 分钟", "/account/confirmation": "六小时内最多三次"}


@pytest.mark.parametrize(("page", "words"), ASKING.items())
def test_asking_for_a_link_explains_it_in_chinese(browser, page, words):
    assert words in browser.get(f"/zh{page}").text


@pytest.mark.parametrize("page", ASKING)
@pytest.mark.parametrize("email", ["nobody@example.org", "known", "closed"])
def test_the_answer_does_not_tell_who_has_an_account(browser, page, email):
    addresses = {"known": lambda: make_user().email, "closed": lambda: make_user(disabled_at=NOON).email}
    typed = addresses.get(email, lambda: email)()
    answer = browser.submit(page, email=typed)
    assert (answer.status_code, answer.location) == (302, "/account/check-mail")
    assert typed not in browser.get(answer.location).text


@pytest.mark.parametrize("page", ASKING)
@pytest.mark.parametrize("email", ["", "nobody", "x" * 300 + "@example.org", "a\0@example.org x"])
def test_what_is_no_address_gets_no_link(browser, page, email):
    answer = browser.submit(page, email=email)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert messages() == []


@pytest.mark.parametrize(("page", "most"), [("/account/forgotten", 5), ("/account/confirmation", 3)])
def test_links_are_sent_only_so_often(browser, page, most):
    user = make_user(email_verified_at=None)
    codes = [browser.submit(page, email=user.email).status_code for _ in range(most + 1)]
    assert codes == [302] * most + [429]
    assert len(messages()) == most


def test_a_confirmation_may_be_asked_again_later(browser):
    user, begin = make_user(email_verified_at=None), now()
    with clock.at(begin):
        for _ in range(4):
            answer = browser.submit("/account/confirmation", email=user.email)
        assert "Try again in 6 hours." in answer.text
    with clock.at(begin + timedelta(hours=6)):
        assert browser.submit("/account/confirmation", email=user.email).status_code == 302


def test_from_a_lost_link_to_signing_in(browser):
    user = make_user(email_verified_at=None)
    browser.submit("/account/confirmation", email=user.email)
    browser.submit(last_link())
    answer = browser.submit("/account/sign-in", email=user.email, password=PASSWORD)
    assert answer.location == "/my/"


@pytest.mark.parametrize("page", ["/account/sign-in", "/account/check-mail"])
def test_the_way_to_a_new_link_is_shown(browser, page):
    assert 'href="/account/confirmation"' in browser.get(page).text
