"""How a paper is put together: how many items of which topic and kind, and their marks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from broker_admin.exams.items import ItemKind
from broker_admin.exams.topics import Subject, topics_of

# Hundredths of a mark: whole numbers stay exact where 2.5 or 1.25 are given.
FULL_MARKS = 100_00
SINGLE, MULTIPLE, TRUE_FALSE = ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.TRUE_FALSE


@dataclass(frozen=True)
class Cell:
    topic: str
    kind: ItemKind
    count: int


@dataclass(frozen=True)
class Blueprint:
    """The announced form of a paper; marks are in hundredths of a mark.

    Another form gets another code: papers drawn by the old one must stay derivable.
    """

    code: str
    subject: Subject
    duration: timedelta
    marks: Mapping[ItemKind, int]
    cells: tuple[Cell, ...]

    def __post_init__(self) -> None:
        if self.total != FULL_MARKS:
            raise ValueError(f"{self.code} adds up to {self.total} hundredths, not {FULL_MARKS}.")

    @property
    def total(self) -> int:
        return sum(cell.count * self.marks[cell.kind] for cell in self.cells)

    @property
    def length(self) -> int:
        return sum(cell.count for cell in self.cells)

    def count(self, kind: ItemKind) -> int:
        return sum(cell.count for cell in self.cells if cell.kind == kind)


def _spread(subject: Subject, counts: Mapping[ItemKind, Mapping[str, int] | int]) -> Iterator[Cell]:
    """Cells kind by kind, so that a paper asks all single-choice items first."""
    for kind, count in counts.items():
        for topic in topics_of(subject):
            number = count if isinstance(count, int) else count.get(topic.code, 0)
            if number:
                yield Cell(topic.code, kind, number)


def _two_for(*heavier: str) -> dict[str, int]:
    """Two items for the topics named, one for every other topic of the law."""
    topics = [topic.code for topic in topics_of(Subject.LAW)]
    return {code: 2 if code in heavier else 1 for code in topics}


LAW_STANDARD = Blueprint(
    "LAW-1", Subject.LAW, timedelta(minutes=90),
    {SINGLE: 1_00, MULTIPLE: 2_00, TRUE_FALSE: 1_00},
    tuple(_spread(Subject.LAW, {
        SINGLE: 6, MULTIPLE: _two_for("LIC", "DSL", "PIP", "NDR", "LIA"), TRUE_FALSE: 1,
    })),
)

# The announced practice paper gives 40 of its 100 marks to case groups, which the first
# issue of the bank does not carry. This form doubles the announced marks (1 and 2) of the
# other kinds instead, which stays exact; every topic weighs 10 marks.
_JUDGED = ("SRC", "KYC", "CON", "REC", "RSK")
PRACTICE_STANDARD = Blueprint(
    "PRACTICE-1", Subject.PRACTICE, timedelta(minutes=120),
    {SINGLE: 2_00, MULTIPLE: 4_00, TRUE_FALSE: 2_00},
    tuple(_spread(Subject.PRACTICE, {
        SINGLE: {t.code: 2 if t.code in _JUDGED else 3 for t in topics_of(Subject.PRACTICE)},
        MULTIPLE: 1,
        TRUE_FALSE: dict.fromkeys(_JUDGED, 1),
    })),
)

STANDARD = {Subject.LAW: LAW_STANDARD, Subject.PRACTICE: PRACTICE_STANDARD}
BLUEPRINTS = {blueprint.code: blueprint for blueprint in STANDARD.values()}
