"""Sections A and K of the application, and the table of all its tasks."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import DataRequired, Email

from broker_admin.accounts.forms import REGIONS
from broker_admin.applications.forms.organization import OrganizationForm
from broker_admin.applications.forms.people import PeopleForm, StaffForm
from broker_admin.applications.forms.scopes import demand_covered
from broker_admin.applications.forms.task_form import TaskForm
from broker_admin.applications.forms.technology import TechnologyForm
from broker_admin.forms import TicksField, line, required, to_choose
from broker_admin.rules.regime import Regime


class MatterForm(TaskForm):
    broker_type = RadioField(_l("Type"), validators=required(_l("Choose a type.")))
    grade_applied = RadioField(
        _l("Grade applied for"), coerce=str, validators=required(_l("Choose a grade.")),
        description=_l("The grade granted is the highest whose conditions you meet, and never "
                       "above the one applied for."))
    scope = TicksField(_l("Scope of business"),
                       validators=required(_l("Choose at least one kind of business.")))
    region_code = SelectField(_l("Region of the application"), choices=to_choose(REGIONS),
                              validators=required(_l("Choose a region.")))

    def prepare(self, regime: Regime, known: Mapping[str, str]) -> None:
        language = known["language"]
        self.regime = regime
        self.broker_type.choices = {t.code: t.name(language) for t in regime.types}
        self.grade_applied.choices = {str(g.code): g.name(language) for g in regime.grades}
        self.scope.choices = {s.code: s.name(language) for s in regime.scopes}

    def validate_scope(self, field: TicksField) -> None:
        demand_covered(field, self.broker_type.data, self.regime)


class CommitmentsForm(TaskForm):
    # That a value was sent is not enough here: "false" is one too, and would pass for a promise.
    truthful = BooleanField(_l("Everything in this application is true; we answer for it."),
                            validators=[DataRequired(_l("Confirm this commitment."))])
    compliant = BooleanField(_l("We will keep the rules of conduct and accept supervision."),
                             validators=[DataRequired(_l("Confirm this commitment."))])
    service_email = line(_l("E-mail address for service of documents"), most=254,
                         needed=_l("Enter the address."),
                         validators=[Email(_l("Enter an e-mail address such as name@example.org."))])
    service_by_email = BooleanField(
        _l("Documents may be served on us electronically at this address."))
    signed_by = line(_l("Name of the person who signs"), most=50, needed=_l("Sign with your name."))


FORMS: dict[str, type[TaskForm]] = {
    "matter": MatterForm,
    "organization": OrganizationForm,
    "people": PeopleForm,
    "staff": StaffForm,
    "technology": TechnologyForm,
    "commitments": CommitmentsForm,
}
