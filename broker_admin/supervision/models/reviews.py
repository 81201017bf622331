from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.db import Base, filled_once, filled_while
from broker_admin.supervision.models.about import AboutHolder
from broker_admin.supervision.workflow import GRADED, TOLD, ReviewStatus

V = ReviewStatus


class AnnualReview(AboutHolder, Base):
    """The authority's review of one year of a holder (年度评估)."""

    __tablename__ = "annual_review"
    __table_args__ = (
        UniqueConstraint("license_id", "year"),
        filled_once(TOLD | {V.SCORED}, "scorer_id"),
        filled_once(TOLD, "told_on"),
        filled_once({V.OBJECTED, V.ANSWERED}, "objection"),
        filled_once({V.ANSWERED}, "answer"),
        # Nobody reads a grade before it is final: until then there is only the score.
        filled_while(GRADED, "grade"),
        filled_while(GRADED, "finalised_at"),
        filled_while({V.PUBLISHED}, "published_on"),
        # NULL is the night, which may only confirm what nobody objected to.
        CheckConstraint("finalised_by_id IS NULL OR finalised_by_id <> scorer_id",
                        name="two_people"),
    )

    status: Mapped[ReviewStatus] = mapped_column(default=V.OPEN, index=True)
    year: Mapped[int] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    scorer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    told_on: Mapped[date | None]
    objection: Mapped[str | None] = mapped_column(Text)
    objected_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    grade: Mapped[str | None] = mapped_column(String(1))
    finalised_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    finalised_at: Mapped[datetime | None]
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    scorer: Mapped[User | None] = relationship(foreign_keys=scorer_id)
    scores: Mapped[list["Score"]] = relationship(order_by="Score.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def barred_ids(self) -> frozenset[int]:
        # Earlier scorers too: an amended score does not make its first author impartial.
        scorers = frozenset(score.officer_id for score in self.scores)
        return scorers if self.answered_by_id is None else scorers | {self.answered_by_id}

    @property
    def score(self) -> "Score | None":
        """The latest; earlier ones were amended."""
        return self.scores[-1] if self.scores else None


class Score(Base):
    """Marks with their reasons, and the grade that follows from them. Never changed."""

    __tablename__ = "review_score"
    __table_args__ = (CheckConstraint("total BETWEEN 0 AND 100", name="total"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("annual_review.id"), index=True)
    marks: Mapped[dict[str, int]] = mapped_column(JSON)
    reasons: Mapped[dict[str, str]] = mapped_column(JSON)
    vetoes: Mapped[list[str]] = mapped_column(JSON)
    total: Mapped[int]
    grade: Mapped[str] = mapped_column(String(1))
    explanation: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    officer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    officer: Mapped[User] = relationship()
