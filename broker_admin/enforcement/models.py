from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import Organization, User
from broker_admin.db import Base, filled_once, filled_while
from broker_admin.enforcement.workflow import DECIDED, NOTIFIED, CaseStatus
from broker_admin.licenses.models import License

S = CaseStatus


class Case(Base):
    """Suspected misconduct of one organisation, investigated by two officers."""

    __tablename__ = "conduct_case"
    __table_args__ = (
        filled_once(NOTIFIED, "notice_number"),
        filled_once(NOTIFIED, "noticed_on"),
        filled_once(NOTIFIED, "measure"),
        filled_once(NOTIFIED, "basis"),
        filled_once({S.DECISION_PENDING} | DECIDED, "legal_reviewer_id"),
        filled_while(DECIDED, "decided_at"),
        filled_while(DECIDED, "decider_id"),
        # Whoever investigates, whoever reviews the law and whoever decides are three people.
        CheckConstraint("legal_reviewer_id IS NULL OR legal_reviewer_id <> investigator_id",
                        name="reviewer_apart"),
        CheckConstraint("decider_id IS NULL OR (decider_id <> investigator_id "
                        "AND decider_id <> legal_reviewer_id)", name="decider_apart"),
        CheckConstraint("second_investigator_id IS NULL OR second_investigator_id <> "
                        "investigator_id", name="two_investigators"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[CaseStatus] = mapped_column(default=S.INVESTIGATING, index=True)
    regime: Mapped[str] = mapped_column(String(60))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    license_id: Mapped[int | None] = mapped_column(ForeignKey("license.id"), index=True)
    conduct_codes: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    opened_on: Mapped[date]
    investigator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    second_investigator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    notice_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    noticed_on: Mapped[date | None]
    measure: Mapped[str | None] = mapped_column(String(40))
    measure_months: Mapped[int | None]
    basis: Mapped[str | None] = mapped_column(Text)
    notice_reasons: Mapped[str | None] = mapped_column(Text)

    statement: Mapped[str | None] = mapped_column(Text)
    stated_at: Mapped[datetime | None]

    legal_reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    legal_opinion: Mapped[str | None] = mapped_column(Text)

    decision_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    decided_at: Mapped[datetime | None]
    decided_on: Mapped[date | None]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_reasons: Mapped[str | None] = mapped_column(Text)
    measure_until: Mapped[date | None]
    reconsider_by: Mapped[date | None]
    sue_by: Mapped[date | None]
    public_until: Mapped[date | None]
    ended_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    organization: Mapped[Organization] = relationship()
    license: Mapped[License | None] = relationship()
    investigator: Mapped[User] = relationship(foreign_keys=investigator_id)
    second_investigator: Mapped[User | None] = relationship(foreign_keys=second_investigator_id)
    legal_reviewer: Mapped[User | None] = relationship(foreign_keys=legal_reviewer_id)
    findings: Mapped[list["Finding"]] = relationship(order_by="Finding.id", back_populates="case")

    __mapper_args__ = {"version_id_col": version}

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        """The organisation learns of the case by the prior notice, and not before."""
        hidden = self.noticed_on is None
        return frozenset() if hidden else frozenset({self.organization_id})

    @property
    def barred_ids(self) -> frozenset[int]:
        involved = {self.investigator_id, self.second_investigator_id}
        if self.status is not S.LEGAL_REVIEW:
            involved.add(self.legal_reviewer_id)
        return frozenset(person for person in involved if person is not None)


class Finding(Base):
    """What was found on one conduct code, and on what evidence."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("conduct_case.id"), index=True)
    conduct_code: Mapped[str] = mapped_column(String(10))
    established: Mapped[bool]
    facts: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    officer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    case: Mapped[Case] = relationship(back_populates="findings")
