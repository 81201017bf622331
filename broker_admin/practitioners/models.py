from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import Organization, User
from broker_admin.db import Base, Sealed, filled_while
from broker_admin.practitioners.workflow import EmploymentStatus, PractitionerStatus

S = PractitionerStatus
E = EmploymentStatus


class Practitioner(Base):
    """A person who passed both papers, with the certificate that says so."""

    __tablename__ = "practitioner"
    __table_args__ = (CheckConstraint("valid_to > valid_from", name="term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[PractitionerStatus] = mapped_column(default=S.CERTIFIED, index=True)
    regime: Mapped[str] = mapped_column(String(60))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    # As examined against the identity paper, whatever the account calls itself.
    name: Mapped[str] = mapped_column(String(50))
    identity: Mapped[str] = mapped_column(Sealed("practitioner.identity"))
    # So that one person has one certificate, compared without being read.
    identity_index: Mapped[str] = mapped_column(String(64), unique=True)
    certificate_number: Mapped[str] = mapped_column(String(20), unique=True)
    certified_on: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()

    user: Mapped[User] = relationship()
    employments: Mapped[list["Employment"]] = relationship(
        order_by="Employment.id", back_populates="practitioner")

    __mapper_args__ = {"version_id_col": version}

    @property
    def title(self) -> str:
        """As a list of people names this one; numbers alone say nothing to a reader."""
        return f"{self.name} · {self.certificate_number}"

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset({self.user_id})

    @property
    def party_organization_ids(self) -> frozenset[int]:
        current = self.employment
        return frozenset({current.organization_id}) if current else frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def employment(self) -> "Employment | None":
        """Whom the person works for now, confirmed by both."""
        return next((e for e in self.employments if e.status is E.CONFIRMED), None)


class Employment(Base):
    """That a practitioner works for an organisation: one employer at a time."""

    __tablename__ = "employment"
    __table_args__ = (
        filled_while({E.CONFIRMED, E.DECLINED, E.ENDED}, "answered_at"),
        filled_while({E.ENDED}, "ended_on"),
        # One employer at a time: the same person must not fill the staff of two.
        Index("uq_employment_current", "practitioner_id", unique=True,
              sqlite_where=text("status = 'confirmed'"),
              postgresql_where=text("status = 'confirmed'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[EmploymentStatus] = mapped_column(default=E.PROPOSED, index=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    practitioner: Mapped[Practitioner] = relationship(back_populates="employments")
    organization: Mapped[Organization] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        return f"employment-{self.id}"

    @property
    def party_ids(self) -> frozenset[int]:
        """The person answers a proposal; afterwards both sides may end it."""
        return frozenset({self.practitioner.user_id})

    @property
    def party_organization_ids(self) -> frozenset[int]:
        waiting = self.status is E.PROPOSED
        return frozenset() if waiting else frozenset({self.organization_id})

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()
