from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.exceptions import TooManyRequests

from broker_admin import clock, create_app
from broker_admin.accounts.models import Throttle
from broker_admin.accounts.throttle import forgive, slow_down
from broker_admin.db import db
from tests.conftest import settings

BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
LI, WANG = "li@example.org", "wang@example.org"


@pytest.fixture
def asked(app):
    """A request from this address, so long after the beginning."""
    @contextmanager
    def ask(address="127.0.0.1", **after):
        moment = BEGAN + timedelta(**after)
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}), clock.at(moment):
            yield
    return ask


def try_(account=LI, times=1, action="sign_in"):
    for _ in range(times):
        slow_down(action, account)


def waits(account=LI, action="sign_in"):
    with pytest.raises(TooManyRequests) as refused:
        slow_down(action, account)
    return refused.value.retry_after


def counts():
    return sorted(db.session.scalars(db.select(Throttle.count)))


def fail_elsewhere(asked, times, account=LI):
    """Failures of one account from as many addresses, so that only the account is counted."""
    for number in range(times):
        with asked(f"10.0.0.{number}"):
            try_(account)


def test_an_address_waits_until_its_window_is_over(asked):
    with asked():
        for number in range(10):
            try_(f"p{number}@example.org")
        assert waits("another@example.org") == 300
    with asked(minutes=4, seconds=59):
        assert waits("another@example.org") == 1
    with asked(minutes=5):
        try_("another@example.org")


def test_one_address_does_not_slow_another(asked):
    with asked("10.0.0.1"):
        for number in range(10):
            try_(f"p{number}@example.org")
    with asked("10.0.0.2"):
        try_(WANG)


def test_an_account_waits_wherever_the_guesses_come_from(asked):
    fail_elsewhere(asked, 10)
    with asked("10.0.1.1"):
        assert waits() == 2
        try_(WANG)


@pytest.mark.parametrize(("failures", "seconds"), [(10, 2), (11, 4), (12, 8), (13, 16)])
def test_the_wait_of_an_account_grows(asked, failures, seconds):
    db.session.add(Throttle(key=key_of(asked), window_began_at=BEGAN, count=failures))
    db.session.commit()
    with asked("10.0.1.1"):
        assert waits() == seconds
    with asked("10.0.1.1", seconds=seconds):
        try_()


def key_of(asked):
    with asked("10.9.9.9"):
        try_()
    row = db.session.scalars(db.select(Throttle).where(Throttle.key.startswith("sign_in account"))).one()
    db.session.delete(row)
    db.session.flush()
    return row.key


def test_a_refused_try_does_not_lengthen_the_wait(asked):
    fail_elsewhere(asked, 10)
    with asked("10.0.1.1"):
        assert [waits() for _ in range(5)] == [2] * 5
    assert max(counts()) == 10


def test_everybody_together_is_limited(asked):
    with asked():
        try_()
        everybody = Throttle.key.startswith("sign_in everybody")
        db.session.execute(db.update(Throttle).where(everybody).values(count=1000))
        db.session.commit()
    with asked("10.0.1.1"):
        assert waits(WANG) == 300


@pytest.mark.parametrize("spelling", [
    "LI@EXAMPLE.ORG", " li@example.org ", "li\u200b@example.org", "\ufeffli@example.org",
    "li@example.org\0",
])
def test_spellings_of_an_address_share_one_count(asked, spelling):
    fail_elsewhere(asked, 10)
    with asked("10.0.1.1"):
        assert waits(spelling) == 2


def test_an_endless_address_is_cut(asked):
    with asked():
        try_("x" * 100_000)
    assert counts() == [1, 1, 1]


def test_the_right_password_ends_the_failures(asked):
    fail_elsewhere(asked, 9)
    with asked("10.0.1.1"):
        try_()
        forgive("sign_in", LI)
        try_(times=9)
    with asked("10.0.1.2"):
        try_()
        assert waits() == 2


def test_the_right_password_takes_back_only_its_own_try(asked):
    with asked():
        for number in range(9):
            try_(f"victim{number}@example.org")
        try_(WANG)
        forgive("sign_in", WANG)
        try_(WANG)
        assert waits(WANG) == 300


def test_signing_in_often_slows_nobody(asked):
    with asked():
        for _ in range(30):
            try_()
            forgive("sign_in", LI)
    assert counts() == [0, 0, 0]


def test_forgiving_what_was_never_counted_is_harmless(asked):
    with asked():
        forgive("sign_in", LI)
    assert counts() == []


def test_pages_are_counted_apart(asked):
    with asked():
        try_(times=5, action="reset")
        assert waits(action="reset") == 86_400
        try_(action="sign_in")


def test_without_an_account_only_the_address_counts(asked):
    with asked():
        try_(None)
    assert counts() == [1, 1]


def test_addresses_are_not_kept_in_the_clear(asked):
    with asked("127.0.0.9"):
        try_()
    keys = db.session.scalars(db.select(Throttle.key)).all()
    assert len(keys) == 3
    assert not any("example" in key or "127" in key for key in keys)


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
    answers = {"email": LI, "password": "wrong"}
    return app.test_client().post("/account/sign-in", data=answers).status_code


def test_a_refused_request_keeps_its_count(shared_app):
    assert [post_wrong(shared_app) for _ in range(11)] == [422] * 10 + [429]


def test_requests_at_once_lose_no_count(shared_app):
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: post_wrong(shared_app), range(14)))
    assert sorted(codes) == [422] * 10 + [429] * 4
