"""Users as an administrator looks for them."""

from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import RoleGrant, User
from broker_admin.permissions import Role
from broker_admin.workdays import CalendarNotice

STATES = {
    "staff": exists().where(RoleGrant.user_id == User.id),
    "public": ~exists().where(RoleGrant.user_id == User.id),
    "closed": User.disabled_at.is_not(None),
    "unconfirmed": User.email_verified_at.is_(None),
}


def users(*, words: str = "", role: Role | None = None, state: str = "") -> Select[Any]:
    """By name or address, newest first; ``state`` is a key of :data:`STATES`."""
    query = select(User).options(selectinload(User.grants)).order_by(User.id.desc())
    if words:
        # Escaped: a percent sign that somebody looks for is a percent sign.
        query = query.where(or_(User.name.icontains(words, autoescape=True),
                                User.email.icontains(words, autoescape=True)))
    if role:
        query = query.where(exists().where(RoleGrant.user_id == User.id, RoleGrant.role == role))
    return query.where(STATES[state]) if state in STATES else query


def imported_notices() -> Select[Any]:
    """Newest first."""
    return select(CalendarNotice).order_by(CalendarNotice.id.desc())
