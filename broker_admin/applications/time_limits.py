"""Which limit of the law runs in an application now, and where it stands."""

from broker_admin.applications.models import Application
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.rules.deadlines import Deadline, Stop
from broker_admin.rules.regime import Regime, regime_version

# The decision period runs on while a proposal waits: only 许可法 45 lists what stops it.
_DECIDING = frozenset({S.UNDER_REVIEW, S.EXPERT_REVIEW, S.DECISION_PENDING})


def regime_of(application: Application) -> Regime:
    """The law as it stood when the application was opened."""
    return regime_version(application.regime)


def running(application: Application) -> Deadline | None:
    """The limit that runs against the authority or the applicant in this state; None where none does."""
    limits = regime_of(application).limits
    if application.status is S.SUBMITTED and application.received_on:
        return Deadline(limits["correction_notice"], application.received_on)
    if application.status is S.CORRECTION_REQUIRED and application.correction:
        return Deadline(limits["correction_supply"], application.correction.issued_on)
    return decision_period(application)


def decision_period(application: Application) -> Deadline | None:
    """The period for the decision while it runs: from acceptance, with its stops and its extension."""
    if application.accepted_on is None or application.status not in _DECIDING:
        return None
    deadline = Deadline(
        regime_of(application).limits["decision"], application.accepted_on,
        stops=tuple(Stop(s.kind, s.began_on, s.ended_on, s.reason, s.document_number)
                    for s in application.stops),
    )
    for granted in application.extensions:
        deadline = deadline.extended(granted.granted_on, granted.reason)
    return deadline
