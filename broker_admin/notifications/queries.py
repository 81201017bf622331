from sqlalchemy import Select, func, select

from broker_admin.db import db
from broker_admin.ledger import Message


def inbox_of(user_id: int) -> Select[tuple[Message]]:
    """What this person was told, newest first."""
    return select(Message).where(Message.recipient_id == user_id).order_by(Message.id.desc())


def unread_count(user_id: int) -> int:
    unread = select(func.count()).where(Message.recipient_id == user_id, Message.read_at.is_(None))
    return db.session.scalar(unread) or 0


def unread_of(user_id: int) -> list[Message]:
    return list(db.session.scalars(inbox_of(user_id).where(Message.read_at.is_(None))))


def outbox() -> Select[tuple[Message]]:
    """What anybody was told, newest first: for those who try the system out."""
    return select(Message).order_by(Message.id.desc())
