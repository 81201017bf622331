"""What can happen to people and organisations, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


class _TellsThePerson(Event):
    def recipients(self) -> Iterable[User]:
        return [self.case]


@dataclass(frozen=True, kw_only=True)
class SignedUp(_TellsThePerson):
    name = "user.signed_up"
    email = "accounts/signed_up"

    token: str

    def facts(self) -> dict[str, object]:
        return {}


@dataclass(frozen=True, kw_only=True)
class SignedUpAgain(SignedUp):
    """Somebody entered an address that is known: its owner is told, the page tells nothing."""

    name = "user.signed_up_again"
    email = "accounts/signed_up_again"


@dataclass(frozen=True, kw_only=True)
class AddressVerified(Event):
    name = "user.address_verified"


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    name = "user.signed_in"


@dataclass(frozen=True, kw_only=True)
class PasswordForgotten(_TellsThePerson):
    name = "user.password_forgotten"
    email = "accounts/password_forgotten"

    token: str

    def facts(self) -> dict[str, object]:
        return {}


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
