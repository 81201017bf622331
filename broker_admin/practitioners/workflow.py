"""The life of a practitioner's certificate, and of an employment."""

from enum import StrEnum, auto

from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class PractitionerStatus(StrEnum):
    CERTIFIED = auto()
    LAPSED = auto()
    VOID = auto()


class EmploymentStatus(StrEnum):
    PROPOSED = auto()
    CONFIRMED = auto()
    DECLINED = auto()
    ENDED = auto()


S = PractitionerStatus
E = EmploymentStatus

CERTIFICATE = Workflow((
    Transition("renew", {S.CERTIFIED, S.LAPSED}, S.CERTIFIED, P.PRACTITIONER_LAPSE),
    Transition("lapse", {S.CERTIFIED}, S.LAPSED, P.PRACTITIONER_LAPSE),
    Transition("void", {S.CERTIFIED, S.LAPSED}, S.VOID, P.PRACTITIONER_ADMINISTER),
))

# The organisation proposes, the person confirms or declines, either may end it.
EMPLOYMENT = Workflow((
    Transition("confirm", {E.PROPOSED}, E.CONFIRMED, P.EMPLOYMENT_CONFIRM),
    Transition("decline", {E.PROPOSED}, E.DECLINED, P.EMPLOYMENT_CONFIRM),
    Transition("end", {E.CONFIRMED}, E.ENDED, P.EMPLOYMENT_END),
    # With a certificate that is declared void, the employment as a practitioner ceases too.
    Transition("cease", {E.CONFIRMED}, E.ENDED, P.PRACTITIONER_ADMINISTER),
))

LABELS: dict[StrEnum, str] = {
    S.CERTIFIED: N_("Certified"),
    S.LAPSED: N_("Lapsed"),
    S.VOID: N_("Void"),
    E.PROPOSED: N_("Proposed"),
    E.CONFIRMED: N_("Confirmed"),
    E.DECLINED: N_("Declined"),
    E.ENDED: N_("Ended"),
}

COLOURS: dict[StrEnum, str] = {
    S.CERTIFIED: "green", S.LAPSED: "grey", S.VOID: "red",
    E.PROPOSED: "yellow", E.CONFIRMED: "green", E.DECLINED: "grey", E.ENDED: "grey",
}
