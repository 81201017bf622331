"""What is asked at each step: of the applicant who withdraws, of the officers who decide."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, TextAreaField
from wtforms.validators import ValidationError

from broker_admin.applications import checklist
from broker_admin.applications.review import Outcome
from broker_admin.forms import (
    Form,
    TicksField,
    WholeNumberField,
    choices,
    line,
    no_identifiers,
    required,
    text,
)
from broker_admin.rules.regime import Regime

LONGEST_TERM = 10


class WithdrawForm(Form):
    reason = text(_l("Why you withdraw"), most=500, validators=[no_identifiers],
                  description=_l("You need not say; it helps us to improve."))


class UploadForm(Form):
    file = FileField(_l("File"), validators=[FileRequired(_l("Choose a file."))],
                     description=_l("PDF, PNG or JPEG, at most 10 MB, not encrypted."))


class StartForm(Form):
    organization = RadioField(_l("Organisation that applies"), coerce=int,
                              validators=required(_l("Choose the organisation.")))


class ReceiptForm(Form):
    receipt = line(_l("Receipt number"), needed=_l("Enter the receipt number."))


class CorrectionForm(Form):
    """One field per task: what is filled in is missing, and reopens that task."""

    matter, organization, people, staff, technology, documents = (
        text(_l("%(task)s: what is missing or wrong", task=_l(checklist.BY_CODE[code].title)),
             most=1000, validators=[no_identifiers])
        for code in ("matter", "organization", "people", "staff", "technology", "documents"))

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.items():
            self.form_errors.append(gettext("Say for at least one part what is missing or wrong."))
        return not self.form_errors

    def items(self) -> list[dict[str, str]]:
        return [{"task": field.name, "sentence": field.data} for field in self.shown if field.data]


class DeclineForm(Form):
    ground = RadioField(_l("Ground"), validators=required(_l("Choose a ground.")))
    explanation = text(_l("Explanation"), most=2000, needed=_l("Explain why."),
                       validators=[no_identifiers],
                       description=_l("Name the authority in charge, if it is another one."))

    def prepare(self, regime: Regime, language: str) -> None:
        self.ground.choices = {g.code: f"{g.name(language)} ({g.article})"
                               for g in regime.non_acceptance_grounds}


class CheckForm(Form):
    met = RadioField(_l("Finding"), choices=choices({"yes": _l("Met"), "no": _l("Not met")}),
                     validators=required(_l("Choose a finding.")))
    note = text(_l("On what evidence"), most=1000, needed=_l("Say on what evidence."),
                validators=[no_identifiers])


class ReasonForm(Form):
    reason = text(_l("Reasons"), most=1000, needed=_l("Give the reasons."),
                  validators=[no_identifiers])


class TermsForm(Form):
    """The terms of a grant; proposed by the reviewer, confirmed or narrowed by the decider."""

    broker_type = RadioField(_l("Type"), validators=required(_l("Choose a type.")))
    grade = RadioField(_l("Grade"), coerce=str, validators=required(_l("Choose a grade.")))
    scope = TicksField(_l("Scope of business"),
                       validators=required(_l("Choose at least one kind of business.")))
    term_years = WholeNumberField(_l("Term, in years"), least=1, most=LONGEST_TERM,
                                  validators=required(_l("Enter the term.")))
    reasons = text(_l("Reasons"), most=4000, needed=_l("Give the reasons."),
                   validators=[no_identifiers])

    def prepare(self, regime: Regime, language: str, highest: int) -> None:
        """The choices of the law in force; no grade above the one applied for."""
        self.regime = regime
        self.broker_type.choices = {t.code: t.name(language) for t in regime.types}
        self.grade.choices = {str(g.code): g.name(language) for g in regime.grades
                              if g.code >= highest}
        self.scope.choices = {s.code: s.name(language) for s in regime.scopes}

    def validate_scope(self, field: TicksField) -> None:
        chosen = next((t for t in self.regime.types if t.code == self.broker_type.data), None)
        if chosen and not set(field.data or ()) <= set(chosen.scopes):
            raise ValidationError(_l("This type does not cover all of this scope."))

    def outcome(self) -> Outcome:
        return Outcome(granted=True, reasons=self.reasons.data, broker_type=self.broker_type.data,
                       grade=int(self.grade.data), scope=tuple(self.scope.data),
                       term_years=self.term_years.data)


class GroundsForm(Form):
    """Why an application is refused: the applicant reads it, and may contest it."""

    grounds = TicksField(_l("Grounds"),
                         validators=required(_l("Choose at least one ground for refusal.")))
    reasons = TextAreaField(
        _l("Reasons"), validators=[*required(_l("Give the reasons.")), no_identifiers],
        description=_l("Say which evidence fell short of which requirement."))

    def prepare(self, regime: Regime, language: str) -> None:
        self.grounds.choices = {g.code: f"{g.name(language)} ({g.article})"
                                for g in regime.refusal_grounds}

    def outcome(self) -> Outcome:
        return Outcome(granted=False, reasons=self.reasons.data, grounds=tuple(self.grounds.data))

