"""The life of a sitting, of a seat in it, and of one candidate's attempt."""

from enum import StrEnum, auto

from broker_admin.exams.items import KIND_LABELS
from broker_admin.exams.topics import Subject
from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class SittingStatus(StrEnum):
    PLANNED = auto()
    OPEN = auto()
    SEALED = auto()
    RUNNING = auto()
    CLOSED = auto()
    PUBLISHED = auto()
    CANCELLED = auto()


class BookingStatus(StrEnum):
    BOOKED = auto()
    ATTENDED = auto()
    NO_SHOW = auto()
    CANCELLED = auto()


class AttemptStatus(StrEnum):
    PREPARED = auto()
    IN_PROGRESS = auto()
    SUBMITTED = auto()
    SCORED = auto()
    RELEASED = auto()
    NO_SHOW = auto()
    CANCELLED = auto()


class SubmitReason(StrEnum):
    CANDIDATE = auto()
    DEADLINE = auto()
    TERMINATED = auto()


class EventKind(StrEnum):
    STARTED = auto()
    SAVED = auto()
    TAKEN_OVER = auto()
    SUBMITTED = auto()


class Qualification(StrEnum):
    """By which of the two ways a candidate may sit the exam."""

    DIPLOMA = auto()
    EXPERIENCE = auto()


S = SittingStatus
B = BookingStatus
A = AttemptStatus

# Once its papers are drawn a sitting takes no further bookings.
DRAWN = frozenset({S.SEALED, S.RUNNING, S.CLOSED, S.PUBLISHED})
ANNOUNCED = frozenset({S.OPEN}) | DRAWN
BEGUN = frozenset({A.IN_PROGRESS, A.SUBMITTED, A.SCORED, A.RELEASED})
HANDED_IN = BEGUN - {A.IN_PROGRESS}
MARKED = frozenset({A.SCORED, A.RELEASED})

SITTING = Workflow((
    Transition("open_booking", {S.PLANNED}, S.OPEN, P.SITTING_ADMINISTER),
    Transition("seal", {S.OPEN}, S.SEALED, P.SITTING_ADMINISTER),
    Transition("run", {S.SEALED}, S.RUNNING, P.ATTEMPT_CLOSE),
    # By time alone, when no attempt is left open; or by an administrator, who answers for it.
    Transition("end", {S.RUNNING}, S.CLOSED, P.ATTEMPT_CLOSE),
    Transition("close", {S.RUNNING}, S.CLOSED, P.SITTING_ADMINISTER),
    Transition("release", {S.CLOSED}, S.PUBLISHED, P.RESULT_RELEASE),
    Transition("cancel", {S.PLANNED, S.OPEN, S.SEALED}, S.CANCELLED, P.SITTING_ADMINISTER),
))

BOOKING = Workflow((
    Transition("cancel", {B.BOOKED}, B.CANCELLED, P.SITTING_BOOK),
    Transition("drop", {B.BOOKED}, B.CANCELLED, P.SITTING_ADMINISTER),
    Transition("attend", {B.BOOKED}, B.ATTENDED, P.ATTEMPT_SIT),
    Transition("miss", {B.BOOKED}, B.NO_SHOW, P.ATTEMPT_CLOSE),
))

ATTEMPT = Workflow((
    Transition("start", {A.PREPARED}, A.IN_PROGRESS, P.ATTEMPT_SIT),
    Transition("submit", {A.IN_PROGRESS}, A.SUBMITTED, P.ATTEMPT_SIT),
    Transition("expire", {A.IN_PROGRESS}, A.SUBMITTED, P.ATTEMPT_CLOSE),
    Transition("terminate", {A.IN_PROGRESS}, A.SUBMITTED, P.SITTING_ADMINISTER),
    Transition("miss", {A.PREPARED}, A.NO_SHOW, P.ATTEMPT_CLOSE),
    Transition("drop", {A.PREPARED}, A.CANCELLED, P.SITTING_ADMINISTER),
    Transition("score", {A.SUBMITTED}, A.SCORED, P.ATTEMPT_CLOSE),
    Transition("release", {A.SCORED}, A.RELEASED, P.RESULT_RELEASE),
))

# Tables of their own: members of two enumerations with one value are the same key.
SITTING_LABELS: dict[StrEnum, str] = {
    S.PLANNED: N_("Planned"),
    S.OPEN: N_("Open for booking"),
    S.SEALED: N_("Papers sealed"),
    S.RUNNING: N_("Running"),
    S.CLOSED: N_("Closed, marking"),
    S.PUBLISHED: N_("Results published"),
    S.CANCELLED: N_("Called off"),
}
BOOKING_LABELS: dict[StrEnum, str] = {
    B.BOOKED: N_("Booked"),
    B.ATTENDED: N_("Attended"),
    B.NO_SHOW: N_("Did not attend"),
    B.CANCELLED: N_("Seat given back"),
}
ATTEMPT_LABELS: dict[StrEnum, str] = {
    A.PREPARED: N_("Not begun"),
    A.IN_PROGRESS: N_("Working on the paper"),
    A.SUBMITTED: N_("Handed in"),
    A.SCORED: N_("Marked"),
    A.RELEASED: N_("Result published"),
    A.NO_SHOW: N_("Did not attend"),
    A.CANCELLED: N_("Seat given back"),
}
LABELS: dict[StrEnum, str] = {
    SubmitReason.CANDIDATE: N_("by the candidate"),
    SubmitReason.DEADLINE: N_("by the server at the end of the time"),
    SubmitReason.TERMINATED: N_("by the examination office"),
    Qualification.DIPLOMA: N_("A diploma of a junior college or higher"),
    Qualification.EXPERIENCE: N_("At least two years of work with data"),
    Subject.LAW: N_("Law and professional rules"),
    Subject.PRACTICE: N_("Data brokerage practice"),
}
ALL_LABELS = (SITTING_LABELS, BOOKING_LABELS, ATTEMPT_LABELS, LABELS, KIND_LABELS)

COLOURS: dict[tuple[str, str], str] = {
    (type(state).__name__, state.value): colour
    for state, colour in (
        (S.PLANNED, "grey"), (S.OPEN, "green"), (S.SEALED, "blue"), (S.RUNNING, "orange"),
        (S.CLOSED, "yellow"), (S.PUBLISHED, "green"), (S.CANCELLED, "red"),
        (B.BOOKED, "green"), (B.ATTENDED, "blue"), (B.NO_SHOW, "grey"), (B.CANCELLED, "grey"),
        (A.PREPARED, "grey"), (A.IN_PROGRESS, "orange"), (A.SUBMITTED, "blue"),
        (A.SCORED, "yellow"), (A.RELEASED, "green"), (A.NO_SHOW, "grey"), (A.CANCELLED, "grey"),
    )
}


def colour(state: StrEnum) -> str:
    """Members of different enumerations may share a value, and so cannot share a table."""
    return COLOURS[type(state).__name__, state.value]


STEPS: dict[str, str] = {
    "open_booking": N_("Open the booking"),
    "seal": N_("Draw and seal the papers"),
    "close": N_("End the sitting now"),
    "release": N_("Release the results"),
    "cancel": N_("Call the sitting off"),
}
