from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.db import Base, filled_once, filled_while
from broker_admin.supervision.inspection_workflow import RectificationStatus
from broker_admin.supervision.models.about import AboutHolder

Z = RectificationStatus


class Rectification(AboutHolder, Base):
    """An order to put something right in time (责令限期整改), and what came of it."""

    __tablename__ = "rectification"
    __table_args__ = (
        filled_once({Z.ANSWERED, Z.VERIFIED, Z.REJECTED}, "answer"),
        filled_while({Z.VERIFIED}, "verified_on"),
        CheckConstraint("running_from >= ordered_on", name="order"),
    )

    status: Mapped[RectificationStatus] = mapped_column(default=Z.ISSUED, index=True)
    # An inspection's reference, or the license's number for an order on the officer's own motion.
    source: Mapped[str] = mapped_column(String(24), index=True)
    document_number: Mapped[str] = mapped_column(String(40), unique=True)
    demands: Mapped[str] = mapped_column(Text)
    ordered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ordered_on: Mapped[date]
    # The time runs anew when an answer is found not sufficient.
    running_from: Mapped[date]
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    verdict: Mapped[str | None] = mapped_column(Text)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    verified_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    ordered_by: Mapped[User] = relationship(foreign_keys=ordered_by_id)

    __mapper_args__ = {"version_id_col": version}
