"""From the passes of the exam to the certificate: what the exam orders when it releases results."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from broker_admin.accounts.models import User
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.exams.models import Candidate
from broker_admin.exams.queries import candidate_of, has_passed_everything
from broker_admin.permissions import SYSTEM
from broker_admin.practitioners import queries, service
from broker_admin.practitioners.models import Practitioner
from broker_admin.practitioners.workflow import PractitionerStatus
from broker_admin.rules.regime import regime_on


def certify_passed(payload: Mapping[str, Any], at: datetime) -> None:
    """Certify whoever holds a valid pass in every subject, under the name the exam was sat in.

    A repeated job, or a certificate that is still valid or was declared void, changes nothing.
    """
    user = db.session.get(User, payload["user_id"])
    if user and has_passed_everything(user, day_of(at)) and _is_due(queries.of_user(user)):
        _certify(user, candidate_of(user), at)


def _is_due(known: Practitioner | None) -> bool:
    # Renewed only once it has lapsed: a new pass does not shorten the term that still runs.
    return known is None or known.status is PractitionerStatus.LAPSED


def _certify(user: User, candidate: Candidate | None, at: datetime) -> None:
    if candidate:
        service.certify(user, name=candidate.name, identity=candidate.identity,
                        regime=regime_on(day_of(at)), actor=SYSTEM, at=at)
