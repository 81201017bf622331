"""Links that somebody asks for by entering an address.

A job sends them: the page answers an unknown address with the same words, and so takes as long.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from broker_admin.accounts import addresses, service, tokens
from broker_admin.accounts.models import User
from broker_admin.db import db
from broker_admin.events import enqueue

_SENDERS: Mapping[str, Callable[..., None]] = {
    tokens.RESET: service.forget_password,
    tokens.VERIFY: addresses.send_confirmation,
}


def ask(purpose: str, email: str, *, at: datetime) -> None:
    """Have the link sent, if there is such an account."""
    user = service.find(email)
    # Queued for nobody too: writing mails and the record would tell by the time that it takes.
    enqueue("send_link", key=secrets.token_hex(16), at=at, purpose=purpose,
            user_id=user.id if user else None)


def send(payload: Mapping[str, Any], at: datetime) -> None:
    """The job."""
    user = db.session.get(User, payload["user_id"]) if payload["user_id"] else None
    if user:
        _SENDERS[payload["purpose"]](user.email, at=at)
