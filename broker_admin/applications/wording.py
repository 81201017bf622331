"""Words of the law in force for the pages of one application."""

from flask_babel import gettext

from broker_admin.applications import time_limits
from broker_admin.applications.models import Application
from broker_admin.i18n import language
from broker_admin.rules.regime import Limit, Listed


def limits_of(application: Application) -> Listed[Limit]:
    return time_limits.regime_of(application).limits


def grounds_of(application: Application) -> list[str]:
    """The grounds of a refusal, each with its article."""
    known = {g.code: g for g in time_limits.regime_of(application).refusal_grounds}
    codes = application.decision.grounds if application.decision else []
    return [f"{known[code].name(language())} ({known[code].article})" for code in codes]


def remedies_of(application: Application) -> str:
    """Where and until when the decision can be contested (许可法 38, 复议法 20, 行诉法 46)."""
    decision = application.decision
    if decision is None:
        return ""
    authority = time_limits.regime_of(application).authority
    return str(gettext(
        "You may apply to %(organ)s for reconsideration until %(reconsider_by)s, or sue before the "
        "people's court until %(sue_by)s.",
        organ=authority.reconsideration.name(language()), reconsider_by=decision.reconsider_by,
        sue_by=decision.sue_by))
