"""Where time alone changes a case: at night, each case in a transaction of its own."""

from datetime import date, datetime

from broker_admin.applications import intake
from broker_admin.applications.models import Application
from broker_admin.applications.queries import open_applications
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db, one_by_one
from broker_admin.permissions import Actor
from broker_admin.practitioners import service as practitioners
from broker_admin.practitioners.models import Practitioner
from broker_admin.practitioners.queries import due_to_lapse
from broker_admin.workdays import calendar

# 许可法 32(4): silence accepts; what is not corrected counts as withdrawn.
_OVERDUE = {S.SUBMITTED: intake.deem_accepted, S.CORRECTION_REQUIRED: intake.lapse}


def overdue_applications(day: date, *, actor: Actor, at: datetime) -> int:
    """Deem accepted what nobody answered, and let lapse what was not corrected, in time."""
    changed = []

    def look_at(number: int) -> None:
        application = db.session.get_one(Application, number)
        verb = _OVERDUE.get(application.status)
        if verb and verb(application, calendar=calendar(), at=at):
            changed.append(number)

    one_by_one(db.session.scalars(open_applications()), look_at)
    return len(changed)


def outdated_practitioners(day: date, *, actor: Actor, at: datetime) -> int:
    """Let lapse the certificates whose last day has passed."""
    return one_by_one(
        db.session.scalars(due_to_lapse(day)),
        lambda number: practitioners.lapse(db.session.get_one(Practitioner, number), at=at))
