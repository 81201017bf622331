from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.db import Base, Sealed, filled_while
from broker_admin.supervision.inspection_workflow import KNOWN, DrawStatus

if TYPE_CHECKING:
    from broker_admin.supervision.models.inspections import Inspection

D = DrawStatus


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
    # Of the pool as it is published, salted hashes and not names.
    pool_sha256: Mapped[str] = mapped_column(String(64))
    commitment: Mapped[str] = mapped_column(String(64))
    # Sealed, so that not even who reads the database knows the result before the draw.
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
