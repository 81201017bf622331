"""The authority's staff: who holds which role, given and taken by an administrator."""

from datetime import datetime

from sqlalchemy import select

from broker_admin.accounts import sessions, tokens
from broker_admin.accounts.events import (
    RoleGiven,
    RoleTaken,
    StaffInvited,
    UserDisabled,
    UserEnabled,
)
from broker_admin.accounts.models import RoleGrant, User
from broker_admin.accounts.service import find, unusable_password
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.permissions import CASE_ROLES, SYSTEM, Actor, Permission, Role, granted
from broker_admin.refusals import N_, Refused

# Whoever gives roles or reads the record must not take part in what is recorded.
_APART = frozenset(Role) - CASE_ROLES


def create_staff(
    *, email: str, name: str, roles: frozenset[Role], language: str, actor: Actor, at: datetime
) -> User:
    """Open an account for a member of the staff, who sets the password by a link."""
    _require(actor)
    if find(email):
        raise Refused(N_("There is an account with this address already."))
    user = User(email=email.strip().casefold(), name=name, language=language, created_at=at,
                password_hash=unusable_password(), email_verified_at=at)
    db.session.add(user)
    db.session.flush()  # for the number that the link carries
    for role in sorted(roles):
        give_role(user, role=role, actor=actor, at=at)
    record(StaffInvited(case=user, actor=actor, at=at, token=tokens.make(user, tokens.INVITE)))
    return user


def give_role(user: User, *, role: Role, actor: Actor, at: datetime) -> None:
    """Raises :class:`Refused` for oneself, for applicants, and for roles that must be kept apart."""
    _require(actor)
    _refuse_oneself(user, actor)
    if user.approved_memberships:
        raise Refused(N_("This person acts for an applicant, and so cannot be staff."))
    _refuse_mixing(user.roles | {role})
    if role not in user.roles:
        user.grants.append(RoleGrant(role=role, given_by_id=actor.id, given_at=at))
        # Signing in again is what makes the shorter limits of the staff's sessions hold.
        sessions.end_all(user)
        record(RoleGiven(case=user, actor=actor, at=at, role=role.value))


def take_role(user: User, *, role: Role, actor: Actor, at: datetime) -> None:
    """The person is signed out everywhere, so that the role ends at once."""
    _require(actor)
    _refuse_oneself(user, actor)
    grant = next((grant for grant in user.grants if grant.role is role), None)
    if grant is None:
        return
    if role is Role.ADMINISTRATOR:
        _refuse_the_last(user)
    user.grants.remove(grant)
    sessions.end_all(user)
    record(RoleTaken(case=user, actor=actor, at=at, role=role.value))


def disable(user: User, *, reason: str, actor: Actor, at: datetime) -> None:
    """The person leaves: signed out everywhere at once; roles stay, to say who acted as what."""
    _require(actor)
    _refuse_oneself(user, actor)
    _refuse_the_last(user)
    user.disabled_at = at
    sessions.end_all(user)
    record(UserDisabled(case=user, actor=actor, at=at, reason=reason))


def enable(user: User, *, actor: Actor, at: datetime) -> None:
    _require(actor)
    user.disabled_at = None
    record(UserEnabled(case=user, actor=actor, at=at))


def _require(actor: Actor) -> None:
    # The command line acts as the system: somebody must be able to make the first administrator.
    if actor is not SYSTEM and Permission.USER_ADMINISTER not in granted(actor):
        raise Refused(N_("Only an administrator may do this."))


def _refuse_oneself(user: User, actor: Actor) -> None:
    if actor.id == user.id:
        raise Refused(N_("Nobody changes their own roles or account status."))


def _refuse_mixing(roles: frozenset[Role]) -> None:
    if len(roles) > 1 and roles & _APART:
        raise Refused(N_("Administrators and auditors hold no other role."))


def _refuse_the_last(user: User) -> None:
    # Locked, since two administrators who end each other at once would each count two.
    rows = select(RoleGrant.user_id).join(RoleGrant.user).where(
        RoleGrant.role == Role.ADMINISTRATOR, User.disabled_at.is_(None)
    ).order_by(RoleGrant.id).with_for_update()
    if db.session.scalars(rows).all() == [user.id]:
        raise Refused(N_("This is the last administrator."))
