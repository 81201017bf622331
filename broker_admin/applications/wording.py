"""Words of the law in force for the pages of one application."""

from flask_babel import gettext

from broker_admin.applications import time_limits
from broker_admin.applications.models import Application
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.i18n import language
from broker_admin.rules.citations import named
from broker_admin.rules.provisions import Criterion, Ground
from broker_admin.rules.regime import Limit, Listed
from broker_admin.time_words import amount


def limits_of(application: Application) -> Listed[Limit]:
    return time_limits.regime_of(application).limits


def grounds_of(application: Application) -> list[str]:
    """The grounds of a refusal, each with its article."""
    known = time_limits.regime_of(application).refusal_grounds
    codes = application.decision.grounds if application.decision else []
    return [cited(known[code]) for code in codes]


def grade_of(application: Application, code: int) -> str:
    """The name of a grade in the law of the application: 二级, Grade 2."""
    return time_limits.regime_of(application).grades[code].name(language())


def cited(provision: Criterion | Ground) -> str:
    """Its name, and behind it the article, where one is known."""
    return named(provision, language())


def remedies_of(application: Application) -> str:
    """Where and until when the decision can be contested (许可法 38, 复议法 20, 行诉法 46)."""
    decision = application.decision
    if decision is None:
        return _remedies_of_a_notice(application) if application.status is S.NOT_ACCEPTED else ""
    authority = time_limits.regime_of(application).authority
    return str(gettext(
        "You may apply to %(organ)s for reconsideration until %(reconsider_by)s, or sue before the "
        "people's court until %(sue_by)s.",
        organ=authority.reconsideration.name(language()), reconsider_by=decision.reconsider_by,
        sue_by=decision.sue_by))


def _remedies_of_a_notice(application: Application) -> str:
    """Of a refusal to accept, which carries no day of its own: the periods instead of the last days."""
    regime = time_limits.regime_of(application)
    reconsider, sue = regime.limits["reconsideration"], regime.limits["litigation"]
    return str(gettext(
        "You may apply to %(organ)s for reconsideration within %(reconsider)s of learning of this, or "
        "sue before the people's court within %(sue)s.",
        organ=regime.authority.reconsideration.name(language()),
        reconsider=amount(reconsider.amount, reconsider.unit), sue=amount(sue.amount, sue.unit)))
