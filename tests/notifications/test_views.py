import pytest

from broker_admin.permissions import Role
from tests.conftest import NOON
from tests.factories import make_user
from tests.notifications.test_delivery import make_message


def test_the_inbox_shows_what_i_was_told(browser):
    owner = make_user()
    make_message(owner, title="Your application is accepted")
    make_message(make_user(), title="Somebody else's news")
    page = browser.sign_in(owner).get("/inbox")
    assert page.status_code == 200
    assert "Your application is accepted" in page.text
    assert "Somebody else" not in page.text


@pytest.mark.parametrize("roles", [[], [Role.DECIDER], [Role.AUDITOR]])
def test_everybody_who_signs_in_has_an_inbox(browser, roles):
    assert "You have no messages." in browser.sign_in(make_user(*roles)).get("/inbox").text


def test_opening_a_message_marks_it_as_read(browser):
    owner = make_user()
    message = make_message(owner, body="Look: https://example.org/x\n<script>alert(1)</script>")
    browser.sign_in(owner)
    assert "1 message is unread." in browser.get("/inbox").text
    page = browser.get(f"/inbox/{message.id}").text
    assert 'href="https://example.org/x"' in page
    assert "<script>alert(1)" not in page
    assert "is unread" not in browser.get("/inbox").text
    assert message.read_at


def test_a_strangers_message_is_not_there(browser):
    message = make_message(make_user())
    assert browser.sign_in(make_user(Role.AUDITOR)).get(f"/inbox/{message.id}").status_code == 404
    assert message.read_at is None


def test_all_messages_can_be_marked_as_read(browser):
    owner, stranger = make_user(), make_user()
    mine, other = make_message(owner), make_message(stranger)
    answer = browser.sign_in(owner).submit("/inbox/read", page="/inbox")
    assert answer.status_code == 302
    assert mine.read_at
    assert other.read_at is None


def test_the_frame_counts_unread_messages(browser):
    owner = make_user()
    make_message(owner), make_message(owner, read_at=NOON)
    page = browser.sign_in(owner).get("/").text
    assert '<span class="app-badge">1<span class="govuk-visually-hidden"> unread</span>' in page


def test_a_number_beyond_the_database_is_not_there(browser):
    browser.sign_in(make_user())
    assert browser.get(f"/inbox/{10**30}").status_code in {400, 404}


@pytest.mark.parametrize(("environment", "code"), [("development", 200), ("demo", 200), ("production", 404)])
def test_the_outbox_exists_only_while_trying_out(browser, app, environment, code):
    make_message(body="Follow https://example.org/one-time")
    app.config["ENVIRONMENT"] = environment
    try:
        page = browser.get("/dev/outbox")
    finally:
        app.config["ENVIRONMENT"] = "test"
    assert page.status_code == code
    assert ('href="https://example.org/one-time"' in page.text) is (code == 200)


def test_an_empty_outbox_says_so(browser):
    assert "Nothing has been sent yet." in browser.get("/dev/outbox").text
