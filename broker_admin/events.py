"""Events: a fact about a case becomes an audit entry and messages, in the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Protocol

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import event as hooks
from sqlalchemy import select, text
from sqlalchemy.orm import Session, SessionTransaction

from broker_admin import chain
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, AuditHead, Job, Message
from broker_admin.permissions import Actor

_UNSEALED = "unsealed audit entries"
_FIRST_HEAD = text(
    "INSERT INTO audit_head (id, number, seal) VALUES (1, 0, :seal) ON CONFLICT DO NOTHING")


class Recipient(Protocol):
    """Somebody who can be told something; ``id`` is None for people without an account."""

    @property
    def id(self) -> int | None: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class Correspondent:
    """Somebody who left an address and has no account."""

    email: str
    language: str
    id: None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact about a case.  Subclasses name it, say what it carries and who hears of it.

    What an event carries is kept for ever and read by auditors: never a personal identifier.
    """

    name: ClassVar[str]
    email: ClassVar[str | None] = None

    case: Any
    actor: Actor
    at: datetime

    def recipients(self) -> Iterable[Recipient]:
        return ()

    def facts(self) -> dict[str, Any]:
        shared = {f.name for f in fields(Event)}
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in shared}


def record(event: Event) -> None:
    """Write the audit entry and queue one message per recipient.  Commits nothing."""
    entry = AuditEntry(
        name=event.name,
        subject=event.case.reference,
        status=getattr(event.case, "status", None),
        actor_id=event.actor.id,
        at=event.at,
        facts=event.facts(),
    )
    db.session.info.setdefault(_UNSEALED, []).append(entry)
    for person in event.recipients():
        _tell(event, person)


def enqueue(kind: str, *, key: str, at: datetime, **payload: Any) -> None:
    """Queue work for after the commit; ``key`` says what it is, so that it is queued once."""
    # Looked up first: a collision of two that queue at once rolls the later one back, which is rare.
    known = select(Job.id).where(Job.dedupe_key == f"{kind}:{key}")
    if db.session.scalar(known) is None:
        db.session.add(Job(kind=kind, payload=payload, dedupe_key=f"{kind}:{key}", due_at=at))


def _tell(event: Event, person: Recipient) -> None:
    message = _message(event, person)
    db.session.add(message)
    db.session.flush()  # for the id by which the job finds the message
    enqueue("deliver", key=str(message.id), at=event.at, message_id=message.id)


def _message(event: Event, person: Recipient) -> Message:
    """Rendered now and kept: what was said is evidence, and later the case may have changed."""
    # The reader's language, whoever acted and in whichever language they did.
    with force_locale(person.language):
        title, body = (
            # Without what pages get from the visitor's request: a job has none.
            current_app.jinja_env.get_template(f"email/{event.email}.{part}")
            .render(event=event, case=event.case, person=person).strip()
            for part in ("subject.txt", "txt")
        )
    return Message(
        name=event.name, subject=event.case.reference, recipient_id=person.id,
        address=person.email, language=person.language, title=" ".join(title.split()),
        body=body, queued_at=event.at,
    )


@hooks.listens_for(db.session, "before_commit")
def _seal(session: Session) -> None:
    """Seal what was recorded, last of all, so that the chain's end is locked only for a moment."""
    # Popped before anything can fail, so that a second commit does not seal them again.
    entries: list[AuditEntry] = session.info.pop(_UNSEALED, [])
    if not entries:
        return
    session.flush()  # for the ids of new actors, which the entries name
    head = _lock_head(session)
    for entry in entries:
        entry.number, entry.previous = head.number + 1, head.seal
        entry.seal = chain.seal(entry.previous, entry.content())
        head.number, head.seal = entry.number, entry.seal
        session.add(entry)
    session.flush()


def _lock_head(session: Session) -> AuditHead:
    locked = select(AuditHead).with_for_update()
    head = session.scalars(locked).one_or_none()
    if head is None:
        # The first writers of an empty record may meet here: the later ones wait for the first.
        session.execute(_FIRST_HEAD, {"seal": chain.GENESIS})
        head = session.scalars(locked).one()
    return head


@hooks.listens_for(db.session, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    session.info.pop(_UNSEALED, None)
