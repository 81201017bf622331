"""The forms of the annual review."""

from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from broker_admin.forms import (
    Form,
    TicksField,
    WholeNumberField,
    choices,
    no_identifiers,
    text,
)
from broker_admin.rules.provisions import ReviewPart, Supervision
from broker_admin.supervision.models import Score
from broker_admin.supervision.reviewing import Assessment
from broker_admin.supervision.workflow import LABELS, Veto


class ScoreForm(Form):
    """Marks and reasons for every part of the law in force; the parts are added when it is made."""

    parts: tuple[ReviewPart, ...]

    def assessment(self) -> Assessment:
        return Assessment(
            marks={part.code: self[f"marks_{part.code}"].data for part in self.parts},
            reasons={part.code: self[f"reasons_{part.code}"].data for part in self.parts},
            vetoes=tuple(Veto(code) for code in self["vetoes"].data or ()))


def score_form(supervision: Supervision, language: str, latest: Score | None) -> ScoreForm:
    parts = tuple(supervision.review)
    fields: dict[str, Any] = {}
    for part in parts:
        fields |= _fields(part, language)
    fields["vetoes"] = TicksField(
        _l("What leads to the lowest grade whatever the marks"),
        choices=choices({veto.value: _l(LABELS[veto]) for veto in Veto}))
    # A class of its own each time: parts and weights come from the rules the review was opened under.
    kind = cast(type[ScoreForm], type("RegimeScoreForm", (ScoreForm,), fields))
    form = kind(data=_data(latest))
    form.parts = parts
    return form


def _fields(part: ReviewPart, language: str) -> dict[str, Any]:
    name = part.name(language)
    return {
        f"marks_{part.code}": WholeNumberField(
            _l("%(part)s: marks out of %(most)s", part=name, most=part.weight), most=part.weight,
            validators=[_number_given]),
        f"reasons_{part.code}": text(
            _l("%(part)s: reasons", part=name), most=2000, needed=_l("Give the reasons."),
            validators=[no_identifiers]),
    }


def _number_given(form: Form, field: Field) -> None:
    # Not what was sent but what was read: a lone control character is sent and reads as nothing.
    if field.data is None:
        raise ValidationError(_l("Enter the marks."))


def _data(latest: Score | None) -> dict[str, Any]:
    if latest is None:
        return {}
    marks = {f"marks_{code}": marks for code, marks in latest.marks.items()}
    reasons = {f"reasons_{code}": reasons for code, reasons in latest.reasons.items()}
    return {**marks, **reasons, "vetoes": latest.vetoes}


class ObjectionForm(Form):
    objection = text(_l("What you object to, and why"), most=4000,
                     needed=_l("Say what you object to, and why."), validators=[no_identifiers])


class AnswerForm(Form):
    answer = text(_l("Answer to the holder"), most=4000, needed=_l("Write the answer."),
                  validators=[no_identifiers])
    amend = BooleanField(_l("The objection is right in part: score the year anew"))
