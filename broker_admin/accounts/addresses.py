"""E-mail addresses that are confirmed again, or changed.  Nothing here commits."""

from datetime import datetime

from broker_admin.accounts import sessions, tokens
from broker_admin.accounts.events import (
    AddressChanged,
    ConfirmationSent,
    NewAddressAsked,
    SignedUpAgain,
)
from broker_admin.accounts.models import User
from broker_admin.accounts.passwords import verify
from broker_admin.accounts.service import find
from broker_admin.events import record
from broker_admin.refusals import N_, Refused


def send_confirmation(email: str, *, at: datetime) -> None:
    """The link once more, if it is waited for; the page says the same in any case."""
    user = find(email)
    if user is None or user.disabled_at:
        return
    if user.email_verified_at:
        record(SignedUpAgain(case=user, actor=user, at=at))
    else:
        record(ConfirmationSent(case=user, actor=user, at=at,
                                token=tokens.make(user, tokens.VERIFY)))


def ask_new_address(user: User, *, email: str, current: str, at: datetime) -> None:
    """Send a link to the new address.  Raises :class:`Refused` where the password does not fit."""
    # Whoever finds an open browser must not take the account over by its address.
    if not verify(user.password_hash, current):
        raise Refused(N_("The current password is not right."))
    address, known = email.strip().casefold(), find(email)
    if known == user:  # not “is”: a view hands over a stand-in for the person
        raise Refused(N_("This is your address already."))
    if known:
        # The same answer as for a free address: who has an account is nobody's business.
        record(SignedUpAgain(case=known, actor=user, at=at))
    else:
        record(NewAddressAsked(case=user, actor=user, at=at, address=address,
                               token=tokens.make(user, tokens.MOVE, address)))


def change_address(token: str, *, at: datetime) -> User:
    """The owner of the new address has followed the link; it is what one signs in with now."""
    user = tokens.open_once(token, tokens.MOVE, at=at)
    address, old = tokens.address_in(token, tokens.MOVE), user.email
    if find(address):
        raise tokens.LinkRefused
    user.email = address
    # A new password can be asked for at the new address: whoever was signed in must know it.
    sessions.end_all(user)
    record(AddressChanged(case=user, actor=user, at=at, old=old))
    return user
