from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.complaints.models.filings import FilingColumns
from broker_admin.complaints.workflow import OPEN_REPORTS, ReportStatus
from broker_admin.db import Base, filled_once
from broker_admin.permissions import Permission

R = ReportStatus


class Report(FilingColumns, Base):
    """Somebody gives a lead about misconduct (举报): the reported party never learns of it."""

    __tablename__ = "report"
    is_report = True
    read_by, handled_by = Permission.REPORT_READ, Permission.REPORT_HANDLE
    open_states = OPEN_REPORTS

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
    # From this day runs the limit for telling a reporter who gave a name (投诉举报 31).
    decided_on: Mapped[date | None]
    reply: Mapped[str | None] = mapped_column(Text)
    replied_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    officer: Mapped[User | None] = relationship(foreign_keys="Report.officer_id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def awaits_telling(self) -> bool:
        """Whether the reporter gave a name and has not heard whether a case was filed."""
        return not self.anonymous and self.status in {R.CASE_FILED, R.NOT_FILED}
