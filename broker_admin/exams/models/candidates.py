from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.db import Base, Sealed
from broker_admin.exams.workflow import Qualification


class Candidate(Base):
    """A person who sits the exam, under the name and number of the identity card."""

    __tablename__ = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    identity: Mapped[str] = mapped_column(Sealed("candidate.identity"))
    # One person has one record, whatever number of accounts.
    identity_index: Mapped[str] = mapped_column(String(64), unique=True)
    qualification: Mapped[Qualification]
    registered_at: Mapped[datetime]

    user: Mapped[User] = relationship()

    @property
    def reference(self) -> str:
        return f"candidate-{self.id}"

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset({self.user_id})

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()
