"""Section B of the application: the organisation that applies."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import Optional, Regexp, ValidationError

from broker_admin.applications.forms.task_form import TaskForm
from broker_admin.clock import day_of, now
from broker_admin.forms import DateField, WholeNumberField, line, plain, required, text, to_choose

LEGAL_FORMS = {
    "enterprise": _l("Enterprise legal person"), "institution": _l("Public institution"),
    "association": _l("Association or foundation"),
}
# As the ministry displays them: the short name of a province, the kind, a number, a website's number.
_ICP = re.compile(r"[\u4e00-\u9fff]ICP[备備证證]\d{6,8}号(-\d+)?")


class OrganizationForm(TaskForm):
    legal_form = SelectField(_l("Legal form"), choices=to_choose(LEGAL_FORMS),
                             validators=required(_l("Choose the legal form.")))
    established_on = DateField(_l("Established on"),
                               description=_l("For example 2026-11-22."),
                               validators=required(_l("Enter the day of establishment.")))
    registered_capital = WholeNumberField(
        _l("Registered capital, in CNY"), validators=required(_l("Enter the registered capital.")))
    paid_in_capital = WholeNumberField(
        _l("Paid-in capital, in CNY"), validators=required(_l("Enter the paid-in capital.")))
    registered_address = line(_l("Registered address"), needed=_l("Enter the registered address."))
    business_address = line(_l("Place of business"), needed=_l("Enter the place of business."))
    business_term_to = DateField(_l("Business term until"), validators=[Optional()],
                                 description=_l("Leave empty for a term without end."))
    website = line(_l("Website"), description=_l("Begins with https://"),
                   validators=[Regexp(r"https://[^\s<>\"']+\Z", message=_l(
                       "Enter a web address that begins with https://."))])
    icp_number = line(_l("ICP filing number"), most=40)
    controllers = text(_l("Ultimate controllers"), most=1000,
                       description=_l("Name and share of each, one per line."),
                       needed=_l("Name the ultimate controllers."))
    foreign_percent = WholeNumberField(_l("Foreign share, in percent"), most=100,
                                       validators=required(_l("Enter a number; 0 if none.")))

    def validate_established_on(self, field: Field) -> None:
        if field.data > day_of(now()):
            raise ValidationError(_l("The day of establishment cannot be in the future."))

    def validate_paid_in_capital(self, field: Field) -> None:
        registered = self.registered_capital.data
        if registered is not None and field.data > registered:
            raise ValidationError(_l("Paid-in capital cannot exceed registered capital."))

    def validate_business_term_to(self, field: Field) -> None:
        began = self.established_on.data
        if began and field.data <= began:
            raise ValidationError(_l("The business term must end after the establishment."))

    def validate_icp_number(self, field: Field) -> None:
        if not _ICP.fullmatch(plain(field.data) or ""):
            raise ValidationError(_l("Enter the number as it is displayed, such as 粤ICP备12345678号."))
