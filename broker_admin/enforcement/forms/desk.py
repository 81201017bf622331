"""What the officers are asked."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import ValidationError

from broker_admin.accounts import service as accounts
from broker_admin.accounts.models import Organization
from broker_admin.forms import (
    CodeField,
    DateField,
    Form,
    TicksField,
    choices,
    no_identifiers,
    required,
    text,
)
from broker_admin.rules.regime import Regime


def conduct_choices(regime: Regime, language: str) -> dict[str, str]:
    """Every kind of misconduct in words, with its code."""
    return {c.code: f"{c.code} {c.name(language)}" for c in regime.conduct}


class PartyForm(Form):
    """Names an organisation by its credit code; ``organization`` is the one that is meant."""

    uscc = CodeField(_l("Unified social credit code of the organisation"),
                     validators=required(_l("Enter the credit code.")))
    organization: Organization

    def validate_uscc(self, field: CodeField) -> None:
        found = accounts.organization_by_code(field.data)
        if found is None:
            raise ValidationError(_l("No organisation with this credit code is known here."))
        self.organization = found


class OpenForm(PartyForm):
    """A case of the authority's own motion."""

    conduct_codes = TicksField(_l("What it is about"),
                               validators=required(_l("Choose at least one kind of conduct.")))
    facts = text(_l("What is known so far"), needed=_l("Say what is known so far."))


class FindingForm(Form):
    conduct_code = SelectField(_l("Conduct"), validators=required(_l("Choose the conduct.")))
    established = RadioField(
        _l("Is it established?"), choices=choices({"yes": _l("Yes"), "no": _l("No")}),
        validators=required(_l("Say whether it is established.")))
    facts = text(_l("Facts"), needed=_l("State the facts."), validators=[no_identifiers],
                 description=_l("The party reads them in the prior notice."))
    evidence = text(_l("Evidence"), needed=_l("Name the evidence."),
                    description=_l("Documents, records and statements on which this rests."))


class ReasonForm(Form):
    reason = text(_l("Reasons"), needed=_l("Give the reasons."), most=2000,
                  validators=[no_identifiers])


class OpinionForm(Form):
    opinion = text(_l("Opinion of the legal review"), needed=_l("Write the opinion."),
                   validators=[no_identifiers])


class HearingForm(Form):
    on = DateField(_l("Day of the hearing"), validators=required(_l("Enter the day.")),
                   description=_l("At least seven working days ahead, such as 2026-11-22."))

    def validate_on(self, field: DateField) -> None:
        # Spaces alone were sent, and so are not missing, but they name no day either.
        if not field.typed:
            raise ValidationError(_l("Enter the day."))


class MinutesForm(Form):
    minutes = text(_l("Minutes of the hearing"), needed=_l("Write the minutes."), most=20_000)
