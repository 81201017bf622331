"""What is done after commits, and what is done at night: two tables, nothing else.

A handler gets what was queued and the moment; it must bear being called twice.  A nightly verb
gets the day, the actor and the moment, does what is due, and returns how many cases it changed;
it must bear being called again after a crash half-way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from broker_admin.accounts.housekeeping import forget_old
from broker_admin.accounts.requested import send
from broker_admin.applications.copies import print_submission
from broker_admin.applications.recounting import recount
from broker_admin.documents.service import sweep
from broker_admin.exams.service.sweeping import score_attempt, sweep_due, sweep_sitting
from broker_admin.jobs.lapses import outdated_practitioners, overdue_applications
from broker_admin.licenses.printing import make_certificate, make_missing
from broker_admin.licenses.service import expire_due, resume_due
from broker_admin.notifications.delivery import deliver
from broker_admin.permissions import Actor
from broker_admin.practitioners.certification import certify_passed
from broker_admin.supervision.nightly import (
    finalise_reviews,
    overdue_rectifications,
    publish_reviews,
)

Handler = Callable[[dict[str, Any], datetime], None]


class NightlyVerb(Protocol):
    def __call__(self, day: date, *, actor: Actor, at: datetime) -> int: ...


@dataclass(frozen=True)
class Nightly:
    name: str
    verb: NightlyVerb
    # Guangdong time; after midnight, as the day must have begun.
    after: time = time(0, 10)


def _sweep_store(day: date, *, actor: Actor, at: datetime) -> int:
    return sweep()


HANDLERS: dict[str, Handler] = {
    "deliver": deliver,
    "send_link": send,
    "recompute_deadlines": recount,
    "make_certificate": make_certificate,
    "print_submission": print_submission,
    "sweep_sitting": sweep_sitting,
    "score_attempt": score_attempt,
    "certify": certify_passed,
}

NIGHTLY: tuple[Nightly, ...] = (
    Nightly("overdue_applications", overdue_applications),
    Nightly("outdated_practitioners", outdated_practitioners),
    Nightly("expire_licenses", expire_due),
    Nightly("resume_licenses", resume_due),
    Nightly("missing_certificates", make_missing, time(1, 0)),
    Nightly("forget_old", forget_old, time(2, 0)),
    Nightly("finalise_reviews", finalise_reviews),
    Nightly("overdue_rectifications", overdue_rectifications),
    Nightly("publish_reviews", publish_reviews, time(0, 20)),
    Nightly("sweep_store", _sweep_store, time(3, 0)),
    Nightly("sweep_exams", sweep_due),
)
