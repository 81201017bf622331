from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from broker_admin.db import Base
from broker_admin.documents.content import LONGEST_NAME, MediaType


class Document(Base):
    """A file that belongs to a case.  Its bytes are in the store, under their digest."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        Index("ix_document_subject", "subject", "slot"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(80))
    slot: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    media_type: Mapped[MediaType]
    size: Mapped[int]
    # Not unique: one file may be evidence in two cases, and is stored once.
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @property
    def reference(self) -> str:
        return f"document-{self.id}"
