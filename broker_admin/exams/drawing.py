"""Draw one candidate's paper: the same seed and pool give the same paper for ever.

Everything is ordered by HMAC-SHA256 and not by ``random``, whose streams may differ
between versions of Python, so that an auditor can derive a paper in any language.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Self

from broker_admin.exams.blueprints import Blueprint, Cell
from broker_admin.exams.items import ItemKind, ItemText
from broker_admin.refusals import N_, Refused

# Part of every seed, so that a later way of drawing can never pass for this one.
ALGORITHM = "v1"
LETTERS = "ABCDEFGH"
NEVER_USED: Mapping[str, int] = {}
NOTHING: Set[str] = frozenset()


@dataclass(frozen=True)
class PoolItem:
    """What drawing needs to know of an item; never its key."""

    code: str
    topic: str
    kind: ItemKind
    options: tuple[str, ...]
    difficulty: int = 2
    enemy_group: str | None = None
    exposure_band: int = 0
    fixed: bool = False
    digest: str = ""

    @classmethod
    def of(cls, item: ItemText) -> Self:
        """True comes before false on every paper, so those two keep their places."""
        keys = tuple(option.key for option in item.options)
        return cls(item.code, item.topic, item.kind, keys, item.difficulty,
                   fixed=item.kind is ItemKind.TRUE_FALSE, digest=item.digest)

    def fits(self, cell: Cell) -> bool:
        return self.topic == cell.topic and self.kind is cell.kind


@dataclass(frozen=True)
class Line:
    """One numbered question of one paper, its options in this candidate's order."""

    position: int
    code: str
    topic: str
    kind: ItemKind
    option_order: tuple[str, ...]
    marks: int
    item_digest: str = ""

    # Candidates see letters of their own paper: the author's keys would let two
    # neighbours compare answers, and would betray an author's favourite place.
    @property
    def letters(self) -> tuple[str, ...]:
        return tuple(LETTERS[: len(self.option_order)])

    def key_behind(self, letter: str) -> str | None:
        """The author's key of the option that this candidate sees as ``letter``."""
        return dict(zip(self.letters, self.option_order, strict=True)).get(letter)


@dataclass(frozen=True)
class Paper:
    blueprint: str
    seed: str
    lines: tuple[Line, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(line.code for line in self.lines)

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the paper, stored when the sitting is sealed."""
        rows = [[ln.position, ln.code, list(ln.option_order), ln.marks, ln.item_digest]
                for ln in self.lines]
        return digest_of([ALGORITHM, self.blueprint, self.seed, rows])


@dataclass(frozen=True)
class Shortage:
    """Shown as ``DSL single 3/4``: three items where four are needed."""

    cell: Cell
    available: int

    def __str__(self) -> str:
        cell = self.cell
        return f"{cell.topic} {cell.kind} {self.available}/{cell.count}"


class DrawingRefused(Refused):
    """The pool cannot fill these cells of the blueprint."""

    def __init__(self, blueprint: Blueprint, shortages: Sequence[Shortage]) -> None:
        self.blueprint, self.shortages = blueprint, tuple(shortages)
        super().__init__(
            N_("The bank cannot fill the paper %(paper)s: %(cells)s."),
            paper=blueprint.code, cells="; ".join(map(str, shortages)),
        )


def derive(key: bytes, *parts: object) -> bytes:
    """HMAC-SHA256 of the parts, joined by the unit separator."""
    return hmac.digest(key, "\x1f".join(map(str, parts)).encode(), "sha256")


def digest_of(content: object) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def paper_seed(secret: bytes, sitting: object, candidate: object, attempt: int) -> bytes:
    return derive(secret, "paper", ALGORITHM, sitting, candidate, attempt)


def option_order(seed: bytes, item: PoolItem) -> tuple[str, ...]:
    if item.fixed:
        return item.options
    return tuple(sorted(item.options, key=lambda key: derive(seed, "opt", item.code, key)))


def item_order(
    seed: bytes, items: Iterable[PoolItem], used: Mapping[str, int] = NEVER_USED,
    seen: Set[str] = NOTHING,
) -> list[PoolItem]:
    """New to the candidate first, then least used in this sitting, least exposed, by the seed.

    Seen items come last and are not left out: a bank smaller than two papers could not
    otherwise be sat a second time.
    """
    return sorted(items, key=lambda item: (
        item.code in seen, used.get(item.code, 0), item.exposure_band,
        derive(seed, "item", item.code),
    ))


def shortages(
    blueprint: Blueprint, pool: Iterable[PoolItem], barred: Set[str] = NOTHING
) -> list[Shortage]:
    """Cells that cannot be filled, counting each group of enemies as one item."""
    # Enemies in different cells are not seen from here; drawing itself refuses those.
    free = [item for item in pool if item.code not in barred]
    available = {
        cell: len({item.enemy_group or item.code for item in free if item.fits(cell)})
        for cell in blueprint.cells
    }
    return [Shortage(cell, n) for cell, n in available.items() if n < cell.count]


def draw(
    blueprint: Blueprint, pool: Sequence[PoolItem], seed: bytes, *,
    used: Mapping[str, int] = NEVER_USED, seen: Set[str] = NOTHING, barred: Set[str] = NOTHING,
) -> Paper:
    """A paper without the barred items. Raises DrawingRefused naming every cell left short."""
    return lay_out(blueprint, choose(blueprint, pool, seed, used=used, seen=seen, barred=barred), seed)


def choose(
    blueprint: Blueprint, pool: Sequence[PoolItem], seed: bytes, *,
    used: Mapping[str, int] = NEVER_USED, seen: Set[str] = NOTHING, barred: Set[str] = NOTHING,
) -> list[PoolItem]:
    """The items of a paper, cell by cell. Raises DrawingRefused naming every cell left short."""
    hand = _Hand(seed, used, seen, set(barred))
    # By cell, once: a large bank is gone through eight times for every candidate.
    places: dict[tuple[str, ItemKind], list[PoolItem]] = {}
    for item in pool:
        places.setdefault((item.topic, item.kind), []).append(item)
    dealt = [(cell, hand.deal(cell, places.get((cell.topic, cell.kind), []))) for cell in blueprint.cells]
    short = [Shortage(cell, len(items)) for cell, items in dealt if len(items) < cell.count]
    if short:
        raise DrawingRefused(blueprint, short)
    return [item for _, dealt_items in dealt for item in dealt_items]


def lay_out(blueprint: Blueprint, items: Sequence[PoolItem], seed: bytes) -> Paper:
    """These items as the paper of this seed, each with its options in an order of its own."""
    lines = (_line(n, item, seed, blueprint) for n, item in enumerate(items, start=1))
    return Paper(blueprint.code, seed.hex(), tuple(lines))


@dataclass
class _Hand:
    """What one candidate has been dealt so far, and may therefore not be dealt again."""

    seed: bytes
    used: Mapping[str, int]
    seen: Set[str]
    barred: set[str]
    enemies: set[str] = field(default_factory=set)

    def deal(self, cell: Cell, fitting: Iterable[PoolItem]) -> list[PoolItem]:
        dealt: list[PoolItem] = []
        for item in item_order(self.seed, fitting, self.used, self.seen):
            if len(dealt) < cell.count and self._takes(item):
                dealt.append(item)
        return dealt

    def _takes(self, item: PoolItem) -> bool:
        if item.code in self.barred or item.enemy_group in self.enemies:
            return False
        # Dealt is barred: a code that fits two cells must not appear twice.
        self.barred.add(item.code)
        if item.enemy_group is not None:
            self.enemies.add(item.enemy_group)
        return True


def _line(position: int, item: PoolItem, seed: bytes, blueprint: Blueprint) -> Line:
    return Line(position, item.code, item.topic, item.kind, option_order(seed, item),
                blueprint.marks[item.kind], item.digest)
