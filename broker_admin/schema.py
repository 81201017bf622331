"""Which migration the database stands at, and which it should."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade

from broker_admin.config import ROOT, ConfigurationError
from broker_admin.db import db

FOLDER = str(ROOT / "migrations")


def newest() -> str | None:
    """The last migration of this version of the software."""
    return ScriptDirectory(FOLDER).get_current_head()


def current() -> str | None:
    """The migration that the database stands at; None for an empty one."""
    # A connection of its own, given back at once: a transaction would be in a migration's way.
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate() -> None:
    """Bring the database to the newest migration, in one transaction."""
    upgrade(directory=FOLDER)


def require_newest(app: Flask) -> None:
    """Refuse to serve on tables that this version does not know."""
    with app.app_context():
        # Asked of the database, and not of the files: a rolled-back release leaves newer tables behind.
        found = current()
    if found != newest():
        raise ConfigurationError(
            f"The database stands at migration {found or 'none'}, and this version needs {newest()}. "
            "Make a backup, then run: broker-admin init")
