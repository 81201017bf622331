"""What can happen to a practitioner and an employment, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


class _TellsThePerson(Event):
    def recipients(self) -> Iterable[User]:
        return [self.case.user]


class _TellsBoth(Event):
    def recipients(self) -> Iterable[User]:
        return {self.case.practitioner.user, *self.case.organization.members}


@dataclass(frozen=True, kw_only=True)
class PractitionerCertified(_TellsThePerson):
    name = "practitioner.certified"
    email = "practitioners/certified"

    certificate_number: str
    valid_to: str


@dataclass(frozen=True, kw_only=True)
class PractitionerLapsed(_TellsThePerson):
    name = "practitioner.lapsed"
    email = "practitioners/lapsed"

    valid_to: str


@dataclass(frozen=True, kw_only=True)
class PractitionerVoided(_TellsThePerson):
    name = "practitioner.voided"
    email = "practitioners/voided"

    reason: str


@dataclass(frozen=True, kw_only=True)
class EmploymentProposed(Event):
    name = "employment.proposed"
    email = "practitioners/employment_proposed"

    def recipients(self) -> Iterable[User]:
        return [self.case.practitioner.user]


@dataclass(frozen=True, kw_only=True)
class EmploymentConfirmed(_TellsBoth):
    name = "employment.confirmed"
    email = "practitioners/employment_confirmed"


@dataclass(frozen=True, kw_only=True)
class EmploymentDeclined(_TellsBoth):
    name = "employment.declined"
    email = "practitioners/employment_declined"


@dataclass(frozen=True, kw_only=True)
class EmploymentEnded(_TellsBoth):
    name = "employment.ended"
    email = "practitioners/employment_ended"

    ended_on: str
