"""Answers and grades in the reader's words."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import format_decimal, gettext

from broker_admin.i18n import language
from broker_admin.rules.regime import regime_version
from broker_admin.supervision.models import AnnualReview
from broker_admin.supervision.report_fields import SECTIONS, YES_NO, Asked, Kind, Section
from broker_admin.supervision.workflow import Veto
from broker_admin.templating import label

Rows = list[tuple[Section, list[tuple[Asked, str]]]]


def answered(answers: Mapping[str, Any]) -> Rows:
    """Every section with its questions and the answers in words."""
    return _rows(answers, lambda asked: True)


def publicly_answered(answers: Mapping[str, Any]) -> Rows:
    """What everybody may read; sections without a public question are left out."""
    return [(section, rows) for section, rows in _rows(answers, lambda asked: asked.public) if rows]


def _rows(answers: Mapping[str, Any], shown: Callable[[Asked], bool]) -> Rows:
    return [
        (section, [(asked, in_words(asked, answers.get(section.code, {}).get(asked.code)))
                   for asked in section.asked if shown(asked)])
        for section in SECTIONS
    ]


def in_words(asked: Asked, value: Any) -> str:
    """The answer as people read it; nothing where nothing was answered."""
    if value in (None, ""):
        return ""
    if asked.kind is Kind.YES_NO:
        return str(gettext(YES_NO[value]))
    return str(format_decimal(value)) if isinstance(value, int) else str(value)


def parts_of(review: AnnualReview) -> list[tuple[str, int, int, str]]:
    """Name, marks, weight and reasons of every part, as it was scored last."""
    score = review.score
    if score is None:
        return []
    # In the order and words of the rules under which the year was scored, not of those in force now.
    parts = regime_version(review.regime).supervision.review
    return [(part.name(language()), score.marks[part.code], part.weight, score.reasons[part.code])
            for part in parts]


def grade_reasons(review: AnnualReview) -> list[str]:
    """Why the grade is what it is: the threshold that was reached, and any veto."""
    explanation = review.score.explanation if review.score else ()
    # The parts stand in the table beside it, each with the officer's reasons.
    return [_reason(why) for why in explanation if why["why"] != "part"]


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
