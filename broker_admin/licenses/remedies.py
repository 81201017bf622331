"""What a party may do against a decision, and until when (许可法 38, 复议法 20, 行诉法 46)."""

from datetime import date

from flask_babel import gettext

from broker_admin.i18n import language
from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.regime import Regime
from broker_admin.workdays import calendar


def remedies(regime: Regime, decided_on: date) -> str:
    """One sentence with both organs and both last days."""
    reconsider, sue = (Deadline(limit, decided_on).due(calendar()) for limit in regime.remedy_limits())
    return str(gettext(
        "You may apply to %(organ)s for reconsideration until %(reconsider_by)s, or sue before the "
        "people's court until %(sue_by)s.",
        organ=regime.authority.reconsideration.name(language()), reconsider_by=reconsider, sue_by=sue))
