"""The lives of draws, inspections and rectifications."""

from enum import StrEnum, auto

from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class DrawStatus(StrEnum):
    COMMITTED = auto()
    DRAWN = auto()


class InspectionStatus(StrEnum):
    DRAWN = auto()
    NOTIFIED = auto()
    RECORDED = auto()
    CONCLUDED = auto()
    TOLD = auto()
    PUBLISHED = auto()


class InspectionResult(StrEnum):
    NO_ISSUE = auto()
    ISSUE_CORRECTED = auto()
    RECTIFY = auto()
    CASE = auto()
    UNCONTACTABLE = auto()
    REFUSED = auto()


class RectificationStatus(StrEnum):
    ISSUED = auto()
    ANSWERED = auto()
    REJECTED = auto()
    OVERDUE = auto()
    VERIFIED = auto()


D, J, Z = DrawStatus, InspectionStatus, RectificationStatus

# From here on the holder knows of the inspection.
KNOWN = frozenset(J) - {J.DRAWN}
CONCLUDED = frozenset({J.CONCLUDED, J.TOLD, J.PUBLISHED})
# In these alone a clock runs, and the night may mark an order overdue.
RUNNING = frozenset({Z.ISSUED, Z.REJECTED})

DRAW = Workflow((
    Transition("draw", {D.COMMITTED}, D.DRAWN, P.INSPECTION_PLAN),
))

INSPECTION = Workflow((
    Transition("notify", {J.DRAWN}, J.NOTIFIED, P.INSPECTION_RECORD),
    Transition("record", {J.NOTIFIED}, J.RECORDED, P.INSPECTION_RECORD),
    Transition("conclude", {J.RECORDED}, J.CONCLUDED, P.INSPECTION_RECORD),
    Transition("tell", {J.CONCLUDED}, J.TOLD, P.INSPECTION_RECORD),
    Transition("publish", {J.TOLD}, J.PUBLISHED, P.INSPECTION_RECORD),
))

RECTIFICATION = Workflow((
    # Late is better than never: an overdue order can still be answered.
    Transition("answer", RUNNING | {Z.OVERDUE}, Z.ANSWERED, P.RECTIFICATION_ANSWER),
    Transition("verify", {Z.ANSWERED}, Z.VERIFIED, P.RECTIFICATION_VERIFY),
    Transition("reject", {Z.ANSWERED}, Z.REJECTED, P.RECTIFICATION_VERIFY),
    Transition("lapse", RUNNING, Z.OVERDUE, P.RECTIFICATION_LAPSE),
))

DRAW_LABELS: dict[StrEnum, str] = {D.COMMITTED: N_("Seed committed"), D.DRAWN: N_("Drawn")}

INSPECTION_LABELS: dict[StrEnum, str] = {
    J.DRAWN: N_("Drawn"),
    J.NOTIFIED: N_("Holder notified"),
    J.RECORDED: N_("Visit recorded"),
    J.CONCLUDED: N_("Concluded"),
    J.TOLD: N_("Result told"),
    J.PUBLISHED: N_("Published"),
}

RESULT_LABELS: dict[StrEnum, str] = {
    InspectionResult.NO_ISSUE: N_("No issue found"),
    InspectionResult.ISSUE_CORRECTED: N_("Issue found and corrected at once"),
    InspectionResult.RECTIFY: N_("Rectification ordered"),
    InspectionResult.CASE: N_("Case to be opened"),
    InspectionResult.UNCONTACTABLE: N_("Could not be contacted at the registered address"),
    InspectionResult.REFUSED: N_("Refused the inspection"),
}

RECTIFICATION_LABELS: dict[StrEnum, str] = {
    Z.ISSUED: N_("Rectification running"),
    Z.ANSWERED: N_("Answered, to be verified"),
    Z.REJECTED: N_("Not sufficient"),
    Z.OVERDUE: N_("Overdue"),
    Z.VERIFIED: N_("Verified"),
}

# By value: a state that two kinds share has one colour.
INSPECTION_COLOURS: dict[StrEnum, str] = {
    D.COMMITTED: "yellow", J.DRAWN: "blue", J.NOTIFIED: "blue", J.RECORDED: "yellow",
    J.CONCLUDED: "yellow", J.TOLD: "green", J.PUBLISHED: "green", Z.ISSUED: "yellow",
    Z.ANSWERED: "yellow", Z.REJECTED: "orange", Z.OVERDUE: "red", Z.VERIFIED: "green",
}

INSPECTION_STEPS: dict[str, str] = {
    "notify": N_("Notify the holder"),
    "record": N_("Record the inspection"),
    "conclude": N_("Conclude the inspection"),
    "tell": N_("Tell the holder the result"),
    "publish": N_("Publish the result"),
}

RECTIFICATION_STEPS: dict[str, str] = {
    "answer": N_("Answer the order"),
    "verify": N_("Verify the rectification"),
    "reject": N_("Find the answer not sufficient"),
}
