from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.db import Base


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

    officer: Mapped[User] = relationship()


class Opinion(Base):
    """What the legal review said: cleared for decision, or back to the investigators."""

    __tablename__ = "legal_opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("conduct_case.id"), index=True)
    cleared: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    reviewer: Mapped[User] = relationship()
