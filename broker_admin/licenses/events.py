"""What can happen to a license; its holder is told of everything."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


class _TellsTheHolder(Event):
    def recipients(self) -> Iterable[User]:
        members: list[User] = self.case.organization.members
        return members


@dataclass(frozen=True, kw_only=True)
class LicenseIssued(_TellsTheHolder):
    name = "license.issued"
    email = "licenses/issued"

    decision: str
    valid_to: str


@dataclass(frozen=True, kw_only=True)
class LicenseSuspended(_TellsTheHolder):
    name = "license.suspended"
    email = "licenses/suspended"

    basis: str
    reason: str
    proceeding: str
    until: str | None


@dataclass(frozen=True, kw_only=True)
class SuspensionLifted(_TellsTheHolder):
    name = "license.suspension_lifted"
    email = "licenses/suspension_lifted"

    reason: str
    proceeding: str


@dataclass(frozen=True, kw_only=True)
class SuspensionEnded(_TellsTheHolder):
    """The time of the suspension was over."""

    name = "license.suspension_ended"
    email = "licenses/suspension_ended"


@dataclass(frozen=True, kw_only=True)
class LicenseEnded(_TellsTheHolder):
    """Revoked, annulled or withdrawn: ``act`` says which."""

    name = "license.ended"
    email = "licenses/ended"

    act: str
    basis: str
    reason: str
    proceeding: str


@dataclass(frozen=True, kw_only=True)
class LicenseSurrendered(_TellsTheHolder):
    name = "license.surrendered"
    email = "licenses/surrendered"

    reason: str


@dataclass(frozen=True, kw_only=True)
class LicenseExpired(_TellsTheHolder):
    name = "license.expired"
    email = "licenses/expired"

    valid_to: str


@dataclass(frozen=True, kw_only=True)
class LicenseCancelled(_TellsTheHolder):
    name = "license.cancelled"
    email = "licenses/cancelled"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CertificateMade(Event):
    name = "license.certificate_made"

    edition: int
    sha256: str
