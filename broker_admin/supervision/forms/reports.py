"""A section of the annual report as a form, made from what the section asks."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField
from wtforms.validators import ValidationError

from broker_admin.clock import day_of, now
from broker_admin.forms import DateField, Form, WholeNumberField, choices, no_identifiers, text
from broker_admin.supervision.completeness import missing
from broker_admin.supervision.contradictions import Fault, contradictions
from broker_admin.supervision.report_fields import YES_NO, Asked, Kind, Section

# Beyond any turnover, and inside what every database and spreadsheet holds exactly.
_MOST_YUAN = 10**13


class SectionForm(Form):
    """Saves what is right so far; complete only when every needed answer is there and none disagree."""

    section: Section

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and self._blame(
            contradictions(self.given()))

    def is_complete(self) -> bool:
        """Besides being well-formed: nothing needed is missing."""
        return self._blame(missing(self.section, self.given()))

    def _blame(self, faults: Iterable[Fault]) -> bool:
        """Put each sentence at its field; whether there was none."""
        found = list(faults)
        for code, sentence in found:
            # A new list, since the form's fields share one empty tuple until something is wrong.
            self[code].errors = [*self[code].errors, gettext(sentence)]
        return not found

    def given(self) -> dict[str, Any]:
        """The answers as they are kept: days as text."""
        return {a.code: _kept(self[a.code].data) for a in self.section.asked}


def section_form(section: Section, answers: Mapping[str, Any]) -> SectionForm:
    """The form of one section, filled with what was answered."""
    fields: dict[str, Any] = {a.code: _field(a) for a in section.asked}
    kind = cast(type[SectionForm], type("ReportSectionForm", (SectionForm,), fields))
    form = kind(data={a.code: _read(a, answers.get(a.code)) for a in section.asked})
    form.section = section
    return form


def _field(asked: Asked) -> Field:
    label, hint = _l(asked.label), _l("Public") if asked.public else _l("Only for the authority")
    if asked.kind is Kind.TEXT:
        return text(label, most=2000, validators=[no_identifiers], description=hint)
    if asked.kind is Kind.DAY:
        return DateField(label, description=hint, validators=[_has_been])
    if asked.kind is Kind.YES_NO:
        words = choices({code: _l(word) for code, word in YES_NO.items()})
        return RadioField(label, choices=words, validate_choice=False, description=hint,
                          validators=[_yes_or_no])
    most = {Kind.LEVEL: 5, Kind.YUAN: _MOST_YUAN}.get(asked.kind, 10**10)
    return WholeNumberField(label, most=most, description=hint)


def _has_been(form: Form, field: Field) -> None:
    # What is reported has happened; a day to come is a slip of the pen or an intention.
    if field.data and field.data > day_of(now()):
        raise ValidationError(_l("This day cannot be in the future."))


def _yes_or_no(form: Form, field: Field) -> None:
    # A radio without a choice is sent as nothing, which a draft may be.
    if field.data not in YES_NO:
        field.data = None


def _read(asked: Asked, value: Any) -> Any:
    return date.fromisoformat(value) if asked.kind is Kind.DAY and value else value


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
