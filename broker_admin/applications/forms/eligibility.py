"""The questions before an application: nothing is kept, nobody signs in."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import Optional

from broker_admin.applications.eligibility import MEASURES, Facts
from broker_admin.forms import Form, WholeNumberField, choices, required
from broker_admin.refusals import N_
from broker_admin.rules.regime import Regime

_ANSWERS = {"yes": _l("Yes"), "no": _l("No"), "unknown": _l("I do not know")}
_KNOWN: Mapping[str, bool | None] = {"yes": True, "no": False}
MEASURE_WORDS = {
    "dcmm_level": N_("DCMM level"),
    "mlps_level": N_("Multi-level protection level of the main system"),
    "data_terabytes": N_("Data owned or controlled, in TB"),
    "platforms": N_("Platforms delivered"),
    "practitioners": N_("Number of certified practitioners"),
    "net_assets": N_("Net assets, in CNY"),
    "years_operating": N_("Years of operation"),
    "cases_in_24_months": N_("Cases in the last 24 months"),
}


class EligibilityForm(Form):
    """Gates are added for the law in force; a measure left empty counts as not known."""

    broker_type = RadioField(_l("Type of broker"), validators=required(_l("Choose a type.")))

    def facts(self, regime: Regime) -> Facts:
        return Facts(
            broker_type=self.broker_type.data,
            gates={c.code: _KNOWN.get(self[c.code].data) for c in regime.criteria},
            measures={code: self[code].data for code in MEASURES},
        )


def eligibility_form(regime: Regime, language: str) -> type[EligibilityForm]:
    """The form for this version of the law, with one question per gate and one per measure."""
    fields: dict[str, object] = {
        c.code: RadioField(f"{c.name(language)}", choices=choices(_ANSWERS), default="unknown",
                           validators=[Optional()])
        for c in regime.criteria
    }
    fields |= {code: WholeNumberField(_l(MEASURE_WORDS[code]), validators=[Optional()])
               for code in MEASURES}
    return type("DatedEligibilityForm", (EligibilityForm,), fields)
