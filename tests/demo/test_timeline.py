from datetime import UTC, datetime, timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.demo.timeline import Step, play, tell
from tests.factories import make_user

NOON = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _life(told, name, *hours):
    for hour in hours:
        yield NOON + hour * HOUR
        told.append((name, now()))


def _tell(lives, until=NOON + 24 * HOUR):
    shares = []
    tell(lives, until, lambda done, total: shares.append(done / total))
    return shares


def test_lives_are_told_in_one_order(app):
    told = []
    _tell([_life(told, "a", 1, 5), _life(told, "b", 2, 3)])
    assert [name for name, _ in told] == ["a", "b", "b", "a"]
    assert [moment for _, moment in told] == [NOON + h * HOUR for h in (1, 2, 3, 5)]


def test_of_two_at_one_moment_the_first_named_goes_first(app):
    told = []
    _tell([_life(told, "b", 1), _life(told, "a", 1)])
    assert [name for name, _ in told] == ["b", "a"]


def test_what_lies_ahead_has_not_happened(app):
    told = []
    _tell([_life(told, "a", 1, 30)])
    assert told == [("a", NOON + HOUR)]


def test_time_goes_on_where_a_life_looks_back(app):
    told = []
    _tell([_life(told, "a", 5, 2, 6)])
    assert [moment for _, moment in told] == [NOON + h * HOUR for h in (5, 5, 6)]


def test_a_life_that_looks_back_does_not_hold_up_others(app):
    told = []
    _tell([_life(told, "a", 5, 2), _life(told, "b", 5, 7)])
    assert [(name, moment - NOON) for name, moment in told] == [
        ("a", 5 * HOUR), ("a", 5 * HOUR), ("b", 5 * HOUR), ("b", 7 * HOUR)]


def test_progress_only_grows(app):
    shares = _tell([_life([], "a", 1, 2, 9), _life([], "b", 4, 24)])
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_nothing_to_tell_is_no_fault(app):
    assert _tell([]) == []


def test_a_life_without_moments_is_over_at_once(app):
    assert _tell([iter(())]) == []


def test_a_step_that_fails_keeps_what_was_told_before(app):
    def life():
        yield NOON + HOUR
        make_user(email="kept@example.org")
        yield NOON + 2 * HOUR
        make_user(email="lost@example.org")
        db.session.flush()
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        _tell([life()])
    mails = db.session.scalars(db.text("SELECT email FROM \"user\" WHERE email LIKE '%@example.org'"))
    assert set(mails) >= {"kept@example.org"}
    assert "lost@example.org" not in set(mails)


def test_a_table_is_played_step_by_step(app):
    told = []

    def life():
        yield NOON
        yield from play("firm", [Step(1, lambda name: told.append((name, now()))),
                                 Step(2, lambda name: told.append((name, now())), 16, 30)])

    _tell([life()], NOON + timedelta(days=9))
    assert [name for name, _ in told] == ["firm", "firm"]
    assert [day_of(moment).isoformat() for _, moment in told] == ["2026-01-06", "2026-01-08"]
    assert [moment.hour for _, moment in told] == [2, 8]
    assert told[1][1].minute == 30


def test_an_empty_table_is_no_life():
    assert list(play("firm", ())) == []
