"""What can happen to people and organisations, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Correspondent, Event, Recipient


class _TellsThePerson(Event):
    def recipients(self) -> Iterable[User]:
        return [self.case]


@dataclass(frozen=True, kw_only=True)
class _SendsALink(Event):
    """To the mailbox alone: in the inbox, whoever finds an open browser could follow it."""

    token: str

    def recipients(self) -> Iterable[Recipient]:
        return [Correspondent(self.case.email, self.case.language)]

    def facts(self) -> dict[str, object]:
        # The record is read by auditors, who must not be able to follow it either.
        return {}


@dataclass(frozen=True, kw_only=True)
class SignedUp(_SendsALink):
    name = "user.signed_up"
    email = "accounts/signed_up"


@dataclass(frozen=True, kw_only=True)
class SignedUpAgain(_TellsThePerson):
    """Somebody entered an address that is known: its owner is told, the page tells nothing."""

    name = "user.signed_up_again"
    email = "accounts/signed_up_again"


@dataclass(frozen=True, kw_only=True)
class AddressVerified(Event):
    name = "user.address_verified"


@dataclass(frozen=True, kw_only=True)
class ConfirmationSent(SignedUp):
    """The first link did not arrive, or came too late."""

    name = "user.confirmation_sent"


@dataclass(frozen=True, kw_only=True)
class NewAddressAsked(_SendsALink):
    name = "user.new_address_asked"
    email = "accounts/new_address_asked"

    address: str

    def recipients(self) -> Iterable[Recipient]:
        return [Correspondent(self.address, self.case.language)]


@dataclass(frozen=True, kw_only=True)
class AddressChanged(Event):
    """Told to the old address too, in case that somebody else has changed it."""

    name = "user.address_changed"
    email = "accounts/address_changed"

    old: str

    def recipients(self) -> Iterable[Recipient]:
        return [self.case, Correspondent(self.old, self.case.language)]

    def facts(self) -> dict[str, object]:
        return {}


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    name = "user.signed_in"


@dataclass(frozen=True, kw_only=True)
class PasswordForgotten(_SendsALink):
    name = "user.password_forgotten"
    email = "accounts/password_forgotten"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(_TellsThePerson):
    name = "user.password_changed"
    email = "accounts/password_changed"


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    name = "user.profile_changed"


@dataclass(frozen=True, kw_only=True)
class StaffInvited(PasswordForgotten):
    name = "user.staff_invited"
    email = "accounts/staff_invited"


@dataclass(frozen=True, kw_only=True)
class RoleGiven(_TellsThePerson):
    name = "user.role_given"
    email = "accounts/role_given"

    role: str


@dataclass(frozen=True, kw_only=True)
class RoleTaken(_TellsThePerson):
    name = "user.role_taken"
    email = "accounts/role_taken"

    role: str


@dataclass(frozen=True, kw_only=True)
class UserDisabled(Event):
    name = "user.disabled"

    reason: str


@dataclass(frozen=True, kw_only=True)
class UserEnabled(Event):
    name = "user.enabled"


@dataclass(frozen=True, kw_only=True)
class OrganizationCreated(Event):
    name = "organization.created"


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Event):
    """Which entries, but not what they say: a small firm's contact is a person's address."""

    name = "organization.contact_changed"

    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class MembershipFounded(Event):
    """Whoever enters an organisation belongs to it without being asked."""

    name = "membership.founded"


@dataclass(frozen=True, kw_only=True)
class MembershipAsked(Event):
    name = "membership.asked"
    email = "accounts/membership_asked"

    def recipients(self) -> Iterable[User]:
        people: list[User] = self.case.administrators
        return people


class _TellsTheMember(Event):
    def recipients(self) -> Iterable[User]:
        return [self.case.user]


@dataclass(frozen=True, kw_only=True)
class MembershipApproved(_TellsTheMember):
    name = "membership.approved"
    email = "accounts/membership_approved"


@dataclass(frozen=True, kw_only=True)
class MembershipDeclined(_TellsTheMember):
    name = "membership.declined"
    email = "accounts/membership_declined"


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(_TellsTheMember):
    name = "membership.ended"
    email = "accounts/membership_ended"


@dataclass(frozen=True, kw_only=True)
class AdministratorAppointed(_TellsTheMember):
    name = "membership.administrator_appointed"
    email = "accounts/administrator_appointed"


@dataclass(frozen=True, kw_only=True)
class AdministratorDismissed(_TellsTheMember):
    name = "membership.administrator_dismissed"
    email = "accounts/administrator_dismissed"
