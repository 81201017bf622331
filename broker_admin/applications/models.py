import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import Organization, User
from broker_admin.applications.workflow import ACCEPTED, DECIDED, OPEN, ApplicationStatus
from broker_admin.db import Base, Sealed, filled_once, filled_while

S = ApplicationStatus
_UNFINISHED = ", ".join(f"'{state}'" for state in sorted(OPEN | {S.DRAFT}))


class Application(Base):
    """A request for a broker license, from draft to decision."""

    __tablename__ = "application"
    __table_args__ = (
        filled_once(OPEN | DECIDED | {S.NOT_ACCEPTED}, "submitted_at"),
        filled_once(OPEN | DECIDED | {S.NOT_ACCEPTED}, "receipt_number"),
        filled_once(ACCEPTED, "accepted_on"),
        filled_while(DECIDED, "decided_at"),
        filled_while(DECIDED, "decider_id"),
        filled_once({S.DECISION_PENDING} | DECIDED, "reviewer_id"),
        # Whoever proposed does not decide, and a decider without a proposal cannot be.
        CheckConstraint("decider_id IS NULL OR decider_id <> reviewer_id", name="two_people"),
        Index("uq_application_unfinished", "organization_id", "kind", unique=True,
              sqlite_where=text(f"status IN ({_UNFINISHED})"),
              postgresql_where=text(f"status IN ({_UNFINISHED})")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    receipt_number: Mapped[str | None] = mapped_column(String(13), unique=True)
    status: Mapped[ApplicationStatus] = mapped_column(default=S.DRAFT, index=True)
    kind: Mapped[str] = mapped_column(String(20), default="INITIAL")
    regime: Mapped[str] = mapped_column(String(60))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sealed_answers: Mapped[str | None] = mapped_column(Sealed("application.sealed_answers"))
    submitted_at: Mapped[datetime | None]
    received_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    deemed: Mapped[bool] = mapped_column(default=False)
    intake_officer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    organization: Mapped[Organization] = relationship()
    created_by: Mapped[User] = relationship(foreign_keys=created_by_id)
    intake_officer: Mapped[User | None] = relationship(foreign_keys=intake_officer_id)
    reviewer: Mapped[User | None] = relationship(foreign_keys=reviewer_id)
    corrections: Mapped[list["Correction"]] = relationship(order_by="Correction.id")
    stops: Mapped[list["ClockStop"]] = relationship(order_by="ClockStop.id")
    extensions: Mapped[list["TimeExtension"]] = relationship(order_by="TimeExtension.id")
    checks: Mapped[list["Check"]] = relationship(order_by="Check.id")
    proposals: Mapped[list["Proposal"]] = relationship(order_by="Proposal.id")
    decision: Mapped["Decision | None"] = relationship(back_populates="application")

    __mapper_args__ = {"version_id_col": version}

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset({self.organization_id})

    @property
    def barred_ids(self) -> frozenset[int]:
        # Of every round: who proposed before it was sent back has prepared it no less.
        proposers = {proposal.officer_id for proposal in self.proposals}
        checkers = {found.officer_id for found in self.checks}
        named = {self.intake_officer_id, self.reviewer_id}
        return frozenset(person for person in proposers | checkers | named if person)

    @property
    def correction(self) -> "Correction | None":
        """The correction notice that waits for an answer."""
        return next((c for c in self.corrections if c.answered_at is None), None)

    @property
    def open_stop(self) -> "ClockStop | None":
        return next((s for s in self.stops if s.ended_on is None), None)

    @property
    def proposal(self) -> "Proposal | None":
        """The latest; earlier ones were sent back."""
        return self.proposals[-1] if self.proposals else None

    def answers_of(self, task: str) -> dict[str, Any]:
        """What was answered in one task, the sealed answers included."""
        return {**self.answers.get(task, {}), **self._sealed().get(task, {})}

    def answer(self, task: str, public: dict[str, Any], personal: dict[str, Any]) -> None:
        """Keep the answers of one task; those about a person are sealed."""
        self.answers = {**self.answers, task: public}
        if personal:
            self.sealed_answers = json.dumps({**self._sealed(), task: personal}, ensure_ascii=False)

    def _sealed(self) -> dict[str, dict[str, Any]]:
        return json.loads(self.sealed_answers) if self.sealed_answers else {}


class _OfApplication:
    """What belongs to one application, and was written by somebody at some moment."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)


class Correction(_OfApplication, Base):
    """The one notice that lists everything missing (许可法 32(4)), and when it was answered."""

    __tablename__ = "correction"

    document_number: Mapped[str] = mapped_column(String(40), unique=True)
    issued_on: Mapped[date]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    items: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    answered_at: Mapped[datetime | None]

    @property
    def tasks(self) -> frozenset[str]:
        """The tasks that it reopens."""
        return frozenset(item["task"] for item in self.items)


class ClockStop(_OfApplication, Base):
    """An interval that the decision period does not count (许可法 45), told in writing."""

    __tablename__ = "clock_stop"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="order"),)

    kind: Mapped[str] = mapped_column(String(40))
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    document_number: Mapped[str] = mapped_column(String(40), unique=True)


class TimeExtension(_OfApplication, Base):
    """That the head of the authority extended the decision period, once, with reasons (许可法 42)."""

    __tablename__ = "time_extension"

    granted_on: Mapped[date]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(Text)
    document_number: Mapped[str] = mapped_column(String(40), unique=True)


class Check(_OfApplication, Base):
    """What the reviewer found on one criterion; a later finding stands beside the earlier."""

    __tablename__ = "application_check"

    criterion: Mapped[str] = mapped_column(String(40))
    met: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    officer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class _Outcome:
    """What is proposed or decided: a grant with its terms, or a refusal with its grounds."""

    granted: Mapped[bool]
    broker_type: Mapped[str | None] = mapped_column(String(10))
    grade: Mapped[int | None]
    scope: Mapped[list[str]] = mapped_column(JSON)
    term_years: Mapped[int | None]
    grounds: Mapped[list[str]] = mapped_column(JSON)
    reasons: Mapped[str] = mapped_column(Text)


class Proposal(_OfApplication, _Outcome, Base):
    """What the reviewer proposes to the decider."""

    __tablename__ = "proposal"

    officer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class Decision(_OfApplication, _Outcome, Base):
    """The decision (决定书): never edited; set aside or superseded only by another record."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("granted = (grade IS NOT NULL)", name="terms"),
        CheckConstraint("granted = (broker_type IS NOT NULL)", name="type"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    document_number: Mapped[str] = mapped_column(String(40), unique=True)
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reconsider_by: Mapped[date]
    sue_by: Mapped[date]
    license_number: Mapped[str | None] = mapped_column(String(19))

    application: Mapped[Application] = relationship(back_populates="decision")
