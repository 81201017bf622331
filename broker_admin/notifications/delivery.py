"""The job that delivers a message, logs how that went, and tries again later."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from broker_admin.db import db
from broker_admin.events import enqueue
from broker_admin.ledger import Delivery, Message
from broker_admin.notifications import channels, letter
from broker_admin.notifications.channels import Answer

# Long enough for a mail server to be repaired overnight; then the inbox of this site must do.
MOST_TRIES = 10


def deliver(payload: Mapping[str, Any], at: datetime) -> None:
    """One try for one message; nothing when it has been delivered."""
    message = db.session.get_one(Message, payload["message_id"])
    # A job is done at least once, and nobody should get one mail twice.
    if any(try_.delivered for try_ in message.deliveries):
        return
    channel, answer = _try(message)
    message.deliveries.append(Delivery(
        channel=channel, at=at, delivered=answer.delivered, answer=answer.text))
    if not answer.final:
        _try_later(message, at)


def _try(message: Message) -> tuple[str, Answer]:
    if current_app.config["MAIL_SERVER"]:
        return "smtp", _send(message)
    return "outbox", Answer(True, "kept on this site")


def _try_later(message: Message, at: datetime) -> None:
    tries = len(message.deliveries)
    if tries < MOST_TRIES:
        # The number of the try in the key, as each is queued once.
        enqueue("deliver", key=f"{message.id}:{tries}", at=at + wait_after(tries),
                message_id=message.id)


def wait_after(tries: int) -> timedelta:
    """A minute, then twice as long each time: ten tries take about eight and a half hours."""
    return timedelta(minutes=2 ** (tries - 1))


def _send(message: Message) -> Answer:
    config = current_app.config
    try:
        mail = letter.compose(
            number=message.id, to=message.address, title=message.title, body=message.body,
            language=message.language, sender=config["MAIL_FROM"], site=config["BASE_URL"],
            at=message.queued_at)
    except ValueError:
        return Answer(False, "not an address to which mail can go")
    return channels.send_mail(mail, config)
