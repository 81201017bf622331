"""What is asked of officers."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional, ValidationError

from broker_admin.clock import day_of, now
from broker_admin.enforcement.forms.desk import conduct_choices
from broker_admin.forms import DateField, Form, TicksField, choices, no_identifiers, required, text
from broker_admin.rules.regime import Regime


class AcceptForm(Form):
    told = text(_l("What the respondent is told"), most=2000, validators=[no_identifiers],
                needed=_l("Say what the respondent is told."),
                description=_l("In your own words. Name nobody who has not consented."))
    answer_by = DateField(_l("Answer asked for by"), validators=[Optional()],
                          description=_l("Leave empty if the respondent is not known here."))

    def validate_answer_by(self, field: DateField) -> None:
        if field.data and field.data <= day_of(now()):
            raise ValidationError(_l("The respondent needs a later day for its answer."))


class DeclineForm(Form):
    grounds = TicksField(_l("Grounds"), validators=required(_l("Choose at least one ground.")))
    reasons = text(_l("Reasons"), most=2000, needed=_l("Give the reasons."),
                   description=_l("The complainant reads them."))

    def offer(self, regime: Regime, language: str) -> None:
        self.grounds.choices = choices({g.code: g.name(language) for g in regime.complaint_grounds})


class OutcomeForm(Form):
    outcome = text(_l("Outcome"), most=2000, needed=_l("Say how it ended."), validators=[no_identifiers],
                   description=_l("Both sides read it."))


class ReasonForm(Form):
    reason = text(_l("Reasons"), most=2000, needed=_l("Give the reasons."))


class TellForm(Form):
    reply = text(_l("What the reporter is told"), most=2000, needed=_l("Say what the reporter is told."),
                 description=_l("Whether a case was filed and why. Nothing about the case itself."))


class QuestionForm(Form):
    text = text(_l("Your question"), most=2000, needed=_l("Write the question."))


class CaseForm(Form):
    conduct_codes = TicksField(_l("Conduct"), validators=required(_l("Choose at least one kind of conduct.")))
    facts = text(_l("What is known so far"), needed=_l("Say what is known so far."),
                 description=_l("Name nobody who complained or reported."),
                 validators=[no_identifiers])

    def offer(self, regime: Regime, language: str, chosen: list[str]) -> None:
        self.conduct_codes.choices = choices(conduct_choices(regime, language))
        # What was ticked by whoever filed is where the officer begins, not what the officer says.
        if not self.is_submitted():
            self.conduct_codes.data = chosen
