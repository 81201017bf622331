"""Gap-free numbers: a counter row, locked in the transaction that uses the number."""

from sqlalchemy import Integer, String, bindparam, text
from sqlalchemy.orm import Mapped, mapped_column

from broker_admin.db import Base, db


class Counter(Base):
    """The last number given out of one kind in one year."""

    __tablename__ = "counter"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


# One statement, because read-then-write gave the same number twice in every trial.
_NEXT = text(
    "INSERT INTO counter (kind, year, last) VALUES (:kind, :year, 1) "
    "ON CONFLICT (kind, year) DO UPDATE SET last = counter.last + 1 RETURNING last"
).bindparams(bindparam("kind", type_=String), bindparam("year", type_=Integer))


def next_number(kind: str, year: int) -> int:
    """The next number of this kind in this year, from 1; given back if the transaction fails."""
    return int(db.session.execute(_NEXT, {"kind": kind, "year": year}).scalar_one())


def next_reference(prefix: str, year: int) -> str:
    """The next case reference, for example ``SQ-2026-000123``."""
    return f"{prefix}-{year}-{next_number(prefix, year):06d}"
