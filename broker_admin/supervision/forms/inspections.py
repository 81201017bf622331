"""The forms of plans, inspections and rectifications."""

from collections.abc import Iterable
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import DataRequired

from broker_admin.forms import DateField, Form, TicksField, choices, line, no_identifiers, required, text
from broker_admin.rules.regime import Regime
from broker_admin.supervision.checklist import BY_CODE, ITEMS
from broker_admin.supervision.inspecting import Found
from broker_admin.supervision.inspection_workflow import RESULT_LABELS, InspectionResult

FINDINGS = {"Y": _l("Complied with"), "N": _l("Not complied with"), "NA": _l("Does not apply")}


class PlanForm(Form):
    title = line(_l("Title of the plan"), needed=_l("Give the plan a title."), most=200,
                 validators=[no_identifiers])
    items = TicksField(_l("Items of the checklist"),
                       choices=choices({i.code: _l(i.text) for i in ITEMS}),
                       validators=required(_l("Choose at least one item of the checklist.")))


class NotifyForm(Form):
    visit_on = DateField(_l("Day of the visit"), validators=[DataRequired(_l("Enter the day."))])


class RecuseForm(Form):
    officer = RadioField(_l("Who stands back"), coerce=int,
                         validators=required(_l("Choose the officer.")))
    reason = text(_l("Reason"), most=1000, needed=_l("Give the reason."), validators=[no_identifiers])


class RecordForm(Form):
    """A finding and its evidence for every item of the plan; the items are added when it is made."""

    codes: tuple[str, ...]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        for code in self.codes:
            evidence = self[f"evidence_{code}"]
            if self[f"answer_{code}"].data == "N" and not evidence.data:
                # Set by hand, as evidence is needed for one finding only.
                evidence.errors = [gettext("Say on what evidence an item is not complied with.")]
                valid = False
        return valid

    def found(self) -> dict[str, Found]:
        return {code: Found(self[f"answer_{code}"].data, self[f"evidence_{code}"].data or "")
                for code in self.codes}


def record_form(codes: Iterable[str]) -> RecordForm:
    listed = tuple(codes)
    fields: dict[str, Any] = {}
    for code in listed:
        fields[f"answer_{code}"] = RadioField(
            _l(BY_CODE[code].text), choices=choices(FINDINGS), description=BY_CODE[code].basis,
            validators=required(_l("Choose a finding.")))
        fields[f"evidence_{code}"] = text(_l("Evidence for %(code)s", code=code), most=1000,
                                          validators=[no_identifiers])
    fields["facts"] = text(_l("Course and facts of the visit"), most=5000,
                           needed=_l("Describe the visit."), validators=[no_identifiers])
    # A class for each plan: WTForms takes its fields from the class alone.
    form = cast(type[RecordForm], type("PlanRecordForm", (RecordForm,), fields))()
    form.codes = listed
    return form


class ConcludeForm(Form):
    result = RadioField(_l("Inspection result"),
                        choices=choices({r.value: _l(RESULT_LABELS[r]) for r in InspectionResult}),
                        validators=required(_l("Choose the result.")))
    conclusion = text(_l("Conclusion; for a rectification, what has to be put right"), most=4000,
                      needed=_l("Write the conclusion."), validators=[no_identifiers])
    conduct_codes = TicksField(_l("Conduct, where a case is to be opened"))

    def prepare(self, regime: Regime, language: str) -> None:
        self.conduct_codes.choices = {c.code: f"{c.code} {c.name(language)}" for c in regime.conduct}


class OrderForm(Form):
    demands = text(_l("What has to be put right"), most=4000,
                   needed=_l("Say what has to be put right."), validators=[no_identifiers])


class ReasonForm(Form):
    reason = text(_l("Reasons"), most=2000, needed=_l("Give the reasons."),
                  validators=[no_identifiers])


class AnswerOrderForm(Form):
    text = text(_l("What has been done"), most=4000, needed=_l("Say what has been done."),
                validators=[no_identifiers])
