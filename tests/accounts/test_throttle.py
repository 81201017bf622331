from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.exceptions import TooManyRequests

from broker_admin import clock, create_app
from broker_admin.accounts.models import Throttle
from broker_admin.accounts.throttle import LIMITS, Window, slow_down
from broker_admin.db import db
from tests.conftest import settings

BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
FIVE = Window(5, timedelta(minutes=5))


@pytest.mark.parametrize(("count", "seconds", "wait"), [
    (1, 0, 0), (5, 10, 0), (6, 0, 300), (6, 290, 10), (100, 299, 1),
])
def test_only_what_goes_beyond_waits(count, seconds, wait):
    assert FIVE.wait(count, BEGAN, BEGAN + timedelta(seconds=seconds)) == wait


def _tries(number, account="a@example.org"):
    for _ in range(number):
        slow_down("sign_in", account)


def test_a_window_opens_again(app):
    with app.test_request_context():
        with clock.at(BEGAN):
            _tries(10)
            with pytest.raises(TooManyRequests) as refused:
                _tries(1)
        assert refused.value.retry_after == 300
        with clock.at(BEGAN + timedelta(minutes=5)):
            _tries(1)


def test_one_account_does_not_slow_another(app):
    with app.test_request_context(), clock.at(BEGAN):
        _tries(10)
        _tries(1, "b@example.org")
        assert db.session.scalar(db.select(db.func.max(Throttle.count))) == 11


def test_addresses_are_not_kept_in_the_clear(app):
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.9"}), clock.at(BEGAN):
        _tries(1)
    keys = db.session.scalars(db.select(Throttle.key)).all()
    assert keys
    assert not any("example" in key or "127" in key for key in keys)


def test_every_limit_is_a_window():
    assert all(window.most > 0 and window.lasts > timedelta(0) for window in LIMITS.values())


@pytest.fixture
def shared_app(fresh_database_url):
    """An app on a database that several connections use at once."""
    app = create_app(settings(fresh_database_url))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        db.create_all()
    # Outside of the context: each request has its own, as in service.
    yield app
    with app.app_context():
        db.engine.dispose()


def post_wrong(app):
    answers = {"email": "li@example.org", "password": "wrong"}
    return app.test_client().post("/account/sign-in", data=answers).status_code


def test_a_refused_request_keeps_its_count(shared_app):
    assert [post_wrong(shared_app) for _ in range(11)] == [422] * 10 + [429]


def test_requests_at_once_lose_no_count(shared_app):
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: post_wrong(shared_app), range(14)))
    assert sorted(codes) == [422] * 10 + [429] * 4
