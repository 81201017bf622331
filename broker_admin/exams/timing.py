"""When an attempt closes, what is left of it, and what comes too late.

The clock is the server's: callers pass one moment and every rule uses that one.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from broker_admin.refusals import N_, Refused

NONE = timedelta(0)
# For what was sent in time and arrived late; it is the network's and not the candidate's.
GRACE = timedelta(seconds=5)
# Behind the grace, so that sweeping never races an answer that would still be taken.
SWEEP_MARGIN = timedelta(seconds=2)
WARNINGS = (timedelta(minutes=10), timedelta(minutes=5), timedelta(minutes=1))


class Late(StrEnum):
    """Why nothing is taken for an attempt at a moment."""

    NOT_STARTED = "not_started"
    TIME_IS_UP = "time_is_up"


SENTENCES = {
    Late.NOT_STARTED: N_("This attempt had not begun when the answer arrived."),
    Late.TIME_IS_UP: N_("Time was up when this answer arrived; what was saved before counts."),
}


class AnswerRefused(Refused):
    """An answer outside the attempt's time; nothing of it is kept."""

    def __init__(self, reason: Late) -> None:
        self.reason = reason
        super().__init__(SENTENCES[reason])


class Entry(StrEnum):
    """Whether a candidate who presses start now may begin."""

    TOO_EARLY = "too_early"
    OPEN = "open"
    TOO_LATE = "too_late"


ENTRY_LABELS = {
    Entry.TOO_EARLY: N_("The sitting has not opened yet"),
    Entry.OPEN: N_("You may begin now"),
    Entry.TOO_LATE: N_("The latest time to begin has passed"),
}


@dataclass(frozen=True)
class Accommodation:
    """More time for a candidate with an approved need."""

    factor: Fraction = Fraction(1)
    extra: timedelta = NONE

    def __post_init__(self) -> None:
        if self.factor < 1 or self.extra < NONE:
            raise ValueError("An accommodation gives time; it never takes any.")

    def applied_to(self, duration: timedelta) -> timedelta:
        """Whole seconds, the odd fraction given to the candidate."""
        return timedelta(seconds=ceil(duration // timedelta(seconds=1) * self.factor)) + self.extra


@dataclass(frozen=True)
class SittingTimes:
    """The hours of a sitting; ``latest_entry`` is counted from its opening."""

    opens_at: datetime
    ends_at: datetime
    duration: timedelta
    latest_entry: timedelta = timedelta(minutes=30)
    grace: timedelta = GRACE
    extension: timedelta = NONE

    def entry(self, at: datetime) -> Entry:
        if at < self.opens_at:
            return Entry.TOO_EARLY
        return Entry.OPEN if at <= self.opens_at + self.latest_entry else Entry.TOO_LATE


@dataclass(frozen=True)
class AttemptClock:
    """Everything that the closing moment of one attempt depends on."""

    started_at: datetime
    sitting: SittingTimes
    accommodation: Accommodation = field(default_factory=Accommodation)
    paused: timedelta = NONE

    @property
    def allowed(self) -> timedelta:
        return self.accommodation.applied_to(self.sitting.duration)

    @property
    def closes_at(self) -> datetime:
        """The sitting's end binds, but moves back by the time that was granted on top."""
        # Without this, a candidate with approved extra time would lose it to the common end.
        granted = self.allowed - self.sitting.duration
        closing = min(self.started_at + self.allowed, self.sitting.ends_at + granted)
        return closing + self.paused + self.sitting.extension

    @property
    def lost_by_starting_late(self) -> timedelta:
        """Told before the start button: how much less than the allowed time there is."""
        return self.started_at + self.allowed + self.paused + self.sitting.extension - (
            self.closes_at
        )

    def time_left(self, at: datetime) -> timedelta:
        return max(NONE, self.closes_at - max(at, self.started_at))

    def refusal(self, received_at: datetime) -> Late | None:
        """Why an answer received at this moment is refused; none when it counts."""
        if received_at < self.started_at:
            return Late.NOT_STARTED
        late = received_at > self.closes_at + self.sitting.grace
        return Late.TIME_IS_UP if late else None

    def check(self, received_at: datetime) -> None:
        """Raises AnswerRefused for an answer that does not count."""
        if reason := self.refusal(received_at):
            raise AnswerRefused(reason)

    def in_grace(self, received_at: datetime) -> bool:
        """Counted, but on record as received after the closing moment."""
        return self.closes_at < received_at <= self.closes_at + self.sitting.grace

    def is_to_be_swept(self, at: datetime) -> bool:
        """Past the last moment at which an answer could still be on its way in."""
        return at >= self.closes_at + self.sitting.grace + SWEEP_MARGIN

    def warning(self, at: datetime) -> timedelta | None:
        """The last of the 10, 5 and 1 minute marks passed; none before and after."""
        # Read from the time left, so that a reload in the ninth minute warns again.
        left = self.time_left(at)
        passed = [mark for mark in WARNINGS if NONE < left <= mark]
        return min(passed, default=None)

    def next_warning_at(self, at: datetime) -> datetime | None:
        moments = (self.closes_at - mark for mark in WARNINGS)
        return min((moment for moment in moments if moment > at), default=None)

    def pausing(self, length: timedelta) -> "AttemptClock":
        return replace(self, paused=self.paused + length)

    def granting(self, extra: timedelta) -> "AttemptClock":
        more = replace(self.accommodation, extra=self.accommodation.extra + extra)
        return replace(self, accommodation=more)

    def extending(self, length: timedelta) -> "AttemptClock":
        longer = replace(self.sitting, extension=self.sitting.extension + length)
        return replace(self, sitting=longer)
