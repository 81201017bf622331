from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from broker_admin.accounts.models import Organization
from broker_admin.db import Base, Sealed
from broker_admin.licenses.models import License
from broker_admin.permissions import Permission


class Informant(Base):
    """Who complained or reported: apart from what they said, and readable only when opened."""

    __tablename__ = "informant"

    id: Mapped[int] = mapped_column(primary_key=True)
    # 投诉举报 33: sealed, so that neither a copy of the database nor a query shows who it was.
    name: Mapped[str | None] = mapped_column(Sealed("informant.name"))
    phone: Mapped[str | None] = mapped_column(Sealed("informant.phone"))
    email: Mapped[str | None] = mapped_column(Sealed("informant.email"))
    address: Mapped[str | None] = mapped_column(Sealed("informant.address"))
    language: Mapped[str] = mapped_column(String(5))


class FilingColumns:
    """What a complaint and a report have in common, without being one."""

    is_report: ClassVar[bool]
    # Those who may read it and handle it, and the states in which there is something to handle.
    read_by: ClassVar[Permission]
    handled_by: ClassVar[Permission]
    open_states: ClassVar[frozenset[StrEnum]]

    id: Mapped[int] = mapped_column(primary_key=True)
    # The reference is the office's, the receipt number the filer's: neither leads to the other.
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    receipt_number: Mapped[str] = mapped_column(String(13), unique=True)
    # The code itself is nowhere: whoever loses it cannot be given it again, by nobody.
    code_hash: Mapped[str] = mapped_column(String(64))
    # The law of the day of receipt, whose limits run for it (the rule changed on 2026-04-15).
    regime: Mapped[str] = mapped_column(String(60))
    received_at: Mapped[datetime]
    received_on: Mapped[date]
    informant_id: Mapped[int] = mapped_column(ForeignKey("informant.id"), unique=True)
    # As it was typed; the organisation beside it is whom we take it to mean, if anybody known here.
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
