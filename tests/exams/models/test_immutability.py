import pytest

from broker_admin.config import ROOT
from broker_admin.exams.models.immutability import statements


@pytest.mark.parametrize(("dialect", "count"), [("sqlite", 2), ("postgresql", 1)])
def test_both_databases_refuse_changes(dialect, count):
    texts = statements("answer_event")[dialect]
    assert len(texts) == count
    assert all("answer_event is never changed" in text for text in texts)


def test_the_migration_says_the_same():
    migration = (ROOT / "migrations/versions/0011_exams.py").read_text("utf-8")
    for text in ("RAISE(ABORT, '{table} is never changed')",
                 "RAISE EXCEPTION '{table} is never changed'"):
        assert text in migration
