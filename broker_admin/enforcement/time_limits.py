"""Which limits of the law run in a conduct case."""

from broker_admin.enforcement.models import Case, Notice
from broker_admin.enforcement.workflow import OPEN
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.regime import Regime, regime_version


def regime_of(case: Case) -> Regime:
    """The law as it stood when the case was opened."""
    return regime_version(case.regime)


def decision_period(case: Case) -> Deadline | None:
    """90 days from opening to the decision (处罚法 60); None once it is decided or dropped."""
    if case.status not in OPEN:
        return None
    return Deadline(regime_of(case).limits["penalty_decision"], case.opened_on)


def reply_period(case: Case, notice: Notice) -> Deadline:
    """The party's time for its statement, and for asking for a hearing (处罚法 44, 64)."""
    return Deadline(regime_of(case).limits["prior_notice_reply"], notice.given_on)


def running(case: Case) -> Deadline | None:
    """The limit that a list shows: the party's while it may answer, else the authority's."""
    if case.status is S.PRIOR_NOTICE and case.notice:
        return reply_period(case, case.notice)
    return decision_period(case)
