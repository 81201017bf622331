import re
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from broker_admin.clock import GUANGDONG, day_of, now
from broker_admin.exams.blueprints import BLUEPRINTS
from broker_admin.exams.workflow import LABELS, Qualification
from broker_admin.forms import (
    CodeField,
    DateField,
    Form,
    WholeNumberField,
    line,
    no_identifiers,
    plain,
    required,
    text,
)
from broker_admin.rules import identifiers

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_TICK = _l("Tick the box to go on.")


class RegisterForm(Form):
    name = line(_l("Name as on the identity card"), needed=_l("Enter your name."), most=100)
    identity = CodeField(
        _l("Resident identity number"), required(_l("Enter your identity number.")),
        description=_l("18 characters. It is stored sealed, and shown to nobody in full."))
    qualification = RadioField(
        _l("How do you qualify?"), validators=required(_l("Choose one.")),
        choices=[SelectChoice(q.value, _l(LABELS[q])) for q in Qualification])
    declared = BooleanField(
        _l("I have full civil capacity, and what I state here is true."), required(_TICK))

    def validate_identity(self, field: Field) -> None:
        # Full-width digits and a small x are how many people type it; neither is a mistake.
        field.data = identifiers.normalise(field.data or "")
        if fault := identifiers.identity_fault(field.data, day_of(now())):
            raise ValidationError(gettext(fault.sentence))


class StartForm(Form):
    understood = BooleanField(
        _l("I have read the rules, I am alone, and I use no other help."), required(_TICK))


class ReasonForm(Form):
    reason = text(_l("Reason"), needed=_l("Give the reason."), most=500, validators=[no_identifiers])


class TimeField(StringField):
    """A time of day, typed as 09:30; ``data`` is a time."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[], **kwargs)
        self.typed = ""

    def _value(self) -> str:
        return self.typed or (f"{self.data:%H:%M}" if isinstance(self.data, time) else "")

    def process_formdata(self, valuelist: Any) -> None:
        # As dates are read: full-width digits and colons are how a Chinese keyboard types an hour.
        self.typed = (plain(valuelist[0]) or "")[:10] if valuelist else ""
        self.data = None
        if not self.typed:
            return
        match = _TIME.fullmatch(self.typed)
        if match is None:
            raise ValueError(_l("Enter a time such as 09:30."))
        self.data = time(int(match[1]), int(match[2]))


class PlanForm(Form):
    blueprint = SelectField(_l("Subject and form of the paper"), choices=[])
    place = line(_l("Place"), needed=_l("Enter the place."), validators=[no_identifiers])
    day = DateField(_l("Day"), [InputRequired(_l("Enter the day."))])
    opens = TimeField(_l("Opens at (Guangdong time)"), [InputRequired(_l("Enter the hour."))])
    ends = TimeField(_l("Ends at"), [InputRequired(_l("Enter the hour."))])
    capacity = WholeNumberField(
        _l("Seats"), [InputRequired(_l("Enter the number of seats."))], least=1, most=5_000)

    def offer(self) -> None:
        self.blueprint.choices = [
            SelectChoice(b.code, f"{gettext(LABELS[b.subject])} · {b.code}") for b in BLUEPRINTS.values()]

    @property
    def answers(self) -> dict[str, Any]:
        """What the sitting is planned with, once the form is valid."""
        # The fallbacks are for the type checker: a valid form has all three.
        day, opens, ends = self.day.data or date.min, self.opens.data or time(), self.ends.data or time()
        return {
            "blueprint": self.blueprint.data, "place": self.place.data,
            "capacity": self.capacity.data,
            "opens_at": datetime.combine(day, opens, GUANGDONG),
            "ends_at": datetime.combine(day, ends, GUANGDONG),
        }
