"""Does what is due at night: each task once a day, again an hour later if it failed."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Date, String, bindparam, text, update

from broker_admin.clock import GUANGDONG, day_of
from broker_admin.db import Attempt, UtcDateTime, db, transaction
from broker_admin.jobs import failures
from broker_admin.jobs.models import JobRun
from broker_admin.jobs.schedule import NIGHTLY, Nightly
from broker_admin.permissions import SYSTEM

# A run that crashed looks like one that still works: an hour tells them apart.
AGAIN_AFTER = timedelta(hours=1)

log = logging.getLogger(__name__)

# One statement, so that of two workers one begins: the first, or the one after a failure.
_BEGIN = text(
    "INSERT INTO job_run (name, day, started_at, failed) VALUES (:name, :day, :at, 0) "
    "ON CONFLICT (name, day) DO UPDATE SET started_at = :at "
    "WHERE job_run.ended_at IS NULL AND job_run.started_at <= :before RETURNING id"
).bindparams(bindparam("name", type_=String), bindparam("day", type_=Date),
             bindparam("at", type_=UtcDateTime), bindparam("before", type_=UtcDateTime))


def run_nightly(at: datetime, tasks: tuple[Nightly, ...] = NIGHTLY) -> int:
    """Begin whatever is due today and has not run; returns how many tasks were tried."""
    clock = at.astimezone(GUANGDONG).time()
    return sum(_run(task, at) for task in tasks if clock >= task.after)


def _run(task: Nightly, at: datetime) -> bool:
    with transaction():
        number = db.session.execute(_BEGIN, {
            "name": task.name, "day": day_of(at), "at": at, "before": at - AGAIN_AFTER,
        }).scalar_one_or_none()
    if number is None:
        return False
    done = 0
    with Attempt() as attempt, transaction():
        done = task.verb(day_of(at), actor=SYSTEM, at=at)
    with transaction():
        _report(number, task.name, done, attempt.error, at)
    return True


def _report(number: int, name: str, done: int, error: Exception | None, at: datetime) -> None:
    if error:
        failed, summary = failures.how_many(error), failures.summary(error)
        log.error("nightly %s: %s failed: %s", name, failed, summary)
        values = {"failed": failed, "error": summary}
    else:
        log.info("nightly %s: %s done", name, done)
        values = {"ended_at": at, "done": done, "failed": 0, "error": None}
    db.session.execute(update(JobRun).where(JobRun.id == number).values(**values)
                       .execution_options(synchronize_session=False))
