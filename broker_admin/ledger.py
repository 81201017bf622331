"""The tables that every event writes: audit entries, messages, and the jobs that carry them out."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DDL, JSON, CheckConstraint, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.db import Base


class AuditHead(Base):
    """One row: where the chain ends.  Whoever seals an entry holds its lock."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    """Who did what to which case, when; sealed to the entry before.  Never updated or deleted."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject", "number"),
        Index("ix_audit_entry_actor_id", "actor_id", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(80), index=True)
    subject: Mapped[str] = mapped_column(String(80))
    status: Mapped[str | None] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))

    def content(self) -> dict[str, Any]:
        """What the seal covers."""
        return {
            "number": self.number, "name": self.name, "subject": self.subject,
            "status": self.status, "actor": self.actor_id,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"), "facts": self.facts,
        }


class Message(Base):
    """What somebody was told, word for word; shown in the inbox, and delivered by mail."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_recipient_id", "recipient_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(80))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(5))
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    queued_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    deliveries: Mapped[list["Delivery"]] = relationship(order_by="Delivery.id")


class Delivery(Base):
    """One try to deliver a message, and how it ended."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    delivered: Mapped[bool]
    answer: Mapped[str] = mapped_column(String(300))


class Job(Base):
    """Work to be done after the commit: queued in the same transaction, safe to repeat."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "done_at", "given_up_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


_REFUSE_SQLITE = """
CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END
"""
_REFUSE_POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit entries are never changed'; END $$;
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
"""
# Emptying a table touches no row, so that the trigger above does not see it.
_REFUSE_TRUNCATE = """
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
"""

# The same statements stand in the migration: tests build tables from the models.
APPEND_ONLY = {
    "sqlite": tuple(_REFUSE_SQLITE.format(verb=verb) for verb in ("UPDATE", "DELETE")),
    "postgresql": (_REFUSE_POSTGRESQL, _REFUSE_TRUNCATE),
}
for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        event.listen(
            AuditEntry.__table__, "after_create",
            DDL(_statement.replace("%", "%%")).execute_if(  # type: ignore[no-untyped-call]
                dialect=_dialect),
        )
