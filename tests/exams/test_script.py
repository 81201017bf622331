"""The paper with its script, in a real browser: saved at once, kept offline, one window at a time."""

from datetime import timedelta

import pytest

from broker_admin import create_app
from broker_admin.clock import now
from broker_admin.db import db, transaction
from broker_admin.exams import queries
from broker_admin.exams.models import ExamAttempt
from broker_admin.exams.service import attempts
from tests.conftest import settings
from tests.exams.browser import chromium, served, sign_in
from tests.exams.factories import make_bank, make_candidate, make_sitting, seal, seat


@pytest.fixture
def shared(fresh_database_url):
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def begun(app, left=30 * 60):
    """A paper that closes in so many seconds, and its candidate's address."""
    with app.test_request_context(method="POST"), transaction():
        make_bank()
        opens = now() + timedelta(seconds=left) - timedelta(minutes=30)
        sitting = make_sitting(opens_at=opens, at=opens - timedelta(days=9))
        candidate = make_candidate()
        seat(sitting, candidate, at=opens - timedelta(days=8))
        seal(sitting, at=opens - timedelta(days=2))
        attempt = queries.attempts_of(sitting)[0]
        attempts.start(attempt, actor=candidate.user, at=opens)
        db.session.flush()
        return attempt.id, candidate.user.email


@pytest.fixture
def desk(shared):
    """A signed-in page on the first question; what it opened; how to read what is stored."""
    number, email = begun(shared)
    with served(shared) as root, chromium() as browser:
        context = browser.new_context()
        page = context.new_page()
        sign_in(page, root, email)
        page.goto(f"{root}/en/exams/attempts/{number}/questions/1")
        yield page, context, lambda: stored(shared, number)


def stored(app, number):
    with app.app_context():
        attempt = db.session.get(ExamAttempt, number)
        return {a.position: (a.letters, a.flagged) for a in attempt.answers}


def choose(page, letter):
    page.locator(f"label[for=v-{letter}]").click()


def wait_for(page, part, words):
    page.locator(f"[data-exam-{part}]", has_text=words).wait_for(timeout=15_000)


def test_an_answer_is_saved_when_given(desk):
    page, _, read = desk
    choose(page, "B")
    wait_for(page, "saved", "Saved at")
    page.locator("label[for=flag]").click()
    wait_for(page, "counts", "1 answered · 3 not answered · 1 flagged")
    page.wait_for_timeout(800)
    assert read() == {1: (["B"], True)}


def test_the_buttons_save_under_the_windows_name(desk):
    page, _, read = desk
    choose(page, "A")
    page.click("[data-exam-next]")
    page.wait_for_url("**/questions/2")
    choose(page, "C")
    wait_for(page, "saved", "Saved at")
    assert read() == {1: (["A"], False), 2: (["C"], False)}


def test_the_clock_of_the_computer_does_not_matter(desk):
    page, _, read = desk
    page.evaluate("Date.now = () => 0")
    choose(page, "D")
    page.wait_for_timeout(1_500)
    assert page.locator("[data-exam-time]").inner_text() > "00:29:00"
    assert read() == {1: (["D"], False)}


def test_without_a_connection_nothing_is_lost(desk):
    page, context, read = desk
    page.wait_for_timeout(500)
    context.set_offline(True)
    choose(page, "A")
    wait_for(page, "connection", "No connection")
    assert read() == {}
    context.set_offline(False)
    wait_for(page, "connection", "The connection is back")
    assert read() == {1: (["A"], False)}


def test_what_was_not_sent_survives_a_reload(desk):
    page, _, read = desk
    page.wait_for_timeout(500)
    page.route("**/answers", lambda route: route.abort())
    choose(page, "C")
    wait_for(page, "saved", "Not saved yet")
    page.unroute("**/answers")
    page.reload()
    wait_for(page, "saved", "Saved at")
    assert read() == {1: (["C"], False)}


def test_a_second_window_must_ask(desk):
    page, context, read = desk
    choose(page, "A")
    wait_for(page, "saved", "Saved at")
    second = context.new_page()
    second.goto(page.url)
    wait_for(second, "connection", "another window")
    second.get_by_role("button", name="Continue here").click()
    second.wait_for_load_state()
    choose(second, "B")
    wait_for(second, "saved", "Saved at")
    choose(page, "D")
    wait_for(page, "connection", "another window")
    assert read() == {1: (["B"], False)}


def test_the_last_minutes_are_told_and_the_end_closes(shared):
    number, email = begun(shared, left=14)
    with served(shared) as root, chromium() as browser:
        page = browser.new_page()
        sign_in(page, root, email)
        page.goto(f"{root}/en/exams/attempts/{number}/questions/1")
        choose(page, "A")
        wait_for(page, "warning", "1 minutes left")
        page.wait_for_url("**/finished", timeout=40_000)
        assert "The time is up" in page.inner_text("main")
    assert stored(shared, number) == {1: (["A"], False)}
