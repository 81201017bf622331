"""Migrations lead from nothing to the models, and back, on the database of this run."""

import json
import re

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from broker_admin import create_app
from broker_admin.clock import now
from broker_admin.config import ROOT
from broker_admin.db import Base, db, transaction
from broker_admin.ledger import AuditEntry
from tests.conftest import settings

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture
def empty(fresh_database_url):
    """The app on a database without tables."""
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def written(item):
    """The item as text, with conditions of indexes spelled out."""
    return json.dumps(item, default=str, sort_keys=True)


def structure():
    """Everything that the database knows about its tables, in comparable form."""
    inspector = sa.inspect(db.engine)
    return {
        name: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)},
            "key": inspector.get_pk_constraint(name),
            **{part: sorted(map(written, getattr(inspector, f"get_{part}")(name))) for part in
               ("foreign_keys", "unique_constraints", "check_constraints", "indexes")},
        }
        for name in inspector.get_table_names() if name != "alembic_version"
    }


def triggers():
    with db.engine.connect() as connection:
        return set(connection.scalars(sa.text(TRIGGERS[connection.dialect.name])))


def test_upgrade_leaves_nothing_for_autogenerate_to_find(empty):
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)
    assert found == []


def test_upgrade_makes_the_same_tables_as_models(empty):
    flask_migrate.upgrade()
    migrated, guarded = structure(), triggers()
    flask_migrate.downgrade(revision="base")
    db.create_all()
    assert migrated == structure()
    assert guarded == triggers()


def test_downgrade_leaves_nothing_and_upgrades_again(empty):
    flask_migrate.upgrade()
    before = structure()
    flask_migrate.downgrade(revision="base")
    assert structure() == {}
    assert triggers() == set()
    flask_migrate.upgrade()
    assert structure() == before


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET name = 'other'", "DELETE FROM audit_entry"])
def test_migrated_audit_entries_refuse_every_change(empty, change):
    flask_migrate.upgrade()
    with transaction():
        db.session.add(AuditEntry(number=1, name="x", subject="x", at=now(), facts={},
                                  previous="0", seal="1"))
    with pytest.raises(sa.exc.DBAPIError, match="audit entries are never changed"):
        db.session.execute(sa.text(change))


def test_migrated_audit_entries_refuse_to_be_swept_away(empty):
    flask_migrate.upgrade()
    # SQLite does not know the word at all.
    known = db.engine.dialect.name == "postgresql"
    for statement in ("TRUNCATE audit_entry", "TRUNCATE audit_entry CASCADE"):
        with pytest.raises(sa.exc.DBAPIError, match="never changed" if known else "syntax error"):
            db.session.execute(sa.text(statement))
        db.session.rollback()


def test_migrations_stand_in_one_numbered_line():
    script = ScriptDirectory(str(ROOT / "migrations"))
    line = [(r.revision, r.down_revision) for r in script.walk_revisions()][::-1]
    numbers = [f"{n:04d}" for n in range(1, len(line) + 1)]
    assert line == list(zip(numbers, [None, *numbers], strict=False))


def test_migrations_are_named_by_number_and_subject():
    names = sorted(p.name for p in (ROOT / "migrations/versions").glob("*.py"))
    assert names
    assert [n for n in names if not re.fullmatch(r"\d{4}_[a-z_]+\.py", n)] == []
