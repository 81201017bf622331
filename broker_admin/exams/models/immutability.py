"""Rows that are evidence: the database itself refuses to change or delete them."""

from sqlalchemy import DDL, Table, event

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_{table}_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is never changed'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_{table}_change()
"""


def statements(table: str) -> dict[str, tuple[str, ...]]:
    """By dialect; the same statements stand in the migration."""
    return {
        "sqlite": tuple(_SQLITE.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")),
        "postgresql": (_POSTGRESQL.format(table=table),),
    }


def never_changed(table: Table) -> None:
    for dialect, texts in statements(table.name).items():
        for text in texts:
            event.listen(table, "after_create", DDL(text).execute_if(  # type: ignore[no-untyped-call]
                dialect=dialect))
