"""Who may do what.  Pure: knows roles, permissions and two questions about a case, no area."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Protocol


class Role(StrEnum):
    """What an administrator may give to a member of the authority's staff."""

    INTAKE_OFFICER = auto()
    REVIEWER = auto()
    DECIDER = auto()
    LEGAL_REVIEWER = auto()
    ENFORCEMENT_OFFICER = auto()
    SUPERVISION_OFFICER = auto()
    EXAM_ADMIN = auto()
    QUESTION_AUTHOR = auto()
    AUDITOR = auto()
    ADMINISTRATOR = auto()


class Permission(StrEnum):
    ACCOUNT_USE = auto()
    ORGANIZATION_READ = auto()
    ORGANIZATION_MANAGE = auto()
    USER_ADMINISTER = auto()
    CALENDAR_IMPORT = auto()
    SYSTEM_READ = auto()
    AUDIT_READ = auto()

    APPLICATION_READ = auto()
    APPLICATION_EDIT = auto()
    APPLICATION_INTAKE = auto()
    APPLICATION_REVIEW = auto()
    APPLICATION_DECIDE = auto()
    APPLICATION_LAPSE = auto()

    SITTING_BOOK = auto()
    SITTING_ADMINISTER = auto()
    ATTEMPT_SIT = auto()
    ATTEMPT_CLOSE = auto()
    ITEM_READ = auto()
    ITEM_WRITE = auto()
    ITEM_APPROVE = auto()
    RESULT_RELEASE = auto()

    PRACTITIONER_READ = auto()
    PRACTITIONER_EDIT = auto()
    EMPLOYMENT_PROPOSE = auto()
    EMPLOYMENT_CONFIRM = auto()
    EMPLOYMENT_END = auto()
    PRACTITIONER_ADMINISTER = auto()
    PRACTITIONER_LAPSE = auto()

    LICENSE_READ = auto()
    LICENSE_DECIDE = auto()
    LICENSE_SURRENDER = auto()
    LICENSE_EXPIRE = auto()

    COMPLAINT_READ = auto()
    COMPLAINT_HANDLE = auto()
    COMPLAINT_ANSWER = auto()
    REPORT_READ = auto()
    REPORT_HANDLE = auto()
    FILING_FOLLOW = auto()

    CASE_READ = auto()
    CASE_INVESTIGATE = auto()
    CASE_REVIEW = auto()
    CASE_DECIDE = auto()
    CASE_ANSWER = auto()

    ANNUAL_REPORT_READ = auto()
    ANNUAL_REPORT_EDIT = auto()
    REVIEW_READ = auto()
    REVIEW_SCORE = auto()
    REVIEW_OBJECT = auto()
    REVIEW_FINALISE = auto()
    INSPECTION_READ = auto()
    INSPECTION_PLAN = auto()
    INSPECTION_RECORD = auto()
    INSPECTION_FOLLOW = auto()
    RECTIFICATION_READ = auto()
    RECTIFICATION_ORDER = auto()
    RECTIFICATION_ANSWER = auto()
    RECTIFICATION_VERIFY = auto()
    RECTIFICATION_LAPSE = auto()


P = Permission

CASE_ROLES = frozenset(Role) - {Role.AUDITOR, Role.ADMINISTRATOR}

_READS_CASES = frozenset({
    P.APPLICATION_READ, P.LICENSE_READ, P.PRACTITIONER_READ, P.ORGANIZATION_READ,
})
_READS_CONDUCT = frozenset({
    P.COMPLAINT_READ, P.REPORT_READ, P.CASE_READ, P.ANNUAL_REPORT_READ, P.REVIEW_READ,
    P.INSPECTION_READ, P.RECTIFICATION_READ,
})

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.INTAKE_OFFICER: _READS_CASES | {P.APPLICATION_INTAKE},
    Role.REVIEWER: _READS_CASES | {P.APPLICATION_REVIEW},
    Role.DECIDER: _READS_CASES | _READS_CONDUCT | {
        P.APPLICATION_DECIDE, P.LICENSE_DECIDE, P.CASE_DECIDE, P.REVIEW_FINALISE,
    },
    Role.LEGAL_REVIEWER: _READS_CASES | {P.CASE_READ, P.CASE_REVIEW},
    Role.ENFORCEMENT_OFFICER: _READS_CASES | _READS_CONDUCT | {
        P.COMPLAINT_HANDLE, P.REPORT_HANDLE, P.CASE_INVESTIGATE,
        P.INSPECTION_RECORD, P.RECTIFICATION_ORDER, P.RECTIFICATION_VERIFY,
    },
    Role.SUPERVISION_OFFICER: _READS_CASES | {
        P.ANNUAL_REPORT_READ, P.REVIEW_READ, P.REVIEW_SCORE, P.INSPECTION_READ, P.INSPECTION_PLAN,
        P.RECTIFICATION_READ, P.RECTIFICATION_ORDER, P.RECTIFICATION_VERIFY,
    },
    Role.EXAM_ADMIN: frozenset({
        P.SITTING_ADMINISTER, P.ITEM_READ, P.ITEM_APPROVE, P.RESULT_RELEASE,
        P.PRACTITIONER_READ, P.PRACTITIONER_ADMINISTER,
    }),
    Role.QUESTION_AUTHOR: frozenset({P.ITEM_READ, P.ITEM_WRITE}),
    Role.AUDITOR: _READS_CASES | _READS_CONDUCT | {P.AUDIT_READ, P.SYSTEM_READ},
    Role.ADMINISTRATOR: frozenset({P.USER_ADMINISTER, P.CALENDAR_IMPORT, P.SYSTEM_READ}),
}

PARTY = frozenset({
    P.ACCOUNT_USE, P.ORGANIZATION_READ, P.ORGANIZATION_MANAGE,
    P.APPLICATION_READ, P.APPLICATION_EDIT,
    P.SITTING_BOOK, P.ATTEMPT_SIT,
    P.PRACTITIONER_READ, P.PRACTITIONER_EDIT,
    P.EMPLOYMENT_PROPOSE, P.EMPLOYMENT_CONFIRM, P.EMPLOYMENT_END,
    P.LICENSE_READ, P.LICENSE_SURRENDER,
    P.COMPLAINT_ANSWER, P.CASE_ANSWER,
    P.ANNUAL_REPORT_READ, P.ANNUAL_REPORT_EDIT, P.REVIEW_OBJECT, P.RECTIFICATION_ANSWER,
    P.INSPECTION_FOLLOW,
})

# What the nightly jobs may do when the law lets time alone change a case.
BY_ITSELF = frozenset({
    P.APPLICATION_LAPSE, P.LICENSE_EXPIRE, P.ATTEMPT_CLOSE, P.PRACTITIONER_LAPSE, P.REVIEW_FINALISE,
    P.RECTIFICATION_LAPSE,
})

# Whoever prepared a case, or has a stake in it, may not hold these powers over it.
DECIDING = frozenset({
    P.APPLICATION_DECIDE, P.LICENSE_DECIDE, P.CASE_REVIEW, P.CASE_DECIDE, P.REVIEW_FINALISE,
    P.RESULT_RELEASE, P.ITEM_APPROVE,
})


class Actor(Protocol):
    @property
    def id(self) -> int | None: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def organization_ids(self) -> frozenset[int]: ...


class Case(Protocol):
    """What every case tells about the people around it."""

    @property
    def party_ids(self) -> frozenset[int]:
        """Users who are party to it in person."""

    @property
    def party_organization_ids(self) -> frozenset[int]:
        """Organisations that are party to it, through any of their members."""

    @property
    def barred_ids(self) -> frozenset[int]:
        """Users who prepared it, and so may not decide it."""


@dataclass(frozen=True)
class SystemActor:
    """Acts at night, where the law says that time alone has an effect."""

    id: None = None
    roles: frozenset[Role] = frozenset()
    organization_ids: frozenset[int] = frozenset()


SYSTEM = SystemActor()


@dataclass(frozen=True)
class CodeHolder:
    """Has no account, but has shown the code of the one complaint or report with this reference."""

    reference: str
    id: None = None
    roles: frozenset[Role] = frozenset()
    organization_ids: frozenset[int] = frozenset()


def granted(actor: Actor) -> frozenset[Permission]:
    """Every permission that the actor's roles carry."""
    return frozenset().union(*(GRANTS[role] for role in actor.roles))


def is_party(actor: Actor, case: Case) -> bool:
    return actor.id in case.party_ids or bool(actor.organization_ids & case.party_organization_ids)


def might(actor: Actor, permission: Permission) -> bool:
    """Whether there could be a case for which the actor has this permission."""
    if isinstance(actor, SystemActor):
        return permission in BY_ITSELF
    return permission in PARTY or permission in granted(actor)


def can(actor: Actor, permission: Permission, case: Case) -> bool:
    """Whether the actor has this permission for this case."""
    if isinstance(actor, SystemActor):
        return permission in BY_ITSELF
    # The code opens one filing and nothing else, not even another one of the same person.
    if isinstance(actor, CodeHolder):
        reference = getattr(case, "reference", None)
        return permission is Permission.FILING_FOLLOW and actor.reference == reference
    party = is_party(actor, case)
    # First, as an officer with a matter of their own is a party to it like anybody.
    if permission in PARTY and party:
        return True
    # An officer with a stake in the case is an outsider to it, whatever the roles say.
    if party or permission not in granted(actor):
        return False
    return permission not in DECIDING or actor.id not in case.barred_ids
