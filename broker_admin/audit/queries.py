"""Who did what when: of one case, and of all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import selectinload

from broker_admin.accounts.models import User
from broker_admin.audit.words import words_for
from broker_admin.clock import start_of
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Actor

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One step of a history, as a certain reader may see it."""

    at: datetime
    title: str
    by: str


def history(reference: str) -> list[AuditEntry]:
    """Everything recorded about a case, oldest first."""
    return list(db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == reference).order_by(AuditEntry.number)))


def lines(entries: Iterable[AuditEntry], reader: Actor) -> list[Line]:
    """The entries in words, newest first."""
    kept = sorted(entries, key=lambda entry: entry.number, reverse=True)
    # All names at once, not one query for each line.
    actors = actors_of(kept)
    return [Line(e.at, words_for(e.name), who(actors.get(e.actor_id), reader)) for e in kept]


def actors_of(entries: Iterable[AuditEntry]) -> Mapping[int | None, User]:
    """Those who acted, by their number, with what tells staff from others."""
    ids = {entry.actor_id for entry in entries} - {None}
    users = select(User).where(User.id.in_(ids)).options(
        selectinload(User.grants), selectinload(User.memberships))
    return {user.id: user for user in db.session.scalars(users)}


def who(actor: User | None, reader: Actor) -> str:
    """The name, for staff and for people of one's own side; else only which side it was.

    Officers act for the authority, not in their own name, and a complainant's name is nobody's
    business but the authority's.
    """
    if actor is None:
        return str(gettext("The system"))
    if reader.roles or actor.id == reader.id or _of_one_side(actor, reader):
        return actor.name
    return str(gettext("The authority") if actor.is_staff else gettext("Another party"))


def _of_one_side(actor: User, reader: Actor) -> bool:
    return not actor.is_staff and not actor.organization_ids.isdisjoint(reader.organization_ids)


# ``actor`` is the address somebody signs in with; days are inclusive.
_FILTERS: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "name": lambda name: AuditEntry.name == name,
    "subject": lambda reference: AuditEntry.subject == reference,
    "actor": lambda address: AuditEntry.actor_id.in_(
        select(User.id).where(User.email == address.strip().lower())),
    "first": lambda day: AuditEntry.at >= start_of(day),
    "last": lambda day: AuditEntry.at < start_of(day + timedelta(days=1)),
    "before": lambda number: AuditEntry.number < number,
}


def search(**asked: Any) -> Select[tuple[AuditEntry]]:
    """Entries that pass every filter of the table above which is not empty, newest first."""
    passed = [_FILTERS[name](value) for name, value in asked.items() if value]
    return select(AuditEntry).where(*passed).order_by(AuditEntry.number.desc())


def page(query: Select[tuple[AuditEntry]]) -> tuple[list[AuditEntry], int | None]:
    """One page of entries, and the number before which the next begins, if there is one.

    By key and not by offset: while somebody reads, new entries arrive at the top.
    """
    found = list(db.session.scalars(query.limit(PER_PAGE + 1)))
    shown = found[:PER_PAGE]
    return shown, shown[-1].number if len(found) > PER_PAGE else None
