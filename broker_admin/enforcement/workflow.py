"""The life of a conduct case, from opening to its end."""

from enum import StrEnum, auto

from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class CaseStatus(StrEnum):
    INVESTIGATING = auto()
    PRIOR_NOTICE = auto()
    STATEMENT = auto()
    LEGAL_REVIEW = auto()
    DECISION_PENDING = auto()
    EXECUTING = auto()
    NO_MEASURE = auto()
    NOT_FILED = auto()
    CLOSED = auto()


S = CaseStatus

OPEN = frozenset({S.INVESTIGATING, S.PRIOR_NOTICE, S.STATEMENT, S.LEGAL_REVIEW, S.DECISION_PENDING})
NOTIFIED = frozenset({S.PRIOR_NOTICE, S.STATEMENT, S.LEGAL_REVIEW, S.DECISION_PENDING, S.EXECUTING,
                      S.NO_MEASURE, S.CLOSED})
IMPOSED = frozenset({S.EXECUTING, S.CLOSED})
DECIDED = IMPOSED | {S.NO_MEASURE}

WORKFLOW = Workflow((
    Transition("drop", {S.INVESTIGATING}, S.NOT_FILED, P.CASE_INVESTIGATE),
    Transition("give_notice", {S.INVESTIGATING}, S.PRIOR_NOTICE, P.CASE_INVESTIGATE),
    Transition("state", {S.PRIOR_NOTICE}, S.STATEMENT, P.CASE_ANSWER),
    Transition("refer", {S.PRIOR_NOTICE, S.STATEMENT}, S.LEGAL_REVIEW, P.CASE_INVESTIGATE),
    Transition("reopen", {S.LEGAL_REVIEW}, S.INVESTIGATING, P.CASE_REVIEW),
    Transition("clear", {S.LEGAL_REVIEW}, S.DECISION_PENDING, P.CASE_REVIEW),
    Transition("impose", {S.DECISION_PENDING}, S.EXECUTING, P.CASE_DECIDE),
    Transition("acquit", {S.DECISION_PENDING}, S.NO_MEASURE, P.CASE_DECIDE),
    Transition("close", {S.EXECUTING}, S.CLOSED, P.CASE_INVESTIGATE),
))

LABELS: dict[StrEnum, str] = {
    S.INVESTIGATING: N_("Under investigation"),
    S.PRIOR_NOTICE: N_("Prior notice given"),
    S.STATEMENT: N_("Statement received"),
    S.LEGAL_REVIEW: N_("Legal review"),
    S.DECISION_PENDING: N_("Decision pending"),
    S.EXECUTING: N_("Measure imposed"),
    S.NO_MEASURE: N_("Ended without a measure"),
    S.NOT_FILED: N_("Not pursued"),
    S.CLOSED: N_("Closed"),
}

COLOURS: dict[StrEnum, str] = {
    S.INVESTIGATING: "blue", S.PRIOR_NOTICE: "yellow", S.STATEMENT: "blue",
    S.LEGAL_REVIEW: "blue", S.DECISION_PENDING: "yellow", S.EXECUTING: "orange",
    S.NO_MEASURE: "grey", S.NOT_FILED: "grey", S.CLOSED: "grey",
}

STEPS: dict[str, str] = {
    "join": N_("Join as second investigator"),
    "find": N_("Record a finding"),
    "evidence": N_("Add evidence"),
    "call_hearing": N_("Call the hearing"),
    "hold_hearing": N_("Record the hearing"),
    "drop": N_("Do not pursue"),
    "give_notice": N_("Give prior notice"),
    "state": N_("Make a statement"),
    "refer": N_("Refer to legal review"),
    "reopen": N_("Return to investigation"),
    "clear": N_("Clear for decision"),
    "impose": N_("Impose a measure"),
    "acquit": N_("End without a measure"),
    "close": N_("Close the case"),
}
