from datetime import datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from broker_admin.db import Base, Sealed, filled_once, filled_while
from broker_admin.exams.blueprints import BLUEPRINTS, Blueprint
from broker_admin.exams.models.candidates import Candidate
from broker_admin.exams.timing import SittingTimes
from broker_admin.exams.topics import Subject
from broker_admin.exams.workflow import DRAWN, BookingStatus, SittingStatus

S = SittingStatus
_TAKEN = f"status <> '{BookingStatus.CANCELLED}'"


class Sitting(Base):
    """An hour at which one subject is examined, on papers drawn and committed to before."""

    __tablename__ = "sitting"
    __table_args__ = (
        *(filled_once(DRAWN, column) for column in ("sealed_at", "secret", "commitment", "pool")),
        filled_while({S.CLOSED, S.PUBLISHED}, "closed_at"),
        filled_while({S.PUBLISHED}, "published_at"),
        filled_while({S.PUBLISHED}, "released_by_id"),
        filled_while({S.CANCELLED}, "cancelled_at"),
        filled_while({S.CANCELLED}, "cancel_reason"),
        CheckConstraint("ends_at > opens_at", name="times"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("released_by_id <> planned_by_id", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[SittingStatus] = mapped_column(default=S.PLANNED, index=True)
    regime: Mapped[str] = mapped_column(String(60))
    subject: Mapped[Subject]
    blueprint_code: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(200))
    opens_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    minutes: Mapped[int]
    capacity: Mapped[int]
    planned_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    planned_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]
    secret: Mapped[str | None] = mapped_column(Sealed("sitting.secret"))
    commitment: Mapped[str | None] = mapped_column(String(64))
    # The versions of the bank that were drawn from: with the secret, every paper follows.
    pool: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    closed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="sitting", order_by="Booking.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def blueprint(self) -> Blueprint:
        return BLUEPRINTS[self.blueprint_code]

    @property
    def times(self) -> SittingTimes:
        return SittingTimes(self.opens_at, self.ends_at, timedelta(minutes=self.minutes))

    @property
    def latest_entry_at(self) -> datetime:
        return self.opens_at + self.times.latest_entry

    @property
    def party_ids(self) -> frozenset[int]:
        """Whoever holds a seat: an officer who sits the exam has no hand in it."""
        session = object_session(self)
        if session is None:
            return frozenset()
        return frozenset(session.scalars(
            select(Candidate.user_id).join(Booking)
            .where(Booking.sitting_id == self.id, Booking.status != BookingStatus.CANCELLED)))

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset({self.planned_by_id})


class Booking(Base):
    """A candidate's seat in a sitting."""

    __tablename__ = "booking"
    __table_args__ = (
        filled_while({BookingStatus.CANCELLED}, "cancelled_at"),
        Index("uq_booking_taken", "sitting_id", "candidate_id", unique=True,
              sqlite_where=text(_TAKEN), postgresql_where=text(_TAKEN)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    status: Mapped[BookingStatus] = mapped_column(default=BookingStatus.BOOKED)
    booked_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    sitting: Mapped[Sitting] = relationship(back_populates="bookings")
    candidate: Mapped[Candidate] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        return f"booking-{self.id}"

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset({self.candidate.user_id})

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()
