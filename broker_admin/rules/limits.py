"""What a time limit of the law is made of: an amount, a unit, an anchor and what its end means."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    WD = "WD"  # working days 工作日
    CD = "CD"  # calendar days 自然日
    M = "M"  # calendar months


class Direction(StrEnum):
    """Whether the limit runs on from its anchor, or must be kept some time ahead of it."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True)
class Limit:
    """``article`` and ``confirmed`` say where the number stands and whether that was read."""

    code: str
    amount: int
    unit: Unit
    on_expiry: str = ""
    extension: "Limit | None" = None
    article: str = ""
    confirmed: bool = False
    basis: str = ""
    anchor: str = ""
    direction: Direction = Direction.AFTER
    zh: str = ""
    en: str = ""

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"limit {self.code}: the amount must be at least 1")

    def name(self, lang: str) -> str:
        return self.zh if lang.startswith("zh") else self.en
