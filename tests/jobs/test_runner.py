from datetime import timedelta

import pytest

from broker_admin.db import db
from broker_admin.events import enqueue
from broker_admin.jobs import runner
from broker_admin.jobs.runner import LEASE, MOST_ATTEMPTS, LeaseLost, wait_before
from broker_admin.ledger import Job
from broker_admin.sequences import next_number
from tests.conftest import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def done(app, monkeypatch):
    """What the handlers of these tests did, in order."""
    seen = []

    def fail(payload, at):
        next_number("effect", 2026)
        raise ValueError("Li Hua 13800138000")

    handlers = {"note": lambda payload, at: seen.append(payload["what"]), "fail": fail}
    monkeypatch.setattr(runner, "HANDLERS", handlers)
    return seen


def queue(kind="note", what="it", at=NOON):
    enqueue(kind, key=what, at=at, what=what)
    db.session.commit()


def job():
    db.session.expire_all()
    return db.session.scalars(db.select(Job)).one()


def test_jobs_are_done_once_in_the_order_they_fell_due(done):
    queue(what="second", at=NOON - SECOND)
    queue(what="first", at=NOON - 2 * SECOND)
    assert runner.run_due(NOON) == 2
    assert done == ["first", "second"]
    assert runner.run_due(NOON + LEASE * 2) == 0


def test_a_job_waits_for_its_moment(done):
    queue(at=NOON + SECOND)
    assert not runner.run_one(NOON)
    assert runner.run_one(NOON + SECOND)


def test_a_done_job_says_when(done):
    queue()
    runner.run_one(NOON)
    assert (job().done_at, job().attempts, job().error, job().given_up_at) == (NOON, 1, None, None)


def test_a_failed_job_keeps_no_effect_and_no_name(done):
    queue("fail")
    runner.run_one(NOON)
    assert job().error.startswith("ValueError in run_one, line")
    assert "Li Hua" not in job().error
    assert next_number("effect", 2026) == 1


def test_a_failed_job_waits_longer_each_time(done):
    queue("fail")
    for attempt in (1, 2, 3):
        before = job().due_at
        runner.run_one(before)
        assert job().due_at == before + wait_before(attempt)
        assert not runner.run_one(job().due_at - SECOND)


def test_waits_double_up_to_six_hours():
    minutes = [wait_before(n) / timedelta(minutes=1) for n in range(1, 11)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360]


def test_a_job_that_always_fails_is_given_up(done):
    queue("fail")
    for _ in range(MOST_ATTEMPTS):
        runner.run_one(job().due_at)
    assert job().given_up_at
    assert not runner.run_one(NOON + timedelta(days=9))


def test_one_failing_job_does_not_hold_up_the_others(done):
    queue("fail", what="bad")
    queue(what="good")
    assert runner.run_due(NOON) == 2
    assert done == ["good"]


def test_a_claimed_job_is_not_claimed_again(done):
    queue()
    assert runner.claim(NOON).payload == {"what": "it"}
    assert runner.claim(NOON + LEASE - SECOND) is None


def test_a_job_of_a_dead_worker_is_taken_over(done):
    queue()
    runner.claim(NOON)
    assert runner.run_one(NOON + LEASE)
    assert done == ["it"]
    assert job().attempts == 2


def test_a_slow_worker_cannot_end_what_another_took(done):
    queue()
    slow = runner.claim(NOON)
    runner.claim(NOON + LEASE)
    with pytest.raises(LeaseLost):
        runner._finish(slow, NOON + LEASE)
    assert job().done_at is None


def test_a_job_that_ends_its_workers_is_given_up(done):
    queue()
    at = NOON
    for _ in range(MOST_ATTEMPTS):
        runner.claim(at)
        at += LEASE
    assert not runner.run_one(at)
    assert job().error == "the worker ended before the job did"
    assert done == []


def test_an_unknown_kind_fails_like_any_other(done):
    queue("nobody knows this")
    runner.run_one(NOON)
    assert job().error.startswith("KeyError")


def test_a_run_may_be_limited(done):
    for what in "abc":
        queue(what=what)
    assert runner.run_due(NOON, most=2) == 2
    assert done == ["a", "b"]


@pytest.mark.parametrize("attempt", range(1, MOST_ATTEMPTS + 1))
def test_each_failure_is_counted_until_the_last(done, attempt):
    queue("fail")
    for _ in range(attempt):
        runner.run_one(job().due_at)
    assert job().attempts == attempt
    assert (job().given_up_at is not None) is (attempt == MOST_ATTEMPTS)
    assert job().leased_until is None


def test_a_job_that_succeeds_at_last_forgets_its_error(done, monkeypatch):
    queue("fail")
    runner.run_one(NOON)
    monkeypatch.setitem(runner.HANDLERS, "fail", lambda payload, at: None)
    assert runner.run_one(job().due_at)
    assert (job().error, job().attempts) == (None, 2)


def test_work_that_was_done_is_not_queued_again(done):
    queue()
    runner.run_one(NOON)
    queue()
    assert not runner.run_one(NOON + LEASE)
    assert done == ["it"]


def test_what_was_given_up_stays_so(done):
    queue("fail")
    for _ in range(MOST_ATTEMPTS):
        runner.run_one(job().due_at)
    queue("fail")
    assert db.session.scalar(db.select(db.func.count()).select_from(Job)) == 1
    assert not runner.run_one(NOON + timedelta(days=365))


def test_a_lease_lasts_to_the_minute(done):
    queue()
    assert runner.claim(NOON).until == NOON + LEASE
    assert runner.claim(NOON + LEASE - SECOND) is None
    assert runner.claim(NOON + LEASE).attempts == 2


def test_a_worker_that_lost_its_lease_keeps_no_effect(done, monkeypatch):
    queue()

    def slow(payload, at):
        next_number("effect", 2026)
        with_other_lease = db.update(Job).values(leased_until=NOON + 9 * LEASE)
        db.session.execute(with_other_lease.execution_options(synchronize_session=False))

    monkeypatch.setitem(runner.HANDLERS, "note", slow)
    runner.run_one(NOON)
    assert next_number("effect", 2026) == 1
    assert job().done_at is None
