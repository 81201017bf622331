from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.db import Base, filled_once, filled_while
from broker_admin.supervision.inspection_workflow import (
    CONCLUDED,
    KNOWN,
    InspectionResult,
    InspectionStatus,
)
from broker_admin.supervision.models.about import AboutHolder
from broker_admin.supervision.models.draws import Draw

J = InspectionStatus


class Inspection(AboutHolder, Base):
    """One inspection on site, by the two officers that were drawn (行政检查)."""

    __tablename__ = "inspection"
    __table_args__ = (
        filled_while(KNOWN, "visit_on"),
        filled_while(KNOWN, "notice_number"),
        filled_while(KNOWN - {J.NOTIFIED}, "recorded_by_id"),
        filled_while(CONCLUDED, "result"),
        filled_while(CONCLUDED, "concluded_on"),
        filled_while({J.PUBLISHED}, "published_on"),
        filled_once({J.TOLD, J.PUBLISHED}, "told_at"),
        CheckConstraint("first_officer_id <> second_officer_id", name="pair"),
        CheckConstraint("concluded_by_id IS NULL OR concluded_by_id <> recorded_by_id",
                        name="two_people"),
    )

    status: Mapped[InspectionStatus] = mapped_column(default=J.DRAWN, index=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), index=True)
    first_officer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    second_officer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    # Who stood back, in this order: with it the draw still tells who comes.
    recused: Mapped[list[int]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    visit_on: Mapped[date | None]
    notice_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    items: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    facts: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime | None]
    result: Mapped[InspectionResult | None]
    conclusion: Mapped[str | None] = mapped_column(Text)
    # Filled for a case only; the other results accuse nobody.
    conduct_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    concluded_on: Mapped[date | None]
    told_at: Mapped[datetime | None]
    # A reference and no key: an order or a case of another room.
    follow_up: Mapped[str | None] = mapped_column(String(24))
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    draw: Mapped[Draw] = relationship(back_populates="inspections")
    first_officer: Mapped[User] = relationship(foreign_keys=first_officer_id)
    second_officer: Mapped[User] = relationship(foreign_keys=second_officer_id)

    __mapper_args__ = {"version_id_col": version}

    @property
    def officer_ids(self) -> frozenset[int]:
        return frozenset({self.first_officer_id, self.second_officer_id})

    @property
    def has_breach(self) -> bool:
        """Whether the record names an item that is not complied with."""
        return any(item["answer"] == "N" for item in self.items)
