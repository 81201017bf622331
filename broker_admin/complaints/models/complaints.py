from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.complaints.models.filings import FilingColumns
from broker_admin.complaints.workflow import IN_HAND, OPEN_COMPLAINTS, ComplaintStatus
from broker_admin.db import Base, filled_once
from broker_admin.permissions import Permission

S = ComplaintStatus


class Complaint(FilingColumns, Base):
    """Somebody asks the authority to settle their own dispute with a broker (投诉)."""

    __tablename__ = "complaint"
    is_report = False
    read_by, handled_by = Permission.COMPLAINT_READ, Permission.COMPLAINT_HANDLE
    open_states = OPEN_COMPLAINTS

    __table_args__ = (
        filled_once(IN_HAND | {S.SETTLED, S.TERMINATED}, "accepted_on"),
        filled_once(IN_HAND | {S.SETTLED, S.TERMINATED}, "told"),
        filled_once({S.ANSWERED}, "answered_at"),
        filled_once({S.MEDIATING}, "mediation_on"),
        # 投诉举报 15: nobody is turned away without one of the grounds that the rule lists.
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
    # What the respondent reads instead of the complaint, which may name whoever wrote it.
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
