from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import Organization
from broker_admin.db import Base, filled_while
from broker_admin.documents.models import Document
from broker_admin.licenses.workflow import ENDED, LIVE, LicenseStatus
from broker_admin.rules.numbering import parse_license_number

S = LicenseStatus
_LIVE = ", ".join(f"'{state}'" for state in sorted(LIVE))


class License(Base):
    """A broker's license: its number is given once, and never to another."""

    __tablename__ = "license"
    __table_args__ = (
        filled_while(ENDED, "ended_on"),
        CheckConstraint("valid_to > valid_from", name="term"),
        CheckConstraint("suspended_until IS NULL OR status = 'suspended'", name="suspended_until"),
        # Whoever holds two at once could show the valid one while the other is suspended.
        Index("uq_license_live", "organization_id", unique=True,
              sqlite_where=text(f"status IN ({_LIVE})"),
              postgresql_where=text(f"status IN ({_LIVE})")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Never given again: paper, codes and the records of others lead here by it.
    number: Mapped[str] = mapped_column(String(19), unique=True)
    status: Mapped[LicenseStatus] = mapped_column(default=S.ACTIVE, index=True)
    regime: Mapped[str] = mapped_column(String(60))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    decision: Mapped[str] = mapped_column(String(20), unique=True)
    # As decided: how the holder is called or where it sits later does not change what was granted.
    holder_name: Mapped[str] = mapped_column(String(100))
    holder_name_en: Mapped[str | None] = mapped_column(String(200))
    uscc: Mapped[str] = mapped_column(String(18), index=True)
    legal_representative: Mapped[str | None] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(200))
    region_code: Mapped[str] = mapped_column(String(6), index=True)
    broker_type: Mapped[str] = mapped_column(String(10), index=True)
    grade: Mapped[int] = mapped_column(index=True)
    scope: Mapped[list[str]] = mapped_column(JSON)
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date] = mapped_column(index=True)
    edition: Mapped[int] = mapped_column(default=1)
    suspended_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    # What searches compare with, kept by the verbs: the register above only reads it.
    search_text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    organization: Mapped[Organization] = relationship()
    standings: Mapped[list["Standing"]] = relationship(
        order_by="Standing.id", back_populates="license")
    certificates: Mapped[list["CertificateIssue"]] = relationship(
        order_by="CertificateIssue.edition", back_populates="license")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        return self.number

    @property
    def display_number(self) -> str:
        """As printed: 粤数经〔2026〕T-4400-00001号."""
        parsed = parse_license_number(self.number)
        return parsed.human if parsed else self.number

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset({self.organization_id})

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()


class Standing(Base):
    """What was true of a license from a day on, and since when that is known.  Append-only."""

    __tablename__ = "standing"
    __table_args__ = (Index("ix_standing_license_id", "license_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"))
    status: Mapped[LicenseStatus]
    true_from: Mapped[date]
    until: Mapped[date | None]
    # When it was noted, which may be later than it was true.
    known_at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    case: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    license: Mapped[License] = relationship(back_populates="standings")


class CertificateIssue(Base):
    """The certificate of one edition, as it was made: stored once, never made again."""

    __tablename__ = "certificate_issue"
    __table_args__ = (Index("uq_certificate_issue", "license_id", "edition", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"))
    edition: Mapped[int]
    # By which a file that somebody uploads is known again.
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    made_at: Mapped[datetime]

    document: Mapped[Document] = relationship()
    license: Mapped[License] = relationship(back_populates="certificates")
