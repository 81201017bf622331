from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.chain import GENESIS
from broker_admin.db import Base, filled_while
from broker_admin.exams.drawing import Line
from broker_admin.exams.items import ItemKind
from broker_admin.exams.models.immutability import never_changed
from broker_admin.exams.models.sittings import Booking, Sitting
from broker_admin.exams.timing import AttemptClock
from broker_admin.exams.workflow import (
    BEGUN,
    HANDED_IN,
    AttemptStatus,
    EventKind,
    SubmitReason,
)


class CandidatePaper(Base):
    """A candidate's questions as drawn when the sitting was sealed; never with their keys."""

    __tablename__ = "candidate_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), unique=True)
    attempt_number: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))

    booking: Mapped[Booking] = relationship()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(
            Line(row["position"], row["code"], row["topic"], ItemKind(row["kind"]),
                 tuple(row["order"]), row["marks"], row["digest"])
            for row in self.rows
        )

    @property
    def version_ids(self) -> dict[int, int]:
        """By position, the version of the item that was drawn, whatever was edited since."""
        return {row["position"]: row["version"] for row in self.rows}


class ExamAttempt(Base):
    """One candidate's work on one paper, under the server's clock."""

    __tablename__ = "exam_attempt"
    __table_args__ = (
        filled_while(BEGUN, "started_at"),
        filled_while(BEGUN, "closes_at"),
        *(filled_while(HANDED_IN, column)
          for column in ("submitted_at", "submit_reason", "answered", "receipt")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), unique=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("candidate_paper.id"), unique=True)
    status: Mapped[AttemptStatus] = mapped_column(default=AttemptStatus.PREPARED, index=True)
    started_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    # Which window may write; another takes over by a step of its own, and counts the epoch up.
    lease: Mapped[str | None] = mapped_column(String(100))
    epoch: Mapped[int] = mapped_column(default=1)
    event_count: Mapped[int] = mapped_column(default=0)
    chain_head: Mapped[str] = mapped_column(String(64), default=GENESIS)
    submitted_at: Mapped[datetime | None]
    submit_reason: Mapped[SubmitReason | None]
    answered: Mapped[int | None]
    receipt: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column()

    booking: Mapped[Booking] = relationship()
    paper: Mapped[CandidatePaper] = relationship()
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.position")
    result: Mapped["ExamResult | None"] = relationship(back_populates="attempt")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        return f"attempt-{self.id}"

    @property
    def sitting(self) -> Sitting:
        return self.booking.sitting

    @property
    def clock(self) -> AttemptClock:
        """Raises ValueError before the start, when there is nothing to reckon from."""
        if self.started_at is None:
            raise ValueError("An attempt that has not begun has no clock.")
        return AttemptClock(self.started_at, self.sitting.times)

    @property
    def party_ids(self) -> frozenset[int]:
        return self.booking.party_ids

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return self.sitting.barred_ids


class AnswerEvent(Base):
    """One thing that happened in an attempt, in the server's order.  Append-only."""

    __tablename__ = "answer_event"
    __table_args__ = (
        UniqueConstraint("attempt_id", "number"),
        UniqueConstraint("attempt_id", "client", "seq", name="uq_answer_event_client_seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("exam_attempt.id"))
    number: Mapped[int]
    kind: Mapped[EventKind]
    client: Mapped[str | None] = mapped_column(String(100))
    seq: Mapped[int | None]
    position: Mapped[int | None]
    letters: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    flagged: Mapped[bool | None]
    at: Mapped[datetime]
    in_grace: Mapped[bool] = mapped_column(default=False)
    previous: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))

    def content(self) -> dict[str, Any]:
        """What the seal covers."""
        return {
            "attempt": self.attempt_id, "number": self.number, "kind": self.kind,
            "client": self.client, "seq": self.seq, "position": self.position,
            "letters": self.letters, "flagged": self.flagged, "in_grace": self.in_grace,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
        }


class Answer(Base):
    """What counts for one question now; can be made again from the events."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("attempt_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("exam_attempt.id"))
    position: Mapped[int]
    letters: Mapped[list[str]] = mapped_column(JSON)
    flagged: Mapped[bool]
    client: Mapped[str] = mapped_column(String(100))
    seq: Mapped[int]
    saved_at: Mapped[datetime]


class ExamResult(Base):
    """The marks of one attempt, in hundredths; to be seen once the attempt is released."""

    __tablename__ = "exam_result"
    __table_args__ = (
        CheckConstraint("earned BETWEEN 0 AND possible", name="earned"),
        # Sixty of a hundred, in whole numbers; the line is the law's and not a clerk's.
        CheckConstraint("passed = (earned * 100 >= possible * 60)", name="passed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("exam_attempt.id"), unique=True)
    earned: Mapped[int]
    possible: Mapped[int]
    passed: Mapped[bool]
    answered: Mapped[int]
    key_version: Mapped[int]
    # Rows of position and marks; rows of topic, marks earned, marks possible.
    marks: Mapped[list[list[int]]] = mapped_column(JSON)
    profile: Mapped[list[list[Any]]] = mapped_column(JSON)
    scored_at: Mapped[datetime]

    attempt: Mapped[ExamAttempt] = relationship(back_populates="result")


never_changed(cast(Table, AnswerEvent.__table__))
never_changed(cast(Table, CandidatePaper.__table__))
