"""What can happen around an exam.  No event carries a mark or a key: auditors read them early."""

from collections.abc import Iterable
from dataclasses import dataclass

from broker_admin.accounts.models import User
from broker_admin.events import Event


@dataclass(frozen=True, kw_only=True)
class ItemImported(Event):
    name = "item.imported"
    version: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class ItemRetired(Event):
    name = "item.retired"


@dataclass(frozen=True, kw_only=True)
class CandidateRegistered(Event):
    name = "candidate.registered"
    qualification: str


@dataclass(frozen=True, kw_only=True)
class SittingPlanned(Event):
    name = "sitting.planned"
    subject: str
    opens_at: str
    capacity: int


@dataclass(frozen=True, kw_only=True)
class BookingOpened(Event):
    name = "sitting.opened"


@dataclass(frozen=True, kw_only=True)
class SittingSealed(Event):
    name = "sitting.sealed"
    commitment: str
    papers: int


@dataclass(frozen=True, kw_only=True)
class SittingBegun(Event):
    name = "sitting.begun"


@dataclass(frozen=True, kw_only=True)
class SittingClosed(Event):
    name = "sitting.closed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class SittingCancelled(Event):
    name = "sitting.cancelled"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResultsReleased(Event):
    name = "sitting.released"
    results: int


class _TellsTheCandidate(Event):
    def recipients(self) -> Iterable[User]:
        booking = getattr(self.case, "booking", self.case)
        return [booking.candidate.user]


@dataclass(frozen=True, kw_only=True)
class SeatBooked(_TellsTheCandidate):
    name = "booking.booked"
    email = "exams/booked"
    sitting: str


@dataclass(frozen=True, kw_only=True)
class BookingCancelled(_TellsTheCandidate):
    name = "booking.cancelled"
    email = "exams/booking_cancelled"
    sitting: str


@dataclass(frozen=True, kw_only=True)
class BookingDropped(_TellsTheCandidate):
    name = "booking.dropped"
    email = "exams/sitting_cancelled"
    sitting: str


@dataclass(frozen=True, kw_only=True)
class CandidateAttended(Event):
    name = "booking.attended"


@dataclass(frozen=True, kw_only=True)
class CandidateMissed(Event):
    name = "booking.missed"


@dataclass(frozen=True, kw_only=True)
class AttemptPrepared(Event):
    name = "attempt.prepared"
    paper: str


@dataclass(frozen=True, kw_only=True)
class AttemptStarted(Event):
    name = "attempt.started"
    closes_at: str


@dataclass(frozen=True, kw_only=True)
class AttemptTakenOver(Event):
    name = "attempt.taken_over"
    epoch: int


@dataclass(frozen=True, kw_only=True)
class AttemptSubmitted(_TellsTheCandidate):
    name = "attempt.submitted"
    email = "exams/submitted"
    reason: str
    answered: int
    receipt: str


@dataclass(frozen=True, kw_only=True)
class AttemptDropped(Event):
    name = "attempt.dropped"


@dataclass(frozen=True, kw_only=True)
class AttemptScored(Event):
    name = "attempt.scored"
    key_version: int


@dataclass(frozen=True, kw_only=True)
class ResultReleased(_TellsTheCandidate):
    name = "attempt.released"
    email = "exams/result"
