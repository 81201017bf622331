import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from flask import abort
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

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
    prepare_sqlite,
    transaction,
    unsynced,
)
from broker_admin.sequences import next_number
from tests.conftest import NOON
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


def renaming(code):
    """A view that changes a person's name, then ends in this way."""
    def view():
        person = db.session.scalars(sa.select(User).where(User.email == "ann@example.org")).one()
        person.name = "changed"
        if code >= 400:
            abort(code)
        return "done", code
    return view


def answer(app, view):
    """Run the view as a request of its own, with everything that follows one."""
    with app.test_request_context("/", method="POST"):
        try:
            response = app.make_response(view())
        except HTTPException as error:
            response = app.make_response(app.handle_user_exception(error))
        return app.process_response(response).status_code


@pytest.mark.parametrize("code", [200, 302])
def test_what_a_successful_request_did_is_kept(app, code):
    person = make_user(email="ann@example.org")
    db.session.commit()
    assert answer(app, renaming(code)) == code
    db.session.rollback()
    assert db.session.get(User, person.id).name == "changed"


@pytest.mark.parametrize("code", [400, 403, 404, 409, 422, 500])
def test_what_a_refused_request_began_is_forgotten(app, code):
    person = make_user(email="ann@example.org", name="Ann")
    db.session.commit()
    assert answer(app, renaming(code)) == code
    assert db.session.get(User, person.id).name == "Ann"


def test_a_lie_found_at_the_end_of_a_request_is_our_mistake(app):
    user = make_user()
    db.session.commit()

    def view():
        db.session.add(Membership(user=user, organization=make_organization(), asked_at=NOON,
                                  status=MembershipStatus.APPROVED))
        return "done"

    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert answer(app, view) == 500
    app.config["PROPAGATE_EXCEPTIONS"] = None
    assert db.session.scalars(sa.select(Membership)).all() == []


def test_a_value_taken_meanwhile_is_a_conflict(app):
    make_user(email="ann@example.org")
    db.session.commit()

    def view():
        db.session.add(User(email="ann@example.org", name="Bea", language="zh", created_at=NOON,
                            password_hash="x"))
        return "done"

    assert answer(app, view) == 409
    assert len(db.session.scalars(sa.select(User)).all()) == 1


def test_a_database_locked_at_the_commit_is_said_to_be_away(app):
    def lock(session, context, instances):
        raise OperationalError("UPDATE", None, Exception("database is locked"))

    def view():
        sa.event.listen(db.session, "before_flush", lock)
        make = User(email="ann@example.org", name="Bea", language="zh", created_at=NOON, password_hash="x")
        db.session.add(make)
        return "done"

    try:
        assert answer(app, view) == 503
    finally:
        sa.event.remove(db.session, "before_flush", lock)


def test_an_error_tells_nothing_that_was_typed(app):
    with pytest.raises(DBAPIError) as error:
        db.session.execute(sa.text("SELECT * FROM nowhere WHERE x = :x"), {"x": "13812345678"})
    assert "nowhere" in str(error.value)
    assert "13812345678" not in str(error.value)


def test_two_officers_who_save_at_once_conflict(app):
    membership()
    db.session.commit()

    def view():
        row = db.session.scalars(sa.select(Membership)).one()
        db.session.execute(sa.text("UPDATE membership SET version = version + 1"))
        row.asked_at = NOON + timedelta(hours=1)
        return "done"

    assert answer(app, view) == 409
    assert db.session.scalars(sa.select(Membership)).one().asked_at == NOON


@pytest.mark.parametrize("states", [{"b", "a"}, ("a", "b"), frozenset({"a", "b"})])
def test_a_constraint_reads_the_same_however_states_are_given(states):
    assert filled_while(states, "x").name == "x"
    assert "'a', 'b'" in str(filled_while(states, "x").sqltext)
    assert "'a', 'b'" in str(filled_once(states, "x").sqltext)


def test_every_constraint_and_key_has_a_name_of_the_house():
    for table in db.metadata.sorted_tables:
        for constraint in table.constraints:
            assert re.match(rf"(pk|fk|uq|ck)_{table.name}", str(constraint.name)), constraint


def test_every_status_is_guarded_by_the_database():
    unguarded = [table.name for table in db.metadata.sorted_tables if "status" in table.c
                 and not any("status" in str(getattr(c, "name", "")) or "status IN" in str(
                     getattr(c, "sqltext", "")) for c in table.constraints)]
    assert unguarded in ([], ["audit_entry"])


def test_every_moment_is_stored_with_its_zone():
    naive = [f"{table.name}.{column.name}" for table in db.metadata.sorted_tables
             for column in table.c if isinstance(column.type, sa.DateTime)
             and not isinstance(column.type, UtcDateTime)]
    assert naive == []


@pytest.mark.parametrize("suffix", ["_at", "_on"])
def test_moments_and_days_are_named_for_what_they_are(suffix):
    kind = UtcDateTime if suffix == "_at" else sa.Date
    for table in db.metadata.sorted_tables:
        for column in table.c:
            if column.name.endswith(suffix):
                assert isinstance(column.type, kind), f"{table.name}.{column.name}"


def test_only_data_made_anew_does_not_wait_for_the_disk(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    prepare_sqlite(engine)

    def waits():
        with engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA synchronous").scalar()

    assert waits() == 2
    with unsynced(engine):
        assert waits() == 0
    assert waits() == 2
    engine.dispose()
