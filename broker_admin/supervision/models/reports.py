from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.db import Base, filled_while
from broker_admin.supervision.models.about import AboutHolder
from broker_admin.supervision.workflow import FILED, ReportStatus


class AnnualReport(AboutHolder, Base):
    """What a holder reports about one year (年度报告); ``answers`` is what is being written."""

    __tablename__ = "annual_report"
    __table_args__ = (
        # Two colleagues who start at once: the second gets a conflict page, not a second report.
        UniqueConstraint("license_id", "year"),
        filled_while(FILED, "submitted_at"),
        CheckConstraint("late = false OR submitted_at IS NOT NULL", name="late"),
    )

    status: Mapped[ReportStatus] = mapped_column(default=ReportStatus.DRAFT, index=True)
    year: Mapped[int] = mapped_column(index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    late: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    versions: Mapped[list["ReportVersion"]] = relationship(order_by="ReportVersion.number")

    __mapper_args__ = {"version_id_col": version}

    @property
    def filed(self) -> "ReportVersion | None":
        """What was filed last."""
        return self.versions[-1] if self.versions else None

    @property
    def is_changed(self) -> bool:
        """Whether something was written since the last filing."""
        return self.filed is None or self.filed.answers != self.answers


class ReportVersion(Base):
    """A report as it was filed: a correction stands beside what it corrects. Never changed."""

    __tablename__ = "annual_report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_report.id"))
    number: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    filed_at: Mapped[datetime]

    filed_by: Mapped[User] = relationship()
