from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from broker_admin import create_app
from broker_admin.accounts.models import Membership, User
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.db import (
    Attempt,
    Sealed,
    UtcDateTime,
    blind_index,
    db,
    filled_once,
    filled_while,
    is_collision,
    one_by_one,
    transaction,
)
from broker_admin.sequences import next_number
from tests.conftest import NOON, settings
from tests.factories import make_organization, make_user


def test_a_moment_comes_back_in_utc(app):
    chinese = NOON.astimezone(timezone(timedelta(hours=8)))
    user = make_user(created_at=chinese)
    db.session.expire(user)
    assert user.created_at == NOON
    assert user.created_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(app):
    with pytest.raises(StatementError, match="without a time zone"):
        make_user(created_at=datetime(2026, 11, 23, 4, 0))  # noqa: DTZ001 (the point of the test)


def test_a_missing_moment_stays_missing(app):
    assert UtcDateTime().process_bind_param(None, db.engine.dialect) is None
    assert UtcDateTime().process_result_value(None, db.engine.dialect) is None


def test_a_sealed_column_is_unreadable_in_the_database(app):
    column, dialect = Sealed("person.number"), db.engine.dialect
    stored = column.process_bind_param("11010519491231002X", dialect)
    assert "110105" not in stored
    assert column.process_result_value(stored, dialect) == "11010519491231002X"
    assert column.process_bind_param(None, dialect) is None


def test_a_seal_does_not_fit_another_column(app):
    stored = Sealed("person.number").process_bind_param("secret", db.engine.dialect)
    with pytest.raises(InvalidTag):
        Sealed("person.phone").process_result_value(stored, db.engine.dialect)


def test_an_index_finds_without_reading(app):
    assert blind_index("13800138000") == blind_index("13800138000")
    assert "138" not in blind_index("13800138000")[:3]


def test_checks_tie_columns_to_states():
    assert str(filled_while({"b", "a"}, "x").sqltext) == "(status IN ('a', 'b')) = (x IS NOT NULL)"
    assert str(filled_once({"a"}, "x").sqltext) == "status NOT IN ('a') OR x IS NOT NULL"


def membership(**changes):
    organization, user = make_organization(), make_user()
    db.session.add(Membership(**{"user": user, "organization": organization, "asked_at": NOON,
                                 **changes}))
    db.session.flush()


@pytest.mark.parametrize("changes", [
    {"status": MembershipStatus.APPROVED},
    {"status": MembershipStatus.ASKED, "decided_at": NOON},
    {"status": MembershipStatus.ASKED, "administers": True},
])
def test_the_database_refuses_a_lie(app, changes):
    with pytest.raises(IntegrityError):
        membership(**changes)


def test_an_unknown_state_is_refused_by_the_database(app):
    membership()
    with pytest.raises(IntegrityError):
        db.session.execute(sa.text("UPDATE membership SET status = 'emperor'"))


def test_a_failed_transaction_keeps_nothing(app):
    with transaction():
        user = make_user()
    with Attempt() as attempt, transaction():
        user.name = "changed"
        db.session.flush()
        raise ValueError("too late")
    assert str(attempt.error) == "too late"
    assert user.name != "changed"


def test_the_second_of_two_changes_is_noticed(app):
    membership()
    row = db.session.scalars(sa.select(Membership)).one()
    db.session.execute(sa.text("UPDATE membership SET version = version + 1"))
    row.asked_at = NOON + timedelta(hours=1)
    with pytest.raises(StaleDataError):
        db.session.flush()


def test_an_attempt_tells_how_it_failed():
    with Attempt() as attempt:
        raise KeyError("gone")
    assert isinstance(attempt.error, KeyError)


def test_an_attempt_lets_interruptions_through():
    with pytest.raises(KeyboardInterrupt), Attempt():
        raise KeyboardInterrupt


def test_one_failure_leaves_the_others_done(app):
    def act(number):
        make_user(name=f"made {number}")
        if number == 2:
            raise ValueError("two")

    with pytest.raises(ExceptionGroup, match="1 failed, 2 done"):
        one_by_one([1, 2, 3], act)
    names = set(db.session.scalars(sa.select(User.name)))
    assert {"made 1", "made 3"} <= names
    assert "made 2" not in names


def test_doing_all_says_how_many(app):
    assert one_by_one([1, 2, 3], lambda number: None) == 3


def test_only_a_taken_value_is_a_collision(app):
    make_user(email="a@example.org")
    with pytest.raises(IntegrityError) as taken:
        make_user(email="a@example.org")
    assert is_collision(taken.value)


def test_a_broken_check_is_no_collision(app):
    with pytest.raises(IntegrityError) as broken:
        membership(status=MembershipStatus.APPROVED)
    assert not is_collision(broken.value)


@pytest.fixture
def shared_app(fresh_database_url):
    """An app on a database that several connections use at once."""
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_foreign_keys_hold_on_every_database(shared_app):
    lost = Membership(user_id=999, organization_id=999, asked_at=NOON)
    with pytest.raises(IntegrityError), transaction():
        db.session.add(lost)


def test_numbers_have_no_gap_and_no_double(shared_app):
    def draw(attempt):
        with shared_app.app_context(), Attempt(), transaction():
            number = next_number("test", 2026)
            if attempt % 5 == 0:
                raise ValueError("given back")
            return number
        return None

    with ThreadPoolExecutor(8) as pool:
        drawn = [number for number in pool.map(draw, range(50)) if number]
    assert sorted(drawn) == list(range(1, 41))
