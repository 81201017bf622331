"""Does what was queued: claimed by one statement for a while, repeated when it fails, given up at last.

A job is done at least once.  Its effects in the database are kept in the transaction that marks it
done, so those happen once; what leaves the system may repeat after a crash.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update

from broker_admin.db import Attempt, db, transaction
from broker_admin.jobs import failures
from broker_admin.jobs.schedule import HANDLERS
from broker_admin.ledger import Job

# Longer than the slowest job, a certificate, takes on a slow machine.
LEASE = timedelta(minutes=5)
# With the waits below, two hours: long enough for a mail server to come back.
MOST_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=6)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """A job as claimed, until its lease ends."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int
    until: datetime


class LeaseLost(Exception):  # noqa: N818 (nothing went wrong: somebody else does it now)
    """The job took longer than its lease, and another worker has it."""


def run_due(at: datetime, most: int = 1_000_000) -> int:
    """Do what is due at this moment; returns how many jobs were tried."""
    count = 0
    while count < most and run_one(at):
        count += 1
    return count


def run_one(at: datetime) -> bool:
    """Try the job that has been due the longest; False when there is none."""
    with transaction():
        # In a transaction of its own: while the job is done, nobody waits for its row.
        give_up_killers(at)
        task = claim(at)
    if task is None:
        return False
    with Attempt() as attempt, transaction():
        HANDLERS[task.kind](task.payload, at)
        _finish(task, at)
    if attempt.error:
        with transaction():
            _postpone(task, attempt.error, at)
    return True


def claim(at: datetime) -> Task | None:
    """One job for this worker alone, in one statement: nobody else can take it in between."""
    free = or_(Job.leased_until.is_(None), Job.leased_until <= at)
    first = (
        select(Job.id).where(_is_open(), Job.due_at <= at, free).order_by(Job.due_at, Job.id).limit(1)
        .with_for_update(skip_locked=True).scalar_subquery()
    )
    row = db.session.execute(
        update(Job).where(Job.id == first)
        .values(leased_until=at + LEASE, attempts=Job.attempts + 1)
        .returning(Job.id, Job.kind, Job.payload, Job.attempts)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is None:
        return None
    return Task(row.id, row.kind, row.payload, row.attempts, at + LEASE)


def give_up_killers(at: datetime) -> None:
    """A job that ends every worker that takes it never reports a failure; its attempts count."""
    db.session.execute(
        update(Job).where(_is_open(), Job.attempts >= MOST_ATTEMPTS, Job.leased_until <= at)
        .values(given_up_at=at, error="the worker ended before the job did")
        .execution_options(synchronize_session=False))


def wait_before(attempt: int) -> timedelta:
    """One minute, two, four, up to six hours."""
    return min(timedelta(minutes=2 ** (attempt - 1)), LONGEST_WAIT)


def _is_open() -> Any:
    return and_(Job.done_at.is_(None), Job.given_up_at.is_(None))


def _finish(task: Task, at: datetime) -> None:
    if _change(task, done_at=at, error=None) != 1:
        raise LeaseLost


def _postpone(task: Task, error: Exception, at: datetime) -> None:
    last = task.attempts >= MOST_ATTEMPTS
    summary = failures.summary(error)
    log.warning("job %s (%s), attempt %s: %s", task.id, task.kind, task.attempts, summary)
    _change(task, leased_until=None, due_at=at + wait_before(task.attempts), error=summary,
            given_up_at=at if last else None)


def _change(task: Task, **values: Any) -> int:
    """How many rows changed: none, when the lease has passed to another worker."""
    done = db.session.execute(
        update(Job).where(Job.id == task.id, Job.leased_until == task.until, _is_open())
        .values(**values).returning(Job.id).execution_options(synchronize_session=False))
    return len(done.all())
