"""What is asked in the steps of a conduct case."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from broker_admin.documents.forms import UploadForm
from broker_admin.enforcement import decisions, measures, service
from broker_admin.enforcement.measures import Choice, Fault
from broker_admin.enforcement.models import Case
from broker_admin.forms import (
    CodeField,
    DateField,
    Form,
    TicksField,
    WholeNumberField,
    choices,
    no_identifiers,
    required,
    text,
)
from broker_admin.rules.regime import Regime

_TIME_FAULTS = {Fault.TIME_MISSING, Fault.TIME_UNFIT, Fault.TOO_LONG}


def conduct_choices(regime: Regime, language: str) -> dict[str, str]:
    """Every kind of misconduct in words, with its code."""
    return {c.code: f"{c.code} {c.name(language)}" for c in regime.conduct}


class OpenForm(Form):
    """A case of the authority's own motion."""

    uscc = CodeField(_l("Unified social credit code of the organisation"),
                     validators=required(_l("Enter the credit code.")))
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


class SureForm(Form):
    """Nothing to say, only to confirm."""


class OpinionForm(Form):
    opinion = text(_l("Opinion of the legal review"), needed=_l("Write the opinion."))


class MeasureForm(Form):
    """A measure with what it rests on; faults are said at the field that has them."""

    measure = SelectField(_l("Measure"), validators=required(_l("Choose the measure.")))
    months = WholeNumberField(_l("Months"), validators=[Optional()], least=1, most=120,
                              description=_l("Only for a measure that lasts."))
    basis = SelectField(_l("Legal basis"), validators=required(_l("Choose the legal basis.")))
    reasons = text(_l("Reasons"), needed=_l("Give the reasons."),
                   description=_l("The party reads them."), validators=[no_identifiers])

    def offer(self, case: Case, offered: dict[str, Choice], language: str) -> None:
        self.case, self.offered = case, offered
        self.measure.choices = {"": "", **{c.code: c.name(language) for c in offered.values()}}
        carried: dict[str, list[str]] = {}
        for choice in offered.values():
            for basis in service.bases_for(case, choice):
                carried.setdefault(basis, []).append(choice.name(language))
        mark = "、" if language == "zh" else ", "
        self.basis.choices = {"": "", **{
            basis: f"{basis} – {mark.join(names)}" for basis, names in carried.items()}}

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and self._is_lawful()

    def _is_lawful(self) -> bool:
        choice = self.offered[self.measure.data]
        fault = measures.fault(choice, self.months.data, self.basis.data,
                               service.bases_for(self.case, choice)) or self._further(choice)
        if fault is None:
            return True
        field = self.months if fault in _TIME_FAULTS else (
            self.basis if fault is Fault.BASIS else self.measure)
        field.errors = [gettext(service.FAULTS[fault])]
        return False

    def _further(self, choice: Choice) -> Fault | None:
        return None


class NoticeForm(MeasureForm):
    """What the party is told before the decision."""


class DecisionForm(MeasureForm):
    """What is decided: no heavier than announced."""

    def announce(self) -> None:
        """Begin with what the notice announced."""
        notice = service.current_notice(self.case)
        self.measure.data, self.months.data = notice.measure, notice.months
        self.basis.data = notice.basis

    def _further(self, choice: Choice) -> Fault | None:
        return (Fault.HEAVIER if decisions.is_too_heavy(self.case, choice, self.months.data)
                else None)


class StatementForm(Form):
    statement = text(_l("Your statement and defence"), needed=_l("Write your statement."),
                     description=_l("Facts, reasons and evidence in your favour. A statement "
                                    "never leads to a heavier measure."))
    file = FileField(_l("A document for it"), render_kw={"accept": ".pdf,.png,.jpg,.jpeg"})
    hearing = RadioField(_l("Do you ask for a hearing?"),
                         choices=choices({"yes": _l("Yes, we ask for a hearing"),
                                          "no": _l("No, our statement is enough")}),
                         validators=required(_l("Say whether you ask for a hearing.")))
    sure = BooleanField(_l("This statement is complete; it can be made once."),
                        validators=required(_l("Confirm that the statement is complete.")))


class HearingForm(Form):
    on = DateField(_l("Day of the hearing"), validators=required(_l("Enter the day.")),
                   description=_l("At least seven working days ahead, such as 2026-11-22."))


class MinutesForm(Form):
    minutes = text(_l("Minutes of the hearing"), needed=_l("Write the minutes."), most=20_000)


class EvidenceForm(UploadForm):
    """A file of the investigators."""

