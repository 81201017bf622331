"""Signed links that work once and for a while: verify an address, set a new password."""

import hashlib
from datetime import datetime, timedelta

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select

from broker_admin.accounts.models import UsedLink, User
from broker_admin.db import db
from broker_admin.refusals import N_, Refused

VERIFY = "verify e-mail"
RESET = "reset password"
LASTS = {VERIFY: timedelta(days=3), RESET: timedelta(minutes=30)}


class LinkRefused(Refused):
    """The link is wrong, too old or used already; which of these is nobody's business."""


def make(user: User, purpose: str) -> str:
    """A link's secret part; it ends with the password it was made under."""
    return str(_signer(purpose).dumps([user.id, _mark(user)]))


def open_once(token: str, purpose: str, *, at: datetime) -> User:
    """Whose link this is; from now on it is used.  Raises :class:`LinkRefused`."""
    user = look_at(token, purpose)
    db.session.add(UsedLink(token_hash=_digest(token), used_at=at))
    return user


def look_at(token: str, purpose: str) -> User:
    """Whose link this is, without using it.  Raises :class:`LinkRefused`."""
    user = _user_of(token, purpose)
    used = db.session.scalar(select(UsedLink).where(UsedLink.token_hash == _digest(token)))
    if user is None or used:
        raise LinkRefused(N_("This link is not valid any more. Ask for a new one."))
    return user


def _user_of(token: str, purpose: str) -> User | None:
    try:
        content = _signer(purpose).loads(token, max_age=int(LASTS[purpose].total_seconds()))
    except BadData:
        return None
    number, mark = content
    user = db.session.get(User, number)
    return user if user and mark == _mark(user) else None


def _mark(user: User) -> str:
    """Changes with the password and the address, so that older links fall with them."""
    return _digest(f"{user.email}|{user.password_hash}|{user.disabled_at}")[:16]


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=purpose)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
