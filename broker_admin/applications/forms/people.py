"""Sections C and D of the application: its legal representative, its officers, its practitioners."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from broker_admin.applications.forms.task_form import TaskForm
from broker_admin.clock import day_of, now
from broker_admin.forms import CodeField, TicksField, line, required
from broker_admin.rules.identifiers import identity_fault, mobile_fault
from broker_admin.rules.regime import Regime


class PeopleForm(TaskForm):
    # Sealed apart from the other answers, so that neither a dump nor a log shows them.
    PERSONAL = frozenset({"legal_rep_identity", "legal_rep_mobile"})

    legal_rep_name = line(_l("Name of the legal representative"), most=50,
                          needed=_l("Enter the person's name."))
    legal_rep_identity = CodeField(
        _l("Resident identity number of the legal representative"),
        description=_l("Kept encrypted; never shown in public."),
        validators=required(_l("Enter the identity number.")))
    legal_rep_mobile = CodeField(_l("Mobile number of the legal representative"),
                                 validators=required(_l("Enter the mobile number.")))
    data_security_officer = line(_l("Person in charge of data security"), most=50,
                                 needed=_l("Enter the person's name."))
    information_officer = line(_l("Person in charge of personal information protection"), most=50,
                               needed=_l("Enter the person's name."))
    agent_name = line(_l("Agent who handles the application, if any"), most=50,
                      description=_l("An agent needs a power of attorney, attached later."))

    def validate_legal_rep_identity(self, field: CodeField) -> None:
        if identity_fault(field.data, today=day_of(now())):
            raise ValidationError(_l("This is not a valid resident identity number. Check each digit."))

    def validate_legal_rep_mobile(self, field: CodeField) -> None:
        if mobile_fault(field.data):
            raise ValidationError(_l("Enter a mobile number of 11 digits."))


class StaffForm(TaskForm):
    staff = TicksField(
        _l("Practitioners who will work under the license"),
        description=_l("Listed are people who hold a valid certificate and have confirmed that "
                       "they work for you."),
        validators=required(_l("Name at least one certified practitioner.")))

    def prepare(self, regime: Regime, known: Mapping[str, str]) -> None:
        self.staff.choices = {k: v for k, v in known.items() if k != "language"}
