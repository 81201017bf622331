import pytest

from broker_admin.accounts import requested, tokens
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import Job
from tests.accounts.outgoing import messages, recorded
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(("purpose", "event"), [
    (tokens.RESET, "user.password_forgotten"), (tokens.VERIFY, "user.confirmation_sent")])
def test_whoever_has_an_account_gets_the_link(purpose, event):
    user = make_user(email_verified_at=None)
    requested.ask(purpose, user.email.upper(), at=now())
    assert [message.address for message in messages()] == [user.email]
    assert recorded(user) == [event]


@pytest.mark.parametrize("purpose", [tokens.RESET, tokens.VERIFY])
def test_nobody_gets_nothing_by_the_same_job(purpose):
    requested.ask(purpose, "nobody@example.org", at=now())
    queued = db.session.scalars(db.select(Job)).one()
    assert queued.payload == {"purpose": purpose, "user_id": None}
    assert messages() == []


def test_no_job_carries_an_address():
    requested.ask(tokens.RESET, make_user().email, at=now())
    assert "@" not in str(db.session.scalars(db.select(Job.payload)).one())
