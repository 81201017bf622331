from datetime import UTC, datetime, timedelta

from broker_admin.clock import now
from broker_admin.demo.timeline import tell

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


def test_what_lies_ahead_has_not_happened(app):
    told = []
    _tell([_life(told, "a", 1, 30)])
    assert told == [("a", NOON + HOUR)]


def test_progress_only_grows(app):
    shares = _tell([_life([], "a", 1, 2, 9), _life([], "b", 4, 24)])
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_nothing_to_tell_is_no_fault(app):
    assert _tell([]) == []
