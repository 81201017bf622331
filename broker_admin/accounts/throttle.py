"""When to slow somebody down: counted before the costly or telling part of a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import Integer, String, bindparam, text
from werkzeug.exceptions import TooManyRequests

from broker_admin.clock import now
from broker_admin.db import UtcDateTime, blind_index, db, transaction

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Window:
    """So many times in so long a time, counted from the first."""

    most: int
    lasts: timedelta

    def wait(self, count: int, began_at: datetime, at: datetime) -> int:
        """Seconds until the next try is let in; 0 where this one is."""
        return 0 if count <= self.most else max(1, int((began_at + self.lasts - at).total_seconds()))


# Nobody is locked out for ever: a stranger's wrong guesses must not shut the owner out.
LIMITS = {
    "sign_in account": Window(10, timedelta(minutes=5)),
    "sign_in address": Window(30, timedelta(minutes=5)),
    "sign_in everybody": Window(1000, timedelta(minutes=5)),
    "reset account": Window(5, timedelta(days=1)),
    "reset address": Window(20, timedelta(days=1)),
    "sign_up address": Window(20, timedelta(hours=1)),
    "filing address": Window(10, timedelta(hours=1)),
    "query address": Window(30, timedelta(minutes=5)),
    "lookup address": Window(120, timedelta(minutes=1)),
    "upload address": Window(20, timedelta(minutes=1)),
}

# One statement, since two requests that read before they write would both be let in.
_HIT = text(
    "INSERT INTO throttle (key, window_began_at, count) VALUES (:key, :at, 1) "
    "ON CONFLICT (key) DO UPDATE SET "
    "count = CASE WHEN throttle.window_began_at <= :over THEN 1 ELSE throttle.count + 1 END, "
    "window_began_at = CASE WHEN throttle.window_began_at <= :over THEN :at "
    "ELSE throttle.window_began_at END RETURNING count, window_began_at"
).bindparams(
    bindparam("key", type_=String), bindparam("at", type_=UtcDateTime),
    bindparam("over", type_=UtcDateTime),
).columns(count=Integer, window_began_at=UtcDateTime)


def slow_down(action: str, account: str | None = None) -> None:
    """Count this request, by where it comes from and whom it concerns.

    Raises ``TooManyRequests``.  The count is kept whatever becomes of the request, so it is
    called first, before anything that could be undone with it.
    """
    about: dict[str, Any] = {"address": request.remote_addr or "", "everybody": EVERYBODY}
    if account:
        about["account"] = account.casefold()
    waits = [_hit(f"{action} {kind}", str(value)) for kind, value in about.items()
             if f"{action} {kind}" in LIMITS]
    if any(waits):
        raise TooManyRequests(retry_after=max(waits))


def _hit(limit: str, value: str) -> int:
    at, window = now(), LIMITS[limit]
    # Indexed blindly: addresses of people do not belong into the database in the clear.
    key = f"{limit}:{blind_index(value)}"
    with transaction():
        count, began_at = db.session.execute(
            _HIT, {"key": key, "at": at, "over": at - window.lasts}).one()
    return window.wait(count, began_at, at)


