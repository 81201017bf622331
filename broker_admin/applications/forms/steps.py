"""What is asked at each step: of the applicant who starts or withdraws, of the officers on the way."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from broker_admin.accounts.models import Organization
from broker_admin.applications import checklist
from broker_admin.forms import Form, choices, no_identifiers, required, text
from broker_admin.rules.citations import named
from broker_admin.rules.regime import Regime


class WithdrawForm(Form):
    reason = text(_l("Why you withdraw"), most=500, validators=[no_identifiers],
                  description=_l("You need not say; it helps us to improve."))


class UploadForm(Form):
    file = FileField(_l("File"), validators=[FileRequired(_l("Choose a file."))],
                     description=_l("PDF, PNG or JPEG, at most 10 MB, not encrypted."))


class StartForm(Form):
    organization = RadioField(_l("Organisation that applies"), coerce=int,
                              validators=required(_l("Choose the organisation.")))

    def prepare(self, organizations: Iterable[Organization]) -> None:
        self.organization.choices = {o.id: o.name for o in organizations}


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
        self.ground.choices = {g.code: named(g, language) for g in regime.non_acceptance_grounds}


class CheckForm(Form):
    met = RadioField(_l("Finding"), choices=choices({"yes": _l("Met"), "no": _l("Not met")}),
                     validators=required(_l("Choose a finding.")))
    note = text(_l("On what evidence"), most=1000, needed=_l("Say on what evidence."),
                validators=[no_identifiers])


class ReasonForm(Form):
    reason = text(_l("Reasons"), most=1000, needed=_l("Give the reasons."),
                  validators=[no_identifiers])
