"""The life of a membership: who belongs to which organisation."""

from enum import StrEnum, auto

from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class MembershipStatus(StrEnum):
    ASKED = auto()
    APPROVED = auto()
    DECLINED = auto()
    ENDED = auto()


S = MembershipStatus

MEMBERSHIP = Workflow((
    Transition("approve", {S.ASKED}, S.APPROVED, P.ORGANIZATION_MANAGE),
    Transition("decline", {S.ASKED}, S.DECLINED, P.ORGANIZATION_MANAGE),
    # Within the organisation: who belongs to it stays the same, who decides on that changes.
    Transition("appoint", {S.APPROVED}, S.APPROVED, P.ORGANIZATION_MANAGE),
    Transition("dismiss", {S.APPROVED}, S.APPROVED, P.ORGANIZATION_MANAGE),
    Transition("end", {S.APPROVED}, S.ENDED, P.ORGANIZATION_MANAGE),
))

LABELS: dict[StrEnum, str] = {
    S.ASKED: N_("Asked to join"),
    S.APPROVED: N_("Member"),
    S.DECLINED: N_("Declined"),
    S.ENDED: N_("Ended"),
}
