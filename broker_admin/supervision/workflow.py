"""The lives of the cases of supervision, each in its table."""

from enum import StrEnum, auto

from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class ReportStatus(StrEnum):
    DRAFT = auto()
    SUBMITTED = auto()
    CORRECTED = auto()


class ReviewStatus(StrEnum):
    OPEN = auto()
    SCORED = auto()
    PRELIMINARY = auto()
    OBJECTED = auto()
    ANSWERED = auto()
    FINAL = auto()
    PUBLISHED = auto()


class Veto(StrEnum):
    """What puts a holder into the lowest grade whatever the marks."""

    SERIOUS_PENALTY = auto()
    FALSE_MATERIAL = auto()
    CERTIFICATE_LENT = auto()


R, V = ReportStatus, ReviewStatus

# What a state means to the lists, the pages and the database's constraints, said once.
FILED = frozenset({R.SUBMITTED, R.CORRECTED})
TOLD = frozenset({V.PRELIMINARY, V.OBJECTED, V.ANSWERED, V.FINAL, V.PUBLISHED})
GRADED = frozenset({V.FINAL, V.PUBLISHED})

REPORT = Workflow((
    Transition("submit", {R.DRAFT}, R.SUBMITTED, P.ANNUAL_REPORT_EDIT),
    # As often as the holder likes, until the window closes (企业信息公示暂行条例 art. 12).
    Transition("correct", FILED, R.CORRECTED, P.ANNUAL_REPORT_EDIT),
))

REVIEW = Workflow((
    Transition("score", {V.OPEN, V.SCORED}, V.SCORED, P.REVIEW_SCORE),
    Transition("announce", {V.SCORED}, V.PRELIMINARY, P.REVIEW_SCORE),
    Transition("object", {V.PRELIMINARY}, V.OBJECTED, P.REVIEW_OBJECT),
    Transition("answer", {V.OBJECTED}, V.ANSWERED, P.REVIEW_SCORE),
    # An objection closes this way until somebody has answered it.
    Transition("finalise", {V.PRELIMINARY, V.ANSWERED}, V.FINAL, P.REVIEW_FINALISE),
    Transition("publish", {V.FINAL}, V.PUBLISHED, P.REVIEW_FINALISE),
))

LABELS: dict[StrEnum, str] = {
    R.DRAFT: N_("Draft"),
    R.SUBMITTED: N_("Filed"),
    R.CORRECTED: N_("Corrected"),
    V.OPEN: N_("Open"),
    V.SCORED: N_("Scored"),
    V.PRELIMINARY: N_("Preliminary result"),
    V.OBJECTED: N_("Objection made"),
    V.ANSWERED: N_("Objection answered"),
    V.FINAL: N_("Final"),
    V.PUBLISHED: N_("Published"),
    Veto.SERIOUS_PENALTY: N_("Serious penalty within the year"),
    Veto.FALSE_MATERIAL: N_("False material given"),
    Veto.CERTIFICATE_LENT: N_("Certificate lent, rented or sold"),
}

COLOURS: dict[StrEnum, str] = {
    R.DRAFT: "grey", R.SUBMITTED: "green", R.CORRECTED: "blue",
    V.OPEN: "blue", V.SCORED: "blue", V.PRELIMINARY: "yellow", V.OBJECTED: "orange",
    V.ANSWERED: "yellow", V.FINAL: "green", V.PUBLISHED: "green",
}

# What each step is called on its button and as the title of its page.
REVIEW_STEPS: dict[str, str] = {
    "score": N_("Score the year"),
    "announce": N_("Tell the holder the preliminary result"),
    "object": N_("Object to the result"),
    "answer": N_("Answer the objection"),
    "finalise": N_("Make the grade final"),
    "publish": N_("Publish the grade"),
}
