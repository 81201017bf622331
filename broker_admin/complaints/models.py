from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from broker_admin.accounts.models import Organization, User
from broker_admin.complaints.workflow import IN_HAND, ComplaintStatus, ReportStatus
from broker_admin.db import Base, Sealed, filled_once
from broker_admin.licenses.models import License

S = ComplaintStatus
R = ReportStatus


class Informant(Base):
    """Who complained or reported: apart from what they said, and readable only when opened."""

    __tablename__ = "informant"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(Sealed("informant.name"))
    phone: Mapped[str | None] = mapped_column(Sealed("informant.phone"))
    email: Mapped[str | None] = mapped_column(Sealed("informant.email"))
    address: Mapped[str | None] = mapped_column(Sealed("informant.address"))
    language: Mapped[str] = mapped_column(String(5))


class _Filing:
    """What a complaint and a report have in common, without being one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    receipt_number: Mapped[str] = mapped_column(String(13), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    regime: Mapped[str] = mapped_column(String(60))
    received_at: Mapped[datetime]
    received_on: Mapped[date]
    informant_id: Mapped[int] = mapped_column(ForeignKey("informant.id"), unique=True)
    respondent_name: Mapped[str] = mapped_column(String(200))
    respondent_number: Mapped[str | None] = mapped_column(String(60))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    license_id: Mapped[int | None] = mapped_column(ForeignKey("license.id"))
    conduct_codes: Mapped[list[str]] = mapped_column(JSON)
    happened_on: Mapped[date | None]
    place: Mapped[str | None] = mapped_column(String(200))
    narrative: Mapped[str] = mapped_column(Text)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    case_reference: Mapped[str | None] = mapped_column(String(20))
    outcome: Mapped[str | None] = mapped_column(Text)

    @declared_attr
    def informant(cls) -> Mapped[Informant]:  # noqa: N805
        return relationship(Informant)

    @declared_attr
    def organization(cls) -> Mapped[Organization | None]:  # noqa: N805
        return relationship(Organization)

    @declared_attr
    def license(cls) -> Mapped[License | None]:  # noqa: N805
        return relationship(License)

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        """The respondent: also so that none of its members handles the filing as an officer."""
        return frozenset() if self.organization_id is None else frozenset({self.organization_id})

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()


class Complaint(_Filing, Base):
    """Somebody asks the authority to settle their own dispute with a broker (投诉)."""

    __tablename__ = "complaint"
    __table_args__ = (
        filled_once(IN_HAND | {S.SETTLED, S.TERMINATED}, "accepted_on"),
        filled_once(IN_HAND | {S.SETTLED, S.TERMINATED}, "told"),
        filled_once({S.ANSWERED}, "answered_at"),
        filled_once({S.MEDIATING}, "mediation_on"),
        filled_once({S.NOT_ACCEPTED}, "grounds"),
        filled_once({S.NOT_ACCEPTED, S.SETTLED, S.TERMINATED}, "outcome"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    status: Mapped[ComplaintStatus] = mapped_column(default=S.RECEIVED, index=True)
    request: Mapped[str] = mapped_column(Text)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    disclose: Mapped[bool]
    other_bodies: Mapped[str | None] = mapped_column(Text)
    accepted_on: Mapped[date | None]
    told: Mapped[str | None] = mapped_column(Text)
    answer_by: Mapped[date | None]
    grounds: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    mediation_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    officer: Mapped[User | None] = relationship(foreign_keys="Complaint.officer_id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def may_name(self) -> bool:
        """Whether the respondent may learn who complains."""
        return self.disclose


class Report(_Filing, Base):
    """Somebody gives a lead about misconduct (举报): the reported party never learns of it."""

    __tablename__ = "report"
    __table_args__ = (
        filled_once({R.CASE_FILED}, "case_reference"),
        filled_once({R.CASE_FILED, R.NOT_FILED, R.REPLIED}, "decided_on"),
        filled_once({R.NOT_FILED}, "outcome"),
        filled_once({R.REPLIED}, "replied_on"),
        CheckConstraint("(extended_on IS NULL) = (extension_reason IS NULL)", name="extended_on"),
    )

    status: Mapped[ReportStatus] = mapped_column(default=R.RECEIVED, index=True)
    anonymous: Mapped[bool]
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None]
    reply: Mapped[str | None] = mapped_column(Text)
    replied_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    officer: Mapped[User | None] = relationship(foreign_keys="Report.officer_id")

    __mapper_args__ = {"version_id_col": version}


class Question(Base):
    """What an officer asked whoever filed, and the reply."""

    __tablename__ = "filing_question"
    __table_args__ = (
        Index("ix_filing_question_subject", "subject", "id"),
        CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name="reply"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reply: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None]


Filing = Complaint | Report
