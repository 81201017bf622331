"""What accounts leave behind and nobody needs any more."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete

from broker_admin.accounts.models import Throttle, UsedLink, UserSession
from broker_admin.db import db
from broker_admin.permissions import Actor
from broker_admin.repeats import UsedForm

# The longest window of a count is a day, the longest life of a link three.
_COUNTS, _LINKS, _FORMS = timedelta(days=1), timedelta(days=4), timedelta(days=2)


def forget_old(day: date, *, actor: Actor, at: datetime) -> int:
    """Counts, ended sessions, links and form keys that can have no effect; returns how many.

    The privacy notice promises this.
    """
    return sum(map(_delete, (
        delete(Throttle).where(Throttle.window_began_at < at - _COUNTS),
        delete(UserSession).where(UserSession.ends_at <= at),
        delete(UsedLink).where(UsedLink.used_at < at - _LINKS),
        delete(UsedForm).where(UsedForm.at < at - _FORMS),
    )))


def _delete(statement: Any) -> int:
    result: Any = db.session.execute(statement)
    return int(result.rowcount)
