from dataclasses import dataclass

from broker_admin import chain
from broker_admin.clock import now
from broker_admin.db import db, transaction
from broker_admin.events import Event, record
from broker_admin.ledger import AuditEntry
from tests.factories import make_user


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    name = "test.happened"

    what: str


def test_entries_are_sealed_to_one_another(app):
    user = make_user()
    for what in ("one", "two"):
        with transaction():
            record(Happened(case=user, actor=user, at=now(), what=what))
    entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [e.facts for e in entries] == [{"what": "one"}, {"what": "two"}]
    assert entries[1].previous == entries[0].seal
    rows = [(e.number, e.previous, e.seal, e.content()) for e in entries]
    assert chain.first_break(rows) is None
