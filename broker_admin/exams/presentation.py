"""What a candidate may see of a paper: made of words and places, without keys, codes or reasons."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from broker_admin.db import db
from broker_admin.exams.drawing import Line
from broker_admin.exams.items import ItemKind
from broker_admin.exams.models import ExamAttempt, ItemVersion


@dataclass(frozen=True)
class ShownOption:
    letter: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class ShownQuestion:
    position: int
    kind: ItemKind
    marks: int
    stem: str
    options: tuple[ShownOption, ...]
    flagged: bool
    saved_at: datetime | None

    @property
    def takes_several(self) -> bool:
        return self.kind is ItemKind.MULTIPLE


@dataclass(frozen=True)
class Square:
    """One question in the grid of all."""

    position: int
    answered: bool = False
    flagged: bool = False


@dataclass(frozen=True)
class Overview:
    squares: tuple[Square, ...]

    @property
    def answered(self) -> int:
        return sum(square.answered for square in self.squares)

    @property
    def blank(self) -> tuple[Square, ...]:
        return tuple(square for square in self.squares if not square.answered)

    @property
    def flagged(self) -> tuple[Square, ...]:
        return tuple(square for square in self.squares if square.flagged)

    def __len__(self) -> int:
        return len(self.squares)


def question(attempt: ExamAttempt, position: int, language: str) -> ShownQuestion | None:
    """None for a number that the paper does not have."""
    line = next((ln for ln in attempt.paper.lines if ln.position == position), None)
    if line is None:
        return None
    # The version on the paper and not the newest: everybody in a sitting reads the same words.
    version = db.session.scalars(select(ItemVersion).where(
        ItemVersion.id == attempt.paper.version_ids[position])).one()
    answer = next((a for a in attempt.answers if a.position == position), None)
    chosen = frozenset(answer.letters if answer else ())
    return ShownQuestion(
        position, line.kind, line.marks, version.text.stem.read_in(language),
        _options(line, version, language, chosen),
        answer.flagged if answer else False, answer.saved_at if answer else None)


def _options(
    line: Line, version: ItemVersion, language: str, chosen: frozenset[str]
) -> tuple[ShownOption, ...]:
    # By key here and by letter on the page: the page never learns which key a letter stands for.
    words = {option.key: option.text.read_in(language) for option in version.text.options}
    return tuple(ShownOption(letter, words[key], letter in chosen)
                 for letter, key in zip(line.letters, line.option_order, strict=True))


def overview(attempt: ExamAttempt) -> Overview:
    """The grid of the paper; every question is in it, answered or not."""
    stored = {answer.position: answer for answer in attempt.answers}
    return Overview(tuple(
        Square(n, bool(stored[n].letters), stored[n].flagged) if n in stored else Square(n)
        for n in sorted(attempt.paper.version_ids)))
