"""When to slow somebody down: counted before the costly or telling part of a page."""

import math
from datetime import datetime

from flask import request
from sqlalchemy import Integer, String, bindparam, case, text, update
from werkzeug.exceptions import TooManyRequests

from broker_admin.accounts.limits import LIMITS, NO_WAIT, Count
from broker_admin.accounts.models import Throttle
from broker_admin.clock import now
from broker_admin.db import UtcDateTime, blind_index, db, transaction
from broker_admin.forms import clean

EVERYBODY = "everybody"

# Finds or makes the row and locks it in one statement, since two requests that looked first
# would both be let in.
_TAKE = text(
    "INSERT INTO throttle (key, window_began_at, count) VALUES (:key, :at, 0) "
    "ON CONFLICT (key) DO UPDATE SET count = throttle.count RETURNING count, window_began_at"
).bindparams(
    bindparam("key", type_=String), bindparam("at", type_=UtcDateTime),
).columns(count=Integer, window_began_at=UtcDateTime)


def slow_down(action: str, account: str | None = None) -> None:
    """Count this request, by where it comes from and whom it concerns.

    Raises ``TooManyRequests``.  The count is kept whatever becomes of the request, so it is
    called first, before anything that could be undone with it.  A refused try is not counted:
    who keeps trying waits no longer than who waits.
    """
    at, keys = now(), _keys(action, account)
    with transaction():
        counts = {kind: _take(key, at) for kind, key in keys.items()}
        waits = [LIMITS[kind].wait(count, at) for kind, count in counts.items()]
        if not any(waits):
            for kind, count in counts.items():
                _keep(keys[kind], LIMITS[kind].next(count, at))
    if any(waits):
        raise TooManyRequests(retry_after=math.ceil(max(waits, default=NO_WAIT).total_seconds()))


def forgive(action: str, account: str) -> None:
    """It was the right person: failures of the account are over, and this try was none.

    Elsewhere only this one try is taken back, or whoever has an account could guess without end.
    """
    keys = _keys(action, account)
    own = keys.get(f"{action} account")
    db.session.execute(
        update(Throttle).where(Throttle.key.in_(keys.values()), Throttle.count > 0)
        .values(count=case((Throttle.key == own, 0), else_=Throttle.count - 1))
        .execution_options(synchronize_session=False))


def _keys(action: str, account: str | None) -> dict[str, str]:
    """The rows of the limits that hold for this request, always in one order: no two wait crosswise.

    Indexed blindly: addresses of people do not belong into the database in the clear.
    """
    about = {"everybody": EVERYBODY, "address": request.remote_addr or "", "account": _same(account)}
    return {kind: f"{kind}:{blind_index(about[what])}" for what in about
            if (kind := f"{action} {what}") in LIMITS and about[what]}


def _same(account: str | None) -> str:
    """One account, however it is typed: as the form reads it, or each spelling had its own count."""
    return (clean(account) or "").casefold()[:254]


def _take(key: str, at: datetime) -> Count:
    number, since = db.session.execute(_TAKE, {"key": key, "at": at}).one()
    return Count(number, since)


def _keep(key: str, count: Count) -> None:
    db.session.execute(update(Throttle).where(Throttle.key == key).values(
        count=count.number, window_began_at=count.since))
