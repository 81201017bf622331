"""The tasks of the application form: sections A to E and K."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import Email, InputRequired, Optional, Regexp, ValidationError

from broker_admin.accounts.forms import REGIONS
from broker_admin.clock import day_of, now
from broker_admin.forms import (
    CodeField,
    DateField,
    Form,
    TicksField,
    WholeNumberField,
    choices,
    line,
    plain,
    required,
    text,
)
from broker_admin.rules.identifiers import identity_fault, mobile_fault
from broker_admin.rules.regime import Regime

LEGAL_FORMS = {
    "enterprise": _l("Enterprise legal person"), "institution": _l("Public institution"),
    "association": _l("Association or foundation"),
}
_MAIN_REPORT_MONTHS = {2: 24, 3: 12, 4: 12, 5: 12}
_ICP = re.compile(r"[\u4e00-\u9fff]ICP[备證证]\d{6,8}号(-\d+)?")


class TaskForm(Form):
    """A task: it can be filled from saved answers, and gives them back, personal ones apart."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    def prepare(self, regime: Regime, known: Mapping[str, str]) -> None:
        """Set the choices that depend on the law in force or on the organisation."""

    def given(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answers that are valid so far: (public, personal), ready to be kept."""
        kept = {f.name: _storable(f.data) for f in self.shown if not f.errors}
        personal = {name: value for name, value in kept.items() if name in self.PERSONAL}
        return {k: v for k, v in kept.items() if k not in personal}, personal

    @classmethod
    def read(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Saved answers as form data: days as dates."""
        days = {name for name, field in vars(cls).items()
                if getattr(field, "field_class", None) is DateField}
        return {name: date.fromisoformat(value) if name in days and value else value
                for name, value in answers.items()}


def _storable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class MatterForm(TaskForm):
    broker_type = RadioField(_l("Type"), validators=required(_l("Choose a type.")))
    grade_applied = RadioField(
        _l("Grade applied for"), coerce=str, validators=required(_l("Choose a grade.")),
        description=_l("The grade granted is the highest whose conditions you meet, and never "
                       "above the one applied for."))
    scope = TicksField(_l("Scope of business"),
                       validators=required(_l("Choose at least one kind of business.")))
    region_code = SelectField(_l("Region of the application"), choices=choices(REGIONS),
                              validators=required(_l("Choose a region.")))

    def prepare(self, regime: Regime, known: Mapping[str, str]) -> None:
        language = known["language"]
        self.regime = regime
        self.broker_type.choices = {t.code: t.name(language) for t in regime.types}
        self.grade_applied.choices = {str(g.code): g.name(language) for g in regime.grades}
        self.scope.choices = {s.code: s.name(language) for s in regime.scopes}

    def validate_scope(self, field: TicksField) -> None:
        chosen = next((t for t in self.regime.types if t.code == self.broker_type.data), None)
        beyond = set(field.data or ()) - set(chosen.scopes if chosen else field.data or ())
        if beyond:
            names = [str(field.choices[code]) for code in sorted(beyond)]
            raise ValidationError(_l("This type does not cover: %(scopes)s.",
                                     scopes="、".join(names)))


class OrganizationForm(TaskForm):
    legal_form = SelectField(_l("Legal form"), choices=choices(LEGAL_FORMS),
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

    def validate_established_on(self, field: DateField) -> None:
        if field.data and field.data > day_of(now()):
            raise ValidationError(_l("The day of establishment cannot be in the future."))

    def validate_paid_in_capital(self, field: WholeNumberField) -> None:
        registered = self.registered_capital.data
        if field.data is not None and registered is not None and field.data > registered:
            raise ValidationError(_l("Paid-in capital cannot exceed registered capital."))

    def validate_business_term_to(self, field: DateField) -> None:
        began = self.established_on.data
        if field.data and began and field.data <= began:
            raise ValidationError(_l("The business term must end after the establishment."))

    def validate_icp_number(self, field: StringField) -> None:
        if field.data and not _ICP.fullmatch(plain(field.data) or ""):
            raise ValidationError(_l("Enter the number as it is displayed, such as 粤ICP备12345678号."))


class PeopleForm(TaskForm):
    PERSONAL = frozenset({"legal_rep_identity", "legal_rep_mobile"})

    legal_rep_name = line(_l("Name of the legal representative"), most=50,
                          needed=_l("Enter the name."))
    legal_rep_identity = CodeField(
        _l("Resident identity number of the legal representative"),
        description=_l("Kept encrypted; never shown in public."),
        validators=required(_l("Enter the identity number.")))
    legal_rep_mobile = CodeField(_l("Mobile number of the legal representative"),
                                 validators=required(_l("Enter the mobile number.")))
    data_security_officer = line(_l("Person in charge of data security"), most=50,
                                 needed=_l("Enter the name."))
    information_officer = line(_l("Person in charge of personal information protection"), most=50,
                               needed=_l("Enter the name."))
    agent_name = line(_l("Agent who handles the application, if any"), most=50,
                      description=_l("An agent needs a power of attorney, attached later."))

    def validate_legal_rep_identity(self, field: CodeField) -> None:
        problem = identity_fault(field.data, today=day_of(now()))
        if problem:
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


class TechnologyForm(TaskForm):
    dcmm_level = SelectField(_l("DCMM level"), choices=choices({
        "0": _l("None"), "1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}))
    dcmm_number = line(_l("DCMM certificate number"), most=60)
    dcmm_valid_to = DateField(_l("DCMM certificate valid until"), validators=[Optional()])
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

    def validate_dcmm_number(self, field: StringField) -> None:
        if self.dcmm_level.data != "0" and not field.data:
            raise ValidationError(_l("Enter the number of the certificate."))

    def validate_dcmm_valid_to(self, field: DateField) -> None:
        if self.dcmm_level.data == "0":
            return
        if field.data is None or field.data < day_of(now()):
            raise ValidationError(_l("The certificate must be valid on the day you apply."))

    def validate_mlps_reported_on(self, field: DateField) -> None:
        today, months = day_of(now()), _MAIN_REPORT_MONTHS.get(int(self.mlps_level.data or 1), 24)
        if field.data and field.data > today:
            raise ValidationError(_l("The report cannot be from the future."))
        if field.data and (today - field.data).days > months * 31:
            raise ValidationError(_l("The report is older than %(months)s months.", months=months))


class CommitmentsForm(TaskForm):
    truthful = BooleanField(_l("Everything in this application is true; we answer for it."),
                            validators=[InputRequired(_l("Confirm this commitment."))])
    compliant = BooleanField(_l("We will keep the rules of conduct and accept supervision."),
                             validators=[InputRequired(_l("Confirm this commitment."))])
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
