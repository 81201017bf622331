from datetime import date, time, timedelta

import pytest

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.jobs.models import JobRun
from broker_admin.jobs.nightly import AGAIN_AFTER, run_nightly
from broker_admin.jobs.schedule import Nightly
from broker_admin.permissions import SYSTEM
from tests.conftest import NOON

DAY = timedelta(days=1)


class Task:
    """A nightly verb that notes its calls, and fails as often as it is told."""

    def __init__(self, *failures):
        self.failures, self.calls = list(failures), []

    def __call__(self, day, *, actor, at):
        self.calls.append((day, actor, at))
        if self.failures:
            raise self.failures.pop(0)
        return 3


def tasks(verb, after=time(0, 10)):
    return (Nightly("tidy", verb, after),)


def run_of(day):
    db.session.expire_all()
    return db.session.scalars(db.select(JobRun).filter_by(day=day)).one()


def test_a_task_runs_once_a_day(app):
    verb = Task()
    assert [run_nightly(NOON + n * AGAIN_AFTER, tasks(verb)) for n in range(3)] == [1, 0, 0]
    assert run_nightly(NOON + DAY, tasks(verb)) == 1
    assert verb.calls == [(day_of(at), SYSTEM, at) for at in (NOON, NOON + DAY)]


def test_a_run_is_reported_with_its_count(app):
    run_nightly(NOON, tasks(Task()))
    run = run_of(day_of(NOON))
    assert (run.done, run.failed, run.started_at, run.ended_at, run.error) == (3, 0, NOON, NOON, None)


def test_a_task_waits_for_its_hour_in_guangdong(app):
    verb = Task()
    assert run_nightly(NOON, tasks(verb, time(12, 1))) == 0
    assert run_nightly(NOON, tasks(verb, time(12, 0))) == 1


def test_the_day_begins_at_midnight_in_guangdong(app):
    verb = Task()
    run_nightly(NOON.replace(hour=16, minute=30), tasks(verb))
    assert verb.calls[0][0] == date(2026, 11, 24)


def test_a_failed_run_is_tried_again_an_hour_later(app):
    verb = Task(ValueError("Li Hua"))
    run_nightly(NOON, tasks(verb))
    assert run_nightly(NOON + AGAIN_AFTER - timedelta(seconds=1), tasks(verb)) == 0
    assert run_nightly(NOON + AGAIN_AFTER, tasks(verb)) == 1
    run = run_of(day_of(NOON))
    assert (run.done, run.failed, run.error) == (3, 0, None)


def test_a_failed_run_says_how_many_and_why(app):
    run_nightly(NOON, tasks(Task(ExceptionGroup("Li Hua", [ValueError("Li Hua"), KeyError()]))))
    run = run_of(day_of(NOON))
    assert (run.done, run.failed, run.error, run.ended_at) == (None, 2, "KeyError; ValueError", None)


def test_one_failing_task_does_not_stop_the_next(app):
    good = Task()
    run_nightly(NOON, (Nightly("bad", Task(ValueError())), Nightly("good", good)))
    assert len(good.calls) == 1


@pytest.mark.parametrize("days", [2, 30])
def test_days_without_a_worker_are_made_up_by_the_next(app, days):
    verb = Task()
    run_nightly(NOON, tasks(verb))
    run_nightly(NOON + days * DAY, tasks(verb))
    assert [day for day, *_ in verb.calls] == [day_of(NOON), day_of(NOON + days * DAY)]


def test_a_run_left_by_a_crash_is_taken_up_again(app):
    db.session.add(JobRun(name="tidy", day=day_of(NOON), started_at=NOON))
    db.session.commit()
    verb = Task()
    assert run_nightly(NOON + AGAIN_AFTER - timedelta(seconds=1), tasks(verb)) == 0
    assert run_nightly(NOON + AGAIN_AFTER, tasks(verb)) == 1
    assert run_of(day_of(NOON)).done == 3


def test_what_a_failed_task_changed_is_undone(app):
    def half(day, *, actor, at):
        db.session.add(JobRun(name="trace", day=day, started_at=at))
        db.session.flush()
        raise ValueError

    run_nightly(NOON, (Nightly("half", half),))
    assert db.session.scalars(db.select(JobRun.name)).all() == ["half"]
