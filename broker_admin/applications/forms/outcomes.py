"""What is proposed and decided: a grant with its terms, a refusal with its grounds."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from broker_admin.applications import decisions
from broker_admin.applications.forms.scopes import demand_covered
from broker_admin.applications.models import Application
from broker_admin.applications.review import Outcome
from broker_admin.forms import Form, TicksField, WholeNumberField, no_identifiers, required, text
from broker_admin.rules.citations import named
from broker_admin.rules.regime import Regime

# A bound against slips of the keyboard; the law in force proposes the term itself.
LONGEST_TERM = 10


class TermsForm(Form):
    """The terms of a grant, as the reviewer proposes them."""

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
        demand_covered(field, self.broker_type.data, self.regime)

    def outcome(self) -> Outcome:
        return Outcome(granted=True, reasons=self.reasons.data, broker_type=self.broker_type.data,
                       grade=int(self.grade.data), scope=tuple(self.scope.data),
                       term_years=self.term_years.data)


class GrantForm(TermsForm):
    """The terms as the decider confirms or narrows them."""

    application: Application

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if decisions.is_wider(self.application, self.outcome()):
            self.form_errors.append(gettext(decisions.WIDER))
        return not self.form_errors


class GroundsForm(Form):
    """Why an application is refused: the applicant reads it, and may contest it."""

    grounds = TicksField(_l("Grounds"),
                         validators=required(_l("Choose at least one ground for refusal.")))
    reasons = text(
        _l("Reasons"), most=4000, needed=_l("Give the reasons."), validators=[no_identifiers],
        description=_l("Say which evidence fell short of which requirement."))

    def prepare(self, regime: Regime, language: str) -> None:
        self.grounds.choices = {g.code: named(g, language) for g in regime.refusal_grounds}

    def outcome(self) -> Outcome:
        return Outcome(granted=False, reasons=self.reasons.data, grounds=tuple(self.grounds.data))
