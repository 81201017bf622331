"""Before anybody signs in: can I apply, and for which grade?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from broker_admin.applications.eligibility import assess
from broker_admin.applications.forms.eligibility import MEASURE_WORDS, eligibility_form
from broker_admin.applications.views import bp, shown
from broker_admin.clock import day_of, now
from broker_admin.i18n import language
from broker_admin.rules.regime import regime_on


@bp.route("/eligibility", methods=["GET", "POST"])
def eligibility() -> ResponseReturnValue:
    regime = regime_on(day_of(now()))
    form = eligibility_form(regime, language())()
    form.broker_type.choices = {t.code: t.name(language()) for t in regime.types}
    assessment = assess(form.facts(regime), regime) if form.validate_on_submit() else None
    page = render_template("applications/public/eligibility.html", form=form, regime=regime,
                           assessment=assessment, measure_words=MEASURE_WORDS)
    return shown(page, form)
