"""What is asked before a license changes."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from broker_admin.accounts.forms import REGIONS
from broker_admin.clock import day_of, now
from broker_admin.forms import DateField, Form, choices, line, no_identifiers, required, text
from broker_admin.licenses.workflow import LicenseStatus
from broker_admin.rules.regime import Regime
from broker_admin.templating import label


class FilterForm(Form):
    """For the address line: it changes nothing, so it needs neither token nor key."""

    class Meta(Form.Meta):
        csrf = False

    once = None
    q = line(_l("Name, number or credit code"), most=100)
    status = SelectField(_l("Status"), default="")
    type = SelectField(_l("Type"), default="")
    grade = SelectField(_l("Grade"), default="")
    region = SelectField(_l("Region"), default="")
    ends = SelectField(_l("Ends"), default="", choices=choices({"": _l("Any day"), "soon": _l("Soon")}))

    def prepare(self, regime: Regime, language: str) -> None:
        every = {"": gettext("All")}
        for field, words in (
            (self.status, {state.value: label(state) for state in LicenseStatus}),
            (self.type, {kind.code: kind.name(language) for kind in regime.types}),
            (self.grade, {str(grade.code): grade.name(language) for grade in regime.grades}),
            (self.region, REGIONS),
        ):
            field.choices = choices(every | words)

    def chosen(self) -> dict[str, Any]:
        """What was asked for, in the words of the worklist; nothing where it makes no sense."""
        if not self.validate():
            return {}
        return {
            "words": self.q.data or "", "broker_type": self.type.data,
            "status": LicenseStatus(self.status.data) if self.status.data else None,
            "grade": int(self.grade.data) if self.grade.data else None,
            "region_code": self.region.data,
        }


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
    proceeding = line(_l("Number of the case"), most=20, validators=[no_identifiers],
                      description=_l("Where a case led to this step."))

    def prepare(self, regime: Regime, language: str) -> None:
        """The management measures of the regime, and no statute that threatens a penalty."""
        # A penalty needs two investigators, a notice, and mostly a hearing (处罚法 42, 44, 63): a case.
        measures = {m.article or m.code: f"{m.name(language)} ({m.article or m.code})"
                    for m in regime.measures if m.public}
        self.basis.choices = choices({"": "", **measures})

    def rest_on(self, article: str) -> None:
        """The one article that allows the step."""
        self.basis.choices = choices({article: article})


class SuspendForm(MeasureForm):
    until = DateField(_l("Until"), validators=[Optional()],
                      description=_l("Leave empty if it lasts until it is lifted."))

    def validate_until(self, field: DateField) -> None:
        if field.data and field.data <= day_of(now()):
            raise ValidationError(_l("A suspension must end on a later day."))
