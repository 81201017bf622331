"""Signed-in browsers: a row each, so that signing out really ends them, everywhere if wanted."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import delete, select, update
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import User, UserSession
from broker_admin.clock import now
from broker_admin.db import db

_TOUCH_EVERY = timedelta(minutes=1)
_SEEN = "seen"


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    # The row is the session; the extension's own fingerprint only signs people out by mistake.
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(_mark_touch)
    app.context_processor(_for_templates)


def open_session(user: User, *, at: datetime) -> None:
    """Sign this browser in, under a new secret, whatever it held before."""
    session.clear()
    user.session_token = secrets.token_urlsafe(32)
    db.session.add(UserSession(
        token_hash=_digest(user.session_token), user=user, created_at=at, seen_at=at,
        ends_at=at + _longest(user), agent=request.user_agent.string[:200],
    ))
    session[_SEEN] = at.timestamp()
    login_user(user)


def end_this_session() -> None:
    db.session.execute(delete(UserSession).where(
        UserSession.token_hash == _digest(session.get("_user_id", ""))))
    logout_user()
    session.clear()


def end_all(user: User) -> None:
    """Sign the person out of every browser; also due when password or roles change."""
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id))


def current_sessions(user: User) -> list[UserSession]:
    rows = select(UserSession).where(UserSession.user_id == user.id)
    return list(db.session.scalars(rows.order_by(UserSession.seen_at.desc())))


def is_this(row: UserSession) -> bool:
    """Whether the row is the browser that asks."""
    return row.token_hash == _digest(session.get("_user_id", ""))


def _mark_touch() -> None:
    """A request that will note the visit writes, and its transaction must begin as a writer's."""
    seen = session.get(_SEEN)
    if isinstance(seen, float) and now().timestamp() - seen > _TOUCH_EVERY.total_seconds():
        g.writes = True


def _load(token: str) -> User | None:
    row = db.session.scalar(
        select(UserSession).where(UserSession.token_hash == _digest(token))
        .options(selectinload(UserSession.user).selectinload(User.grants),
                 selectinload(UserSession.user).selectinload(User.memberships)))
    moment = now()
    if row is None or not row.user.is_active or _is_over(row, moment):
        return None
    if g.get("writes"):
        _touch(row, moment)
    row.user.session_token = token
    return row.user


def _touch(row: UserSession, moment: datetime) -> None:
    # An UPDATE and never an INSERT: a session that was just ended must not come back.
    db.session.execute(update(UserSession).where(UserSession.id == row.id)
                       .values(seen_at=moment).execution_options(synchronize_session=False))
    session[_SEEN] = moment.timestamp()


def _is_over(row: UserSession, moment: datetime) -> bool:
    return moment >= row.ends_at or moment - row.seen_at >= idle_limit(row.user)


def idle_limit(user: User) -> timedelta:
    prefix = "STAFF_" if user.is_staff else ""
    return timedelta(minutes=current_app.config[f"{prefix}SESSION_IDLE_MINUTES"])


def _for_templates() -> dict[str, int]:
    """Pages warn before the sign-in ends, so they know how long it lasts unused."""
    if not current_user.is_authenticated:
        return {}
    return {"session_seconds": int(idle_limit(current_user).total_seconds())}


def _longest(user: User) -> timedelta:
    prefix = "STAFF_" if user.is_staff else ""
    return timedelta(hours=current_app.config[f"{prefix}SESSION_HOURS"])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
