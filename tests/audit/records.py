"""A made-up kind of case with two states, and entries about it."""

from dataclasses import dataclass, replace
from typing import Any

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.events import Event, record
from broker_admin.permissions import SYSTEM


@dataclass(frozen=True)
class Case:
    reference: str = "SQ-2026-000001"
    status: str | None = None


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    name = "application.submitted"

    facts_of: Any = None

    def facts(self):
        return self.facts_of or {}


@dataclass(frozen=True, kw_only=True)
class Granted(Noted):
    name = "application.granted"


def note(case=None, actor=SYSTEM, at=None, event=Noted, facts=None, **changes):
    """Record that something happened to this case, and keep it."""
    record(event(case=replace(case or Case(), **changes), actor=actor, at=at or now(), facts_of=facts))
    db.session.commit()
