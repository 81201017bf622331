"""Draw the papers of a whole sitting at once, and commit to them before it begins."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from fractions import Fraction

from broker_admin.exams.blueprints import Blueprint, Cell
from broker_admin.exams.drawing import (
    ALGORITHM,
    DrawingRefused,
    Paper,
    PoolItem,
    choose,
    derive,
    digest_of,
    lay_out,
    shortages,
)

# In a simulation of 500 candidates eight tries cut the spread of difficulty between
# papers to a fifth; more tries gained little.
TRIES = 8
NOTHING_SEEN: Mapping[int, Set[str]] = {}


@dataclass(frozen=True)
class Seat:
    """A candidate of the sitting, and which attempt at the subject this is."""

    candidate: int
    attempt: int = 1


@dataclass(frozen=True)
class Plan:
    """All that the papers of a sitting follow from, and nothing else."""

    blueprint: Blueprint
    pool: tuple[PoolItem, ...]
    sitting: int
    secret: bytes = field(repr=False)

    @property
    def commitment(self) -> str:
        """The hash published at sealing; with the secret, afterwards, it proves every paper."""
        form = self.blueprint
        return digest_of({
            "algorithm": ALGORITHM,
            "bank": sorted([item.code, item.digest] for item in self.pool),
            "blueprint": [form.code, [[c.topic, c.kind, c.count] for c in form.cells],
                          sorted(form.marks.items())],
            "sitting": self.sitting,
            # Not the secret itself: the commitment is public before the sitting.
            "secret": derive(self.secret, "commitment").hex(),
        })

    @property
    def expected_difficulty(self) -> Fraction:
        """Each cell's mean difficulty times its count; exact, so that ties stay ties."""
        return sum((self._expected(cell) for cell in self.blueprint.cells), Fraction(0))

    def seed(self, seat: Seat, number: int) -> bytes:
        """Of the ``number``-th paper tried for this candidate."""
        return derive(self.secret, "paper", ALGORITHM, self.sitting,
                      seat.candidate, seat.attempt, number)

    def queue(self, seats: Iterable[Seat]) -> list[Seat]:
        """Who is dealt first is drawn too, so that it is nobody's choice."""
        return sorted(seats, key=lambda seat: derive(self.secret, "order", seat.candidate))

    def _expected(self, cell: Cell) -> Fraction:
        levels = [item.difficulty for item in self.pool if item.fits(cell)]
        return Fraction(sum(levels) * cell.count, len(levels))


@dataclass(frozen=True)
class Sealed:
    """The papers by candidate; what is published before the sitting is the commitment."""

    papers: Mapping[int, Paper]
    commitment: str

    @property
    def exposure(self) -> Counter[str]:
        """How many papers of the sitting carry each item."""
        return Counter(code for paper in self.papers.values() for code in paper.codes)


def seal(
    plan: Plan, seats: Iterable[Seat], seen: Mapping[int, Set[str]] = NOTHING_SEEN
) -> Sealed:
    """Draw for every seat. Raises DrawingRefused here, and so never at a candidate's start.

    ``seen`` holds the items of each candidate's earlier attempts.
    """
    if short := shortages(plan.blueprint, plan.pool):
        raise DrawingRefused(plan.blueprint, short)
    used: Counter[str] = Counter()
    papers: dict[int, Paper] = {}
    for seat in plan.queue(seats):
        paper = _fairest(plan, seat, used, seen.get(seat.candidate, frozenset()))
        # Counted before the next draw: this is what keeps the exposure of items flat.
        used.update(paper.codes)
        papers[seat.candidate] = paper
    return Sealed(papers, plan.commitment)


def _fairest(plan: Plan, seat: Seat, used: Mapping[str, int], seen: Set[str]) -> Paper:
    """Of eight papers, the first that comes nearest to the average difficulty of the pool."""
    target = plan.expected_difficulty
    seeds = [plan.seed(seat, number) for number in range(TRIES)]
    tried = [choose(plan.blueprint, plan.pool, seed, used=used, seen=seen) for seed in seeds]
    # The options of seven papers that nobody will sit need no order.
    off = [abs(sum(item.difficulty for item in items) - target) for items in tried]
    best = off.index(min(off))
    return lay_out(plan.blueprint, tried[best], seeds[best])
