from enum import StrEnum

import pytest
from flask import abort
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import TooManyRequests

from broker_admin import create_app
from broker_admin.accounts.models import User
from broker_admin.db import db
from broker_admin.errors import SENTENCES
from broker_admin.refusals import N_, Refused
from broker_admin.templating import LABELS
from tests.conftest import settings
from tests.factories import make_user

CODES = sorted(set(SENTENCES) - {500, 503})


def fail_with(error):
    def view():
        raise error

    return view


def abort_with(code):
    def view():
        abort(code)

    return view


@pytest.fixture(scope="module")
def broken():
    """An app of its own with pages that fail in every way."""
    app = create_app(settings("sqlite://"))
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    for code in SENTENCES:
        app.add_url_rule(f"/fail/{code}", f"fail_{code}", abort_with(code))
    failures = {
        "refused": Refused(N_("No, %(why)s."), why="because"), "stale": StaleDataError(),
        "bug": ZeroDivisionError("secret detail"), "overflow": OverflowError("too large"),
        "wait": TooManyRequests(retry_after=77),
        "away": OperationalError("SELECT secret", {}, Exception("disk I/O error")),
    }
    for name, error in failures.items():
        app.add_url_rule(f"/fail/{name}", f"fail_{name}", fail_with(error))
    with app.app_context():
        db.create_all()
    # Outside of the context, which would keep the language of the first request.
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


def get(client, path):
    return client.get(path, headers={"Accept-Language": "en"})


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_sentence(broken, code):
    answer = get(broken, f"/en/fail/{code}")
    assert answer.status_code == code
    assert SENTENCES[code] in answer.text


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_chinese_page(broken, code):
    answer = get(broken, f"/zh/fail/{code}")
    assert answer.status_code == code
    assert SENTENCES[code] not in answer.text
    assert 'lang="zh-CN"' in answer.text


def test_a_refusal_says_why_in_words(broken):
    answer = get(broken, "/fail/refused")
    assert answer.status_code == 409
    assert "No, because." in answer.text


def test_a_change_in_the_meantime_is_a_conflict(broken):
    answer = get(broken, "/fail/stale")
    assert answer.status_code == 409
    assert "Somebody else changed this" in answer.text


def test_a_mistake_of_ours_has_a_number_and_no_trace(broken):
    answer = get(broken, "/fail/bug")
    assert answer.status_code == 500
    assert "give this number:" in answer.text
    for secret in ("ZeroDivisionError", "secret detail", "Traceback", "test_errors"):
        assert secret not in answer.text


def test_two_mistakes_have_two_numbers(broken):
    assert get(broken, "/fail/bug").text != get(broken, "/fail/bug").text


def test_a_number_too_large_is_bad_input(broken):
    assert get(broken, "/fail/overflow").status_code == 400


def test_a_page_says_when_to_try_again(broken):
    answer = get(broken, "/fail/wait")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "77")


def test_a_database_that_is_away_is_said_without_details(broken):
    answer = get(broken, "/fail/away")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "SELECT" not in answer.text
    assert "disk" not in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/%00", "/%ff", "/a" * 500, "/..%2f..%2fetc/passwd"])
def test_an_unknown_address_is_a_page(broken, path):
    answer = get(broken, path)
    assert answer.status_code in {400, 404}
    assert "<h1" in answer.text


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_an_unused_method_is_refused_with_a_page(broken, method):
    answer = getattr(broken, method)("/privacy")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("body", [b"\x00", b"a=%FF%00", b"=" * 5000, b"&" * 900])
def test_a_body_of_rubbish_is_no_mistake_of_ours(broken, body):
    answer = broken.post("/account/sign-in", data=body,
                         content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {400, 413, 422, 429}


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x",
                                  "application/json", "text/plain", "\\", ""])
def test_a_body_of_another_kind_is_no_mistake_of_ours(broken, kind):
    answer = broken.post("/account/sign-in", data=b"{]", content_type=kind)
    assert answer.status_code in {400, 413, 422, 429}


def test_a_refused_request_changes_nothing(app, browser):
    user = make_user()
    browser.sign_in(user)
    browser.submit("/account/profile", name="", language="en")
    assert db.session.get(User, user.id).name.startswith("Person")


class _Status(StrEnum):
    UNDER_REVIEW = "under_review"


@pytest.mark.parametrize(("path", "word"), [("/en", "Being reviewed"), ("/zh", "审查中的状态")])
def test_a_refusal_names_states_in_the_readers_words(broken, monkeypatch, path, word):
    monkeypatch.setitem(LABELS, ("_Status", "under_review"), word)
    app = broken.application
    app._got_first_request = False
    app.add_url_rule(f"/state{path}", f"state{path[1:]}", fail_with(
        Refused(N_("This has already moved on: it is now “%(status)s”, so this step is not open."),
                status=_Status.UNDER_REVIEW)))
    page = get(broken, f"{path}/state{path}").text
    assert f"“{word}”" in page
    assert "under_review" not in page
