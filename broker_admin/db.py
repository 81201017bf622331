"""Base, column types, the session, and the two places where a transaction ends."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import Any, Self, TypeVar

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from psycopg.errors import UniqueViolation
from sqlalchemy import (
    CheckConstraint,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Text,
    event,
)
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from broker_admin import sealing

Key = TypeVar("Key")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_BUSY_SECONDS = 20


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware on the way in, UTC on the way out, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """Text that only the running system can read; ``context`` is "table.column"."""

    impl = Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else sealing.seal(_key("sealed"), value, self.context)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else sealing.unseal(_key("sealed"), value, self.context)


def blind_index(text: str) -> str:
    """What a sealed column is found by, and compared by, without being read."""
    return sealing.blind_index(_key("blind index"), text)


def _key(purpose: str) -> bytes:
    keys: dict[str, bytes] = current_app.extensions.setdefault("sealing", {})
    if purpose not in keys:
        keys[purpose] = sealing.derive(current_app.config["FIELD_KEY"], purpose)
    return keys[purpose]


class Base(DeclarativeBase):
    """Models are plain SQLAlchemy; Flask-SQLAlchemy supplies the session."""

    # A registry, and not metadata and type_annotation_map, because Flask-SQLAlchemy 3.1
    # copies the class body, and SQLAlchemy refuses a body with both.
    registry = registry(
        metadata=MetaData(naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }),
        type_annotation_map={
            datetime: UtcDateTime,
            StrEnum: Enum(
                StrEnum, native_enum=False, length=40, create_constraint=True,
                values_callable=lambda members: [member.value for member in members],
            ),
        },
    )


def filled_while(states: Collection[str], column: str) -> CheckConstraint:
    """The column is filled while the case is in one of these states, and only then."""
    listed = ", ".join(f"'{state}'" for state in sorted(states))
    return CheckConstraint(f"(status IN ({listed})) = ({column} IS NOT NULL)", name=column)


def filled_once(states: Collection[str], column: str) -> CheckConstraint:
    """The column is filled in these states; in others it may be."""
    listed = ", ".join(f"'{state}'" for state in sorted(states))
    return CheckConstraint(f"status NOT IN ({listed}) OR {column} IS NOT NULL", name=column)


db = SQLAlchemy(model_class=Base)


def init_app(app: Flask) -> None:
    # An error tells its statement to the log, but not what people typed into it.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                prepare_sqlite(engine)
    app.after_request(_end_transaction)


def prepare_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _open_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    # Python's driver must not begin by itself: it would begin late, and then as a reader.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # The rollback journal: Debian 12's SQLite has the WAL-reset bug (fixed in 3.51.3).
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")


@contextmanager
def unsynced(engine: Engine) -> Iterator[None]:
    """Let SQLite not wait for the disk: for data that is made anew if the machine stops half-way."""
    event.listen(engine, "connect", _trust_the_cache)
    engine.dispose()  # connections already open would still wait
    try:
        yield
    finally:
        event.remove(engine, "connect", _trust_the_cache)
        engine.dispose()


def _trust_the_cache(connection: sqlite3.Connection, record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer half-way deadlocks with another; so writers say so at once.
    reading = has_request_context() and request.method in SAFE_METHODS and not g.get("writes")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _end_transaction(response: Response) -> Response:
    """Keep what a successful request did; forget what a refused one began."""
    if response.status_code >= 400:
        db.session.rollback()
        return response
    try:
        db.session.commit()
    except (StaleDataError, IntegrityError, OperationalError) as error:
        db.session.rollback()
        # errors.py has the page: somebody else was first, or the database is locked or away.
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def is_collision(error: IntegrityError) -> bool:
    """Whether somebody else was first with a value that must be unique; else it is our mistake."""
    return isinstance(error.orig, UniqueViolation) or "UNIQUE constraint" in str(error.orig)


@contextmanager
def transaction() -> Iterator[None]:
    """The same promise for commands and jobs, which have no response."""
    try:
        yield
    except BaseException:
        db.session.rollback()
        raise
    db.session.commit()


class Attempt:
    """Something that may fail without stopping what comes after it; ``error`` says how it failed."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> bool:
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None


def one_by_one(keys: Iterable[Key], act: Callable[[Key], None]) -> int:
    """Do it to each in a transaction of its own; returns how many.

    One that fails leaves the others done.  In the end all failures are raised as a group.
    """
    failures, count = [], 0
    for key in list(keys):
        with Attempt() as attempt, transaction():
            act(key)
        if attempt.error:
            failures.append(attempt.error)
        else:
            count += 1
    if failures:
        raise ExceptionGroup(f"{len(failures)} failed, {count} done", failures)
    return count
