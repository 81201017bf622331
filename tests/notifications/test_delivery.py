from datetime import timedelta

import pytest

from broker_admin.db import db
from broker_admin.jobs import runner
from broker_admin.ledger import Delivery, Job, Message
from broker_admin.notifications.delivery import MOST_TRIES, deliver, wait_after
from tests.conftest import NOON
from tests.factories import make_user


def make_message(user=None, **changes):
    message = Message(**{
        "name": "test.told", "subject": "SQ-2026-000001", "address": "li@example.org",
        "recipient_id": user and user.id, "language": "en", "title": "Accepted", "body": "Body.",
        "queued_at": NOON, **changes,
    })
    db.session.add(message)
    db.session.flush()
    return message


@pytest.fixture
def no_server(app):
    """A mail server that nobody answers at."""
    kept = {name: app.config[name] for name in ("MAIL_SERVER", "MAIL_PORT")}
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=1)
    yield
    app.config.update(kept)


def tries():
    return [(d.channel, d.delivered, d.answer) for d in db.session.scalars(db.select(Delivery))]


def test_without_a_mail_server_the_site_keeps_it(app):
    deliver({"message_id": make_message(make_user()).id}, NOON)
    assert tries() == [("outbox", True, "kept on this site")]


def test_delivering_twice_sends_once(app):
    message = make_message()
    for _ in range(2):
        deliver({"message_id": message.id}, NOON)
    assert len(tries()) == 1


def test_a_failed_try_is_logged_and_queued_again(no_server):
    message = make_message()
    deliver({"message_id": message.id}, NOON)
    assert tries() == [("smtp", False, "ConnectionRefusedError")]
    again = db.session.scalars(db.select(Job)).one()
    assert (again.kind, again.payload, again.due_at) == (
        "deliver", {"message_id": message.id}, NOON + timedelta(minutes=1))


def test_tries_come_to_an_end(no_server):
    message = make_message()
    deliver({"message_id": message.id}, NOON)
    db.session.commit()
    assert sum(runner.run_due(NOON + timedelta(days=day)) for day in range(1, 20)) == MOST_TRIES - 1
    assert len(tries()) == MOST_TRIES


def test_an_address_that_is_none_is_not_tried_again(no_server):
    deliver({"message_id": make_message(address="nobody").id}, NOON)
    assert tries() == [("smtp", False, "not an address to which mail can go")]
    assert db.session.scalars(db.select(Job)).all() == []


def test_ten_tries_take_less_than_a_working_day():
    assert sum((wait_after(n) for n in range(1, MOST_TRIES)), timedelta()) == timedelta(minutes=511)


@pytest.mark.parametrize(("tries", "minutes"), [
    (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 64), (8, 128), (9, 256),
])
def test_each_try_waits_twice_as_long(tries, minutes):
    assert wait_after(tries) == timedelta(minutes=minutes)


def test_a_message_that_was_given_up_stays_in_the_inbox(no_server):
    message = make_message(make_user())
    for number in range(MOST_TRIES):
        deliver({"message_id": message.id}, NOON + timedelta(days=number))
    assert {delivered for _, delivered, _ in tries()} == {False}
    assert len(db.session.scalars(db.select(Job)).all()) == MOST_TRIES - 1
    assert message.body == "Body."


def test_the_log_of_deliveries_names_no_address(no_server):
    deliver({"message_id": make_message().id}, NOON)
    assert all("li@example.org" not in answer for _, _, answer in tries())
