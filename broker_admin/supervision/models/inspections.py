from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import User
from broker_admin.db import Base, Sealed, filled_once, filled_while
from broker_admin.supervision.inspection_workflow import (
    CONCLUDED,
    KNOWN,
    DrawStatus,
    InspectionResult,
    InspectionStatus,
)
from broker_admin.supervision.models.about import AboutHolder

D, J = DrawStatus, InspectionStatus


class _OfNobody:
    """A case of the authority's own: nobody outside is party to it."""

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()


class InspectionPlan(_OfNobody, Base):
    """The published plan of a year's random inspections: its items, and its draws."""

    __tablename__ = "inspection_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    regime: Mapped[str] = mapped_column(String(60))
    year: Mapped[int] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(200))
    items: Mapped[list[str]] = mapped_column(JSON)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    draws: Mapped[list["Draw"]] = relationship(order_by="Draw.number", back_populates="plan")


class Draw(_OfNobody, Base):
    """One draw: its pool and the seed's hash recorded first, the seed itself with the result."""

    __tablename__ = "draw"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        filled_while({D.DRAWN}, "seed"),
        filled_while({D.DRAWN}, "drawn_at"),
        filled_while({D.COMMITTED}, "sealed_seed"),
        CheckConstraint("length(pool_sha256) = 64 AND length(commitment) = 64", name="digests"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    status: Mapped[DrawStatus] = mapped_column(default=D.COMMITTED)
    plan_id: Mapped[int] = mapped_column(ForeignKey("inspection_plan.id"))
    number: Mapped[int]
    pool: Mapped[dict[str, Any]] = mapped_column(JSON)
    pool_sha256: Mapped[str] = mapped_column(String(64))
    commitment: Mapped[str] = mapped_column(String(64))
    sealed_seed: Mapped[str | None] = mapped_column(Sealed("draw.sealed_seed"))
    seed: Mapped[str | None] = mapped_column(String(64))
    result: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    committed_at: Mapped[datetime]
    committed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drawn_at: Mapped[datetime | None]
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()

    plan: Mapped[InspectionPlan] = relationship(back_populates="draws")
    inspections: Mapped[list["Inspection"]] = relationship(
        order_by="Inspection.id", back_populates="draw")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_disclosed(self) -> bool:
        """Whether everybody drawn knows: before that the seed would tell who comes next."""
        return self.status is D.DRAWN and all(i.status in KNOWN for i in self.inspections)


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
    created_at: Mapped[datetime]
    visit_on: Mapped[date | None]
    notice_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    items: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    facts: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime | None]
    result: Mapped[InspectionResult | None]
    conclusion: Mapped[str | None] = mapped_column(Text)
    conduct_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    concluded_on: Mapped[date | None]
    told_at: Mapped[datetime | None]
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
