"""What is asked before a license changes."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from broker_admin.clock import day_of, now
from broker_admin.forms import DateField, Form, line, no_identifiers, required, text
from broker_admin.rules.regime import Regime


class SurrenderForm(Form):
    reason = text(_l("Why you give it up"), most=500, needed=_l("Give the reason."),
                  validators=[no_identifiers])
    sure = BooleanField(_l("We stop new business today; this cannot be taken back."),
                        validators=[InputRequired(_l("Confirm that you are sure."))])


class ReasonForm(Form):
    reason = text(_l("Reasons"), most=1000, needed=_l("Give the reasons."),
                  description=_l("The public register shows them."), validators=[no_identifiers])


class MeasureForm(ReasonForm):
    """A step against the holder: it needs a legal basis of the law in force, and reasons."""

    basis = SelectField(_l("Legal basis"), validators=required(_l("Choose the legal basis.")))
    proceeding = line(_l("Number of the case"), most=20,
                      description=_l("Where a case led to this step."))

    def prepare(self, regime: Regime, language: str, *, statutory: bool) -> None:
        """A penalty rests on a statute; a management measure on the regime or a statute."""
        statutes = {b.article: f"{b.name(language)} ({b.article})" for b in regime.penalty_bases}
        measures = {m.article or m.code: f"{m.name(language)} ({m.article or m.code})"
                    for m in regime.measures if m.public}
        self.basis.choices = {"": "", **(statutes if statutory else measures | statutes)}


class SuspendForm(MeasureForm):
    until = DateField(_l("Until"), validators=[Optional()],
                      description=_l("Leave empty if it lasts until it is lifted."))

    def validate_until(self, field: DateField) -> None:
        if field.data and field.data <= day_of(now()):
            raise ValidationError(_l("A suspension must end on a later day."))
