"""Runs migrations against the application's own database, each run in one transaction."""

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from broker_admin.db import Base, Sealed, UtcDateTime

# A number of our own, so that two servers that start at once migrate one after the other.
_LOCK = 7_305_114


def render_item(kind: str, item: object, autogen: AutogenContext) -> str | bool:
    """Our column types as the plain types they are stored as: a migration outlives our classes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.Text()"
    return False


def drop_empty(migration: object, revision: object, directives: list) -> None:
    """No file where nothing changed."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def run(connection: sa.Connection) -> None:
    context.configure(**{
        "connection": connection,
        "target_metadata": Base.metadata,
        "render_item": render_item,
        "process_revision_directives": drop_empty,
        "compare_type": True,
        "render_as_batch": True,
        # True for SQLite too, because our connections begin transactions themselves.
        "transactional_ddl": True,
    })
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        context.run_migrations()


def run_on_sqlite(connection: sa.Connection) -> None:
    """Without foreign keys meanwhile: batch mode replaces tables, and their rows stay referred to."""
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        run(connection)
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"The migration left rows that refer to nothing: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def main() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            run_on_sqlite(connection)
        else:
            run(connection)


main()
