"""The life of an application, from draft to decision."""

from enum import StrEnum, auto

from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class ApplicationStatus(StrEnum):
    DRAFT = auto()
    SUBMITTED = auto()
    CORRECTION_REQUIRED = auto()
    UNDER_REVIEW = auto()
    EXPERT_REVIEW = auto()
    DECISION_PENDING = auto()
    APPROVED = auto()
    REFUSED = auto()
    NOT_ACCEPTED = auto()
    WITHDRAWN = auto()


S = ApplicationStatus

ACCEPTED = frozenset({S.UNDER_REVIEW, S.EXPERT_REVIEW, S.DECISION_PENDING, S.APPROVED, S.REFUSED})
DECIDED = frozenset({S.APPROVED, S.REFUSED})
OPEN = frozenset({S.SUBMITTED, S.CORRECTION_REQUIRED, S.UNDER_REVIEW, S.EXPERT_REVIEW,
                  S.DECISION_PENDING})
ENDED = frozenset(S) - OPEN - {S.DRAFT}

WORKFLOW = Workflow((
    Transition("submit", {S.DRAFT, S.CORRECTION_REQUIRED}, S.SUBMITTED, P.APPLICATION_EDIT),
    Transition("withdraw", OPEN | {S.DRAFT}, S.WITHDRAWN, P.APPLICATION_EDIT),
    Transition("require_correction", {S.SUBMITTED}, S.CORRECTION_REQUIRED, P.APPLICATION_INTAKE),
    Transition("accept", {S.SUBMITTED}, S.UNDER_REVIEW, P.APPLICATION_INTAKE),
    Transition("decline", {S.SUBMITTED}, S.NOT_ACCEPTED, P.APPLICATION_INTAKE),
    Transition("deem_accepted", {S.SUBMITTED}, S.UNDER_REVIEW, P.APPLICATION_LAPSE),
    Transition("lapse", {S.CORRECTION_REQUIRED}, S.WITHDRAWN, P.APPLICATION_LAPSE),
    Transition("begin_expert_review", {S.UNDER_REVIEW}, S.EXPERT_REVIEW, P.APPLICATION_REVIEW),
    Transition("end_expert_review", {S.EXPERT_REVIEW}, S.UNDER_REVIEW, P.APPLICATION_REVIEW),
    Transition("propose", {S.UNDER_REVIEW}, S.DECISION_PENDING, P.APPLICATION_REVIEW),
    Transition("send_back", {S.DECISION_PENDING}, S.UNDER_REVIEW, P.APPLICATION_DECIDE),
    Transition("grant", {S.DECISION_PENDING}, S.APPROVED, P.APPLICATION_DECIDE),
    Transition("refuse", {S.DECISION_PENDING}, S.REFUSED, P.APPLICATION_DECIDE),
))

LABELS: dict[StrEnum, str] = {
    S.DRAFT: N_("Draft"),
    S.SUBMITTED: N_("Submitted"),
    S.CORRECTION_REQUIRED: N_("Correction required"),
    S.UNDER_REVIEW: N_("Under review"),
    S.EXPERT_REVIEW: N_("Expert review"),
    S.DECISION_PENDING: N_("Decision pending"),
    S.APPROVED: N_("Granted"),
    S.REFUSED: N_("Refused"),
    S.NOT_ACCEPTED: N_("Not accepted"),
    S.WITHDRAWN: N_("Withdrawn"),
}

COLOURS: dict[StrEnum, str] = {
    S.DRAFT: "grey", S.SUBMITTED: "blue", S.CORRECTION_REQUIRED: "orange",
    S.UNDER_REVIEW: "blue", S.EXPERT_REVIEW: "purple", S.DECISION_PENDING: "yellow",
    S.APPROVED: "green", S.REFUSED: "red", S.NOT_ACCEPTED: "red", S.WITHDRAWN: "grey",
}

# What each step is called on its button and as the title of its page.
STEPS: dict[str, str] = {
    "submit": N_("Submit the application"),
    "withdraw": N_("Withdraw the application"),
    "require_correction": N_("Require correction"),
    "accept": N_("Accept the application"),
    "decline": N_("Refuse to accept"),
    "begin_expert_review": N_("Begin expert review"),
    "end_expert_review": N_("End expert review"),
    "propose": N_("Propose a decision"),
    "send_back": N_("Send back for further review"),
    "grant": N_("Grant"),
    "refuse": N_("Refuse"),
}
