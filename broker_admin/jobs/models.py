from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from broker_admin.db import Base


class JobRun(Base):
    """A nightly task on one day, and how it ended.  The key lets it run once."""

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("name", "day"),
        CheckConstraint("(ended_at IS NULL) = (done IS NULL)", name="done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    done: Mapped[int | None]
    failed: Mapped[int] = mapped_column(default=0)
    # Kind and place only: a message may hold what a person typed.
    error: Mapped[str | None] = mapped_column(String(300))


class Heartbeat(Base):
    """When a worker last showed that it is alive."""

    __tablename__ = "heartbeat"

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]
