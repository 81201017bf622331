"""Which measure is announced, and which is decided."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from broker_admin.enforcement import decisions, legality, measures, service
from broker_admin.enforcement.measures import Choice, Fault
from broker_admin.enforcement.models import Case
from broker_admin.forms import Form, WholeNumberField, no_identifiers, required, text

# Where a fault is said; the others are about the length of time.
_FIELDS = {Fault.BASIS: "basis", Fault.UNKNOWN: "measure", Fault.HEAVIER: "measure"}


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
        # Each basis says which measures it carries: one list serves every measure without a script.
        mark = "、" if language == "zh" else ", "
        self.basis.choices = {"": "", **{
            basis: f"{basis} – {mark.join(names)}" for basis, names in self._carried(language).items()}}

    def _carried(self, language: str) -> dict[str, list[str]]:
        carried: dict[str, list[str]] = {}
        for choice in self.offered.values():
            for basis in legality.bases_for(self.case, choice):
                carried.setdefault(basis, []).append(choice.name(language))
        return carried

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and self._is_lawful()

    def _is_lawful(self) -> bool:
        fault = self._fault(self.offered[self.measure.data])
        if fault:
            at = self[_FIELDS.get(fault, "months")]
            at.errors = [gettext(legality.FAULTS[fault])]
        return fault is None

    def _fault(self, choice: Choice) -> Fault | None:
        return measures.fault(choice, self.months.data, self.basis.data,
                              legality.bases_for(self.case, choice))


class NoticeForm(MeasureForm):
    """What the party is told before the decision."""


class DecisionForm(MeasureForm):
    """What is decided: no heavier than announced."""

    def announce(self) -> None:
        """Begin with what the notice announced."""
        notice = service.current_notice(self.case)
        self.measure.data, self.months.data = notice.measure, notice.months
        self.basis.data = notice.basis

    def _fault(self, choice: Choice) -> Fault | None:
        heavier = decisions.is_too_heavy(self.case, choice, self.months.data)
        return super()._fault(choice) or (Fault.HEAVIER if heavier else None)
