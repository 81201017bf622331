"""The life of a license, from issue to its removal from the list of valid ones."""

from enum import StrEnum, auto

from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class LicenseStatus(StrEnum):
    ACTIVE = auto()
    SUSPENDED = auto()
    EXPIRED = auto()
    WITHDRAWN = auto()
    ANNULLED = auto()
    REVOKED = auto()
    CANCELLED = auto()


S = LicenseStatus

LIVE = frozenset({S.ACTIVE, S.SUSPENDED})
ENDED = frozenset(S) - LIVE
# Who broke the law while licensed (处罚法 36), or never deserved the license (许可法 69), answers for
# it after the term too.  Nothing is left then to be suspended, given up or withdrawn (许可法 8).
ANSWERABLE = LIVE | {S.EXPIRED}

WORKFLOW = Workflow((
    Transition("suspend", {S.ACTIVE}, S.SUSPENDED, P.LICENSE_DECIDE),
    Transition("lift", {S.SUSPENDED}, S.ACTIVE, P.LICENSE_DECIDE),
    # No button leads here: time alone ends a suspension in this way.
    Transition("resume", {S.SUSPENDED}, S.ACTIVE, P.LICENSE_EXPIRE),
    Transition("revoke", ANSWERABLE, S.REVOKED, P.LICENSE_DECIDE),
    Transition("annul", ANSWERABLE, S.ANNULLED, P.LICENSE_DECIDE),
    Transition("withdraw", LIVE, S.WITHDRAWN, P.LICENSE_DECIDE),
    Transition("surrender", LIVE, S.CANCELLED, P.LICENSE_SURRENDER),
    Transition("expire", LIVE, S.EXPIRED, P.LICENSE_EXPIRE),
    Transition("cancel", ENDED - {S.CANCELLED}, S.CANCELLED, P.LICENSE_DECIDE),
))

LABELS: dict[StrEnum, str] = {
    S.ACTIVE: N_("Valid"),
    S.SUSPENDED: N_("Suspended"),
    S.EXPIRED: N_("Expired"),
    S.WITHDRAWN: N_("Withdrawn by the authority"),
    S.ANNULLED: N_("Annulled"),
    S.REVOKED: N_("Revoked"),
    S.CANCELLED: N_("Deregistered"),
}

COLOURS: dict[StrEnum, str] = {
    S.ACTIVE: "green", S.SUSPENDED: "orange", S.EXPIRED: "grey", S.WITHDRAWN: "grey",
    S.ANNULLED: "red", S.REVOKED: "red", S.CANCELLED: "grey",
}

# At the desk of licenses: revoking, a penalty, has no step of its own but follows from a case.
STEPS: dict[str, str] = {
    "suspend": N_("Suspend the license"),
    "lift": N_("Lift the suspension"),
    "annul": N_("Annul the license"),
    "withdraw": N_("Withdraw the license"),
    "surrender": N_("Give up the license"),
    "cancel": N_("Cancel in the register"),
}

# Decisions against the holder's will: each is told with the remedies (许可法 38).
CONTESTABLE = frozenset({"suspend", "revoke", "annul", "withdraw"})

# What happened, as the register and the timeline say it, by the verb that did it.
ACTS: dict[str, str] = {
    "issue": N_("License issued"),
    "suspend": N_("License suspended"),
    "lift": N_("Suspension lifted"),
    "resume": N_("Suspension ended in time"),
    "revoke": N_("License revoked"),
    "annul": N_("License annulled"),
    "withdraw": N_("License withdrawn by the authority"),
    "surrender": N_("License given up by its holder"),
    "expire": N_("License expired"),
    "cancel": N_("License cancelled in the register"),
}
