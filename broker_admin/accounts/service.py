"""What is done with accounts: signing up, passwords, organisations.  Nothing here commits."""

import secrets
from datetime import datetime

from sqlalchemy import select

from broker_admin.accounts import sessions, tokens
from broker_admin.accounts.events import (
    AddressVerified,
    ContactChanged,
    MembershipFounded,
    OrganizationCreated,
    PasswordChanged,
    PasswordForgotten,
    ProfileChanged,
    SignedIn,
    SignedUp,
    SignedUpAgain,
)
from broker_admin.accounts.models import Membership, Organization, User
from broker_admin.accounts.passwords import hash_password, is_outdated, verify
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.refusals import N_, Refused

# Verified against where nobody has the address, so that a miss takes as long as a hit.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43


def find(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().casefold()))


def sign_up(*, email: str, name: str, password: str, language: str, at: datetime) -> User:
    """Open an account that its address must confirm; a known address is only told about it."""
    known = find(email)
    # Hashed in either case: how long the answer takes must not tell which it was.
    hashed = hash_password(password)
    if known:
        record(SignedUpAgain(case=known, actor=known, at=at))
        return known
    user = User(email=email.strip().casefold(), name=name, language=language,
                password_hash=hashed, created_at=at)
    db.session.add(user)
    db.session.flush()  # for the number that the link carries
    record(SignedUp(case=user, actor=user, at=at, token=tokens.make(user, tokens.VERIFY)))
    return user


def verify_address(token: str, *, at: datetime) -> User:
    """The owner of the address has followed the link.  Raises ``tokens.LinkRefused``."""
    user = tokens.open_once(token, tokens.VERIFY, at=at)
    user.email_verified_at = user.email_verified_at or at
    record(AddressVerified(case=user, actor=user, at=at))
    return user


def check_password(email: str, password: str) -> User | None:
    """Who this is; None for a wrong password, an unknown address and a closed account alike."""
    user = find(email)
    fits = verify(user.password_hash if user else _NOBODY, password)
    if not (user and fits and user.is_active):
        return None
    # Only now is the password known, so that a hash of last year's costs can be made anew.
    if is_outdated(user.password_hash):
        user.password_hash = hash_password(password)
    return user


def sign_in(user: User, *, at: datetime) -> None:
    """Open a session of this browser."""
    sessions.open_session(user, at=at)
    record(SignedIn(case=user, actor=user, at=at))


def forget_password(email: str, *, at: datetime) -> None:
    """Send a link, if there is such an account; the page says the same in any case."""
    user = find(email)
    if user and user.disabled_at is None:
        record(PasswordForgotten(case=user, actor=user, at=at,
                                 token=tokens.make(user, tokens.RESET)))


def reset_password(
    token: str, password: str, *, at: datetime, purpose: str = tokens.RESET
) -> None:
    """Set a new password by a link; every session ends, and none begins."""
    user = tokens.open_once(token, purpose, at=at)
    # Whoever followed the link has shown that the address is theirs.
    user.email_verified_at = user.email_verified_at or at
    _set_password(user, password, at=at)


def change_password(user: User, *, current: str, new: str, at: datetime) -> None:
    """Raises :class:`Refused` where the current password does not fit."""
    if not verify(user.password_hash, current):
        raise Refused(N_("The current password is not right."))
    _set_password(user, new, at=at)


def _set_password(user: User, password: str, *, at: datetime) -> None:
    user.password_hash = hash_password(password)
    sessions.end_all(user)
    record(PasswordChanged(case=user, actor=user, at=at))


def change_profile(user: User, *, name: str, language: str, at: datetime) -> None:
    user.name, user.language = name, language
    record(ProfileChanged(case=user, actor=user, at=at))


def create_organization(
    *, uscc: str, name: str, region_code: str, address: str, founder: User, at: datetime,
    name_en: str | None = None, contact_email: str | None = None,
    contact_phone: str | None = None,
) -> Organization:
    """The first to enter it becomes its administrator; a known code is to be joined instead."""
    refuse_staff(founder)
    if organization_by_code(uscc):
        raise Refused(N_("This organisation is registered already. Ask to join it."))
    organization = Organization(
        uscc=uscc, name=name, name_en=name_en, region_code=region_code, address=address,
        contact_email=contact_email, contact_phone=contact_phone, created_at=at)
    organization.memberships.append(Membership(
        user=founder, status=S.APPROVED, administers=True, asked_at=at, decided_at=at,
        decided_by_id=founder.id))
    db.session.add(organization)
    db.session.flush()  # for the number in its reference
    record(OrganizationCreated(case=organization, actor=founder, at=at))
    record(MembershipFounded(case=organization.memberships[0], actor=founder, at=at))
    return organization


def organization_by_code(uscc: str) -> Organization | None:
    return db.session.scalar(select(Organization).where(Organization.uscc == uscc))


def change_contact(
    organization: Organization, *, email: str | None, phone: str | None, actor: User, at: datetime
) -> None:
    """How the public reaches it; name and registered address change with the license."""
    if actor not in organization.administrators:
        raise Refused(N_("Only an administrator of the organisation may do this."))
    new = {"contact_email": email, "contact_phone": phone}
    changed = [name for name, value in new.items() if getattr(organization, name) != value]
    for name in changed:
        setattr(organization, name, new[name])
    if changed:
        record(ContactChanged(case=organization, actor=actor, at=at, changed=changed))


def refuse_staff(user: User) -> None:
    if user.is_staff:
        raise Refused(N_("The authority's staff cannot act for an applicant."))


def unusable_password() -> str:
    """The hash of a password that nobody knows, for accounts opened by somebody else."""
    return hash_password(secrets.token_urlsafe(32))
