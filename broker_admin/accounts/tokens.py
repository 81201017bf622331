"""Signed links that work once and for a while: confirm an address, set a password."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select

from broker_admin import sealing
from broker_admin.accounts.models import UsedLink, User
from broker_admin.db import db
from broker_admin.refusals import N_, Refused

VERIFY = "verify e-mail"
RESET = "reset password"
INVITE = "staff invitation"
MOVE = "new address"
LASTS = {
    VERIFY: timedelta(days=3),
    RESET: timedelta(minutes=30),
    # Nobody waits at the other end: a new colleague may read it tomorrow.
    INVITE: timedelta(hours=24),
    MOVE: timedelta(hours=24),
}
_NOT_VALID = N_("This link is not valid any more. Ask for a new one.")


class LinkRefused(Refused):
    """The link is wrong, too old or used already; which of these is nobody's business."""

    def __init__(self) -> None:
        super().__init__(_NOT_VALID)


def make(user: User, purpose: str, address: str = "") -> str:
    """A link's secret part; it ends with the password it was made under."""
    # Sealed, since addresses of pages stand in logs, where addresses of people must not.
    carried = [sealing.seal(_key(), address, purpose)] if address else []
    return str(_signer(purpose).dumps([user.id, _mark(user), *carried]))


def open_once(token: str, purpose: str, *, at: datetime) -> User:
    """Whose link this is; from now on it is used.  Raises :class:`LinkRefused`."""
    user = look_at(token, purpose)
    db.session.add(UsedLink(token_hash=_digest(token), used_at=at))
    return user


def look_at(token: str, purpose: str) -> User:
    """Whose link this is, without using it.  Raises :class:`LinkRefused`."""
    number, mark, *_ = _content(token, purpose)
    user = db.session.get(User, number)
    used = db.session.scalar(select(UsedLink).where(UsedLink.token_hash == _digest(token)))
    if user is None or used or mark != _mark(user):
        raise LinkRefused
    return user


def address_in(token: str, purpose: str) -> str:
    """The e-mail address that the link carries.  Raises :class:`LinkRefused`."""
    _, _, *carried = _content(token, purpose)
    if not carried:
        raise LinkRefused
    return sealing.unseal(_key(), carried[0], purpose)


def _content(token: str, purpose: str) -> list[Any]:
    try:
        return list(_signer(purpose).loads(token, max_age=int(LASTS[purpose].total_seconds())))
    except BadData:
        raise LinkRefused from None


def _mark(user: User) -> str:
    """Changes with the password and the address, so that older links fall with them."""
    return _digest(f"{user.email}|{user.password_hash}|{user.disabled_at}")[:16]


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=purpose)


def _key() -> bytes:
    return sealing.derive(current_app.config["FIELD_KEY"], "links")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
