"""Marks from a paper, its answers and a version of the keys. Marks are hundredths.

Pure and repeatable: scoring a stored attempt again gives the stored result, whatever
has happened to the items since.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from broker_admin.exams.drawing import Line
from broker_admin.exams.items import ItemKind, ItemText
from broker_admin.refusals import N_

# A fraction and not 0.6: the pass line must not hang on how a float is stored.
PASS_SHARE = Fraction(60, 100)


class Flaw(StrEnum):
    """Why something that was sent does not count as an answer."""

    UNKNOWN_OPTION = "unknown_option"
    SEVERAL_CHOSEN = "several_chosen"


FLAW_LABELS = {
    Flaw.UNKNOWN_OPTION: N_("An option that this question does not have"),
    Flaw.SEVERAL_CHOSEN: N_("Several options where one is asked for"),
}


@dataclass(frozen=True)
class Reading:
    """What a candidate's letters mean: the author's keys, or none and the reason."""

    chosen: frozenset[str] = frozenset()
    flaw: Flaw | None = None


@dataclass(frozen=True)
class Key:
    """The sets of options accepted as right; none at all means the item was withdrawn."""

    accepted: frozenset[frozenset[str]]

    @classmethod
    def of(cls, *answers: Collection[str]) -> "Key":
        return cls(frozenset(frozenset(answer) for answer in answers))

    def honours(self, chosen: frozenset[str]) -> bool:
        """A withdrawn item costs nobody a mark, so every candidate is given its marks."""
        return not self.accepted or chosen in self.accepted


WITHDRAWN = Key.of()


@dataclass(frozen=True)
class KeyVersion:
    """All keys as they stood when a marking was made; a rekey makes the next number."""

    number: int
    keys: Mapping[str, Key]

    @classmethod
    def first(cls, items: Iterable[ItemText]) -> "KeyVersion":
        return cls(1, {item.code: Key.of(item.answer) for item in items})

    def rekeyed(self, code: str, key: Key) -> "KeyVersion":
        """Raises KeyError for an item that this version does not know."""
        if code not in self.keys:
            raise KeyError(code)
        return KeyVersion(self.number + 1, {**self.keys, code: key})


@dataclass(frozen=True)
class MarkedLine:
    position: int
    code: str
    topic: str
    marks: int
    possible: int
    answered: bool
    flaw: Flaw | None = None


@dataclass(frozen=True)
class TopicResult:
    topic: str
    earned: int
    possible: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.earned, self.possible)


@dataclass(frozen=True)
class Score:
    lines: tuple[MarkedLine, ...]
    key_version: int

    @property
    def earned(self) -> int:
        return sum(line.marks for line in self.lines)

    @property
    def possible(self) -> int:
        return sum(line.possible for line in self.lines)

    @property
    def answered(self) -> int:
        return sum(line.answered for line in self.lines)

    @property
    def passed(self) -> bool:
        return passes(self.earned, self.possible)

    @property
    def profile(self) -> tuple[TopicResult, ...]:
        """Marks by topic in the order of the paper: what a failed candidate is told."""
        topics = dict.fromkeys(line.topic for line in self.lines)
        return tuple(self._topic(topic) for topic in topics)

    def _topic(self, topic: str) -> TopicResult:
        asked = [line for line in self.lines if line.topic == topic]
        return TopicResult(topic, sum(ln.marks for ln in asked), sum(ln.possible for ln in asked))


@dataclass(frozen=True)
class Rescore:
    """What a new marking would change, to be read before it is applied."""

    before: Score
    after: Score

    @property
    def changed(self) -> tuple[tuple[MarkedLine, MarkedLine], ...]:
        pairs = zip(self.before.lines, self.after.lines, strict=True)
        return tuple((old, new) for old, new in pairs if old.marks != new.marks)

    @property
    def takes_a_pass_away(self) -> bool:
        return self.before.passed and not self.after.passed

    @property
    def gives_a_pass(self) -> bool:
        return self.after.passed and not self.before.passed


def passes(earned: int, possible: int) -> bool:
    """60 of 100 and not a hundredth less: 59.99 is not rounded up."""
    return possible > 0 and earned >= PASS_SHARE * possible


def read_answer(line: Line, letters: Collection[str]) -> Reading:
    """Take what was sent for a line; the candidate answers in the letters of the own paper."""
    # Sent twice is sent once: a double click must not turn one answer into several.
    keys = {line.key_behind(letter) for letter in letters}
    chosen = frozenset(key for key in keys if key is not None)
    if len(chosen) < len(keys):
        return Reading(flaw=Flaw.UNKNOWN_OPTION)
    if len(chosen) > 1 and line.kind is not ItemKind.MULTIPLE:
        return Reading(flaw=Flaw.SEVERAL_CHOSEN)
    return Reading(chosen)


def mark(line: Line, letters: Collection[str], key: Key) -> MarkedLine:
    """All or nothing: a multiple-choice answer that is only partly right earns no mark."""
    reading = read_answer(line, letters)
    return MarkedLine(
        line.position, line.code, line.topic, possible=line.marks,
        marks=line.marks if key.honours(reading.chosen) else 0,
        answered=bool(reading.chosen), flaw=reading.flaw,
    )


def score(
    lines: Sequence[Line], answers: Mapping[int, Collection[str]], keys: KeyVersion
) -> Score:
    """Every line of the paper counts, answered or not. Raises KeyError for an item without key."""
    # Lines come from the paper and not from the answers: what was left blank still counts.
    marked = (mark(line, answers.get(line.position, ()), keys.keys[line.code]) for line in lines)
    return Score(tuple(marked), keys.number)


def in_marks(hundredths: int) -> str:
    """``6125`` is ``61.25`` and ``6000`` is ``60``: never a rounded figure."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)
