"""The credit grade of a year, with its reasons.  Pure: marks and vetoes in, grade out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from broker_admin.rules.provisions import CreditGrade, Supervision
from broker_admin.supervision.workflow import Veto


class MarksError(ValueError):
    """Marks that the parts of the review do not know, lack, or cannot give."""


@dataclass(frozen=True)
class Rating:
    """``explanation`` is kept as it is: parts in their order, the threshold, then vetoes."""

    total: int
    grade: str
    explanation: tuple[dict[str, Any], ...]


def rate(
    marks: Mapping[str, int], vetoes: Iterable[Veto], supervision: Supervision
) -> Rating:
    """Add the marks up and look the grade up; a veto leads to the lowest grade.

    Raises :class:`MarksError`.
    """
    _demand_fit(marks, supervision)
    total = sum(marks.values())
    reached = grade_of(total, supervision)
    # Sorted, so that the same findings give the same explanation word by word.
    held = sorted(set(vetoes))
    grade = lowest(supervision) if held else reached
    parts = [{"why": "part", "part": part.code, "marks": marks[part.code], "most": part.weight}
             for part in supervision.review]
    # Told beside a veto too: the holder may contest the veto and then needs what the marks alone give.
    threshold = {"why": "threshold", "total": total, "grade": reached.code,
                 "least": reached.least_score}
    return Rating(total, grade.code, (
        *parts, threshold, *({"why": "veto", "veto": str(veto), "grade": grade.code} for veto in held)))


def grade_of(total: int, supervision: Supervision) -> CreditGrade:
    """The highest grade whose least score is reached."""
    reached = [grade for grade in supervision.grades if total >= grade.least_score]
    return max(reached, key=lambda grade: grade.least_score)


def lowest(supervision: Supervision) -> CreditGrade:
    return min(supervision.grades, key=lambda grade: grade.least_score)


def _demand_fit(marks: Mapping[str, int], supervision: Supervision) -> None:
    if set(marks) != {part.code for part in supervision.review}:
        raise MarksError("every part needs its marks, and no other")
    for part in supervision.review:
        if not 0 <= marks[part.code] <= part.weight:
            raise MarksError(f"{part.code}: from 0 to {part.weight}")
