from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from broker_admin.db import Base


class Notice(Base):
    """What the party was told before a decision (处罚法 44), and what it said to it."""

    __tablename__ = "conduct_notice"
    __table_args__ = (
        CheckConstraint("(statement IS NULL) = (stated_at IS NULL)", name="stated_at"),
        # Only some penalties carry the right to a hearing (处罚法 63).
        CheckConstraint("hearing_asked = false OR hearing_offered = true", name="hearing_asked"),
        CheckConstraint("(hearing_on IS NULL) = (hearing_called_on IS NULL)", name="hearing_on"),
        CheckConstraint("hearing_minutes IS NULL OR (hearing_on IS NOT NULL AND "
                        "hearing_chair_id IS NOT NULL)", name="hearing_minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("conduct_case.id"), index=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    given_on: Mapped[date]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    conduct_codes: Mapped[list[str]] = mapped_column(JSON)
    measure: Mapped[str] = mapped_column(String(40))
    months: Mapped[int | None]
    basis: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)
    statement: Mapped[str | None] = mapped_column(Text)
    stated_at: Mapped[datetime | None]
    stated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hearing_offered: Mapped[bool]
    hearing_asked: Mapped[bool] = mapped_column(default=False)
    hearing_called_on: Mapped[date | None]
    hearing_on: Mapped[date | None]
    hearing_chair_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hearing_minutes: Mapped[str | None] = mapped_column(Text)
