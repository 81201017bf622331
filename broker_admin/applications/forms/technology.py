"""Section E of the application: data management, protection level, platform."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from broker_admin.applications.forms.task_form import TaskForm
from broker_admin.clock import day_of, now
from broker_admin.forms import DateField, WholeNumberField, choices, line, required, text

# Systems of level 3 and above are assessed every year (GB/T 22240), those below every other year.
_REPORT_MONTHS = {"3": 12, "4": 12}
_OTHER_REPORT_MONTHS = 24


def _with_certificate(needed: Any) -> Callable[[Any, Field], None]:
    """Asked for where a level is claimed; "optional" would stop before the level is looked at."""

    def check(form: Any, field: Field) -> None:
        if not field.data:
            raise StopValidation(None if form.dcmm_level.data == "0" else needed)

    return check


class TechnologyForm(TaskForm):
    dcmm_level = SelectField(_l("DCMM level"), choices=choices({
        "0": _l("None"), "1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}))
    dcmm_number = StringField(_l("DCMM certificate number"), validators=[
        _with_certificate(_l("Enter the number of the certificate.")),
        Length(max=60, message=_l("Use at most %(max)d characters."))])
    dcmm_valid_to = DateField(_l("DCMM certificate valid until"), validators=[
        _with_certificate(_l("The certificate must be valid on the day you apply."))])
    mlps_level = SelectField(_l("Multi-level protection level of the main system"), choices={
        "1": "1", "2": "2", "3": "3", "4": "4"})
    mlps_number = line(_l("Filing number"), most=40, needed=_l("Enter the filing number."))
    mlps_reported_on = DateField(_l("Date of the latest assessment report"),
                                 validators=required(_l("Enter the date of the report.")))
    mlps_score = WholeNumberField(_l("Score of the assessment"), most=100,
                                  validators=[Optional()])
    platform = text(_l("The platform and what it does"), most=2000,
                    needed=_l("Describe the platform."))
    location = line(_l("Where it is deployed"), needed=_l("Enter where it is deployed."))
    in_mainland = BooleanField(_l("All servers are in mainland China"))

    def validate_dcmm_valid_to(self, field: Field) -> None:
        # Without the certificate an old date is of no consequence.
        if self.dcmm_level.data != "0" and field.data < day_of(now()):
            raise ValidationError(_l("The certificate must be valid on the day you apply."))

    def validate_mlps_reported_on(self, field: Field) -> None:
        months = _REPORT_MONTHS.get(self.mlps_level.data, _OTHER_REPORT_MONTHS)
        age = (day_of(now()) - field.data).days
        if age < 0:
            raise ValidationError(_l("The report cannot be from the future."))
        # To the applicant's favour every month has 31 days; the reviewer sees the date itself.
        if age > months * 31:
            raise ValidationError(_l("The report is older than %(months)s months.", months=months))
