"""Answers and grades in the reader's words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal, gettext

from broker_admin.i18n import language
from broker_admin.rules.regime import regime_version
from broker_admin.supervision.models import AnnualReview
from broker_admin.supervision.report_fields import SECTIONS, Asked, Kind, Section
from broker_admin.supervision.workflow import Veto
from broker_admin.templating import label


def answered(
    answers: Mapping[str, Any], *, public_only: bool = False
) -> list[tuple[Section, list[tuple[Asked, str]]]]:
    """Every section with its questions and the answers in words."""
    return [
        (section, [(a, in_words(a, answers.get(section.code, {}).get(a.code)))
                   for a in section.asked if a.public or not public_only])
        for section in SECTIONS
        if not public_only or any(a.public for a in section.asked)
    ]


def in_words(asked: Asked, value: Any) -> str:
    if value in (None, ""):
        return ""
    if asked.kind is Kind.YES_NO:
        return str(gettext("Yes") if value == "yes" else gettext("No"))
    return str(format_decimal(value)) if isinstance(value, int) else str(value)


def parts_of(review: AnnualReview) -> list[tuple[str, int, int, str]]:
    """Name, marks, weight and reasons of every part, as it was scored last."""
    score = review.score
    if score is None:
        return []
    parts = regime_version(review.regime).supervision.review
    return [(part.name(language()), score.marks[part.code], part.weight, score.reasons[part.code])
            for part in parts]


def grade_reasons(review: AnnualReview) -> list[str]:
    """Why the grade is what it is: the threshold that was reached, and any veto."""
    return [_reason(why) for why in (review.score.explanation if review.score else ())
            if why["why"] != "part"]


def _reason(why: Mapping[str, Any]) -> str:
    if why["why"] == "threshold":
        return str(gettext("%(total)s marks of 100: grade %(grade)s from %(least)s marks.",
                           total=why["total"], grade=why["grade"], least=why["least"]))
    return str(gettext("%(veto)s: grade %(grade)s whatever the marks.",
                       veto=label(Veto(why["veto"])), grade=why["grade"]))


def grade_name(grade: str, regime: str) -> str:
    """The letter with its word: A (Excellent)."""
    known = regime_version(regime).supervision.grades[grade]
    return str(gettext("%(grade)s (%(name)s)", grade=grade, name=known.name(language())))
