"""The bank in the database: filled from its files, version by version."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from broker_admin.db import db
from broker_admin.events import record
from broker_admin.exams.drawing import PoolItem
from broker_admin.exams.events import ItemImported, ItemRetired
from broker_admin.exams.items import ItemText, load_bank
from broker_admin.exams.models import Item, ItemVersion
from broker_admin.exams.topics import Subject
from broker_admin.permissions import Actor


def import_bank(
    texts: Iterable[ItemText] | None = None, *, actor: Actor, at: datetime
) -> int:
    """Take over every text that differs from its item's latest version; returns how many did.

    Items that are no longer in the files are retired: papers keep them, new papers do not.
    """
    # An empty bank may be meant; only None stands for the files that ship with the system.
    offered = {text.code: text for text in (load_bank() if texts is None else texts)}
    known = {item.code: item for item in db.session.scalars(
        select(Item).options(selectinload(Item.versions)))}
    changed = sum(_take_over(text, known.get(code), actor, at) for code, text in offered.items())
    for code in sorted(known.keys() - offered.keys()):
        _retire(known[code], actor, at)
    return changed


def _take_over(text: ItemText, item: Item | None, actor: Actor, at: datetime) -> bool:
    if item is None:
        item = Item(code=text.code, subject=text.subject, topic=text.topic, kind=text.kind)
        db.session.add(item)
    # An item that comes back gets a new version even unchanged, so that the record shows its return.
    elif item.retired_at is None and item.current.text == text:
        return False
    item.retired_at = None
    number = len(item.versions) + 1
    # Never an update: papers already drawn point at the version that they were drawn with.
    item.versions.append(ItemVersion(
        number=number, made_at=at, made_by_id=actor.id, **ItemVersion.columns_of(text)))
    record(ItemImported(case=item, actor=actor, at=at, version=number, digest=text.digest))
    return True


def _retire(item: Item, actor: Actor, at: datetime) -> None:
    if item.retired_at is None:
        item.retired_at = at
        record(ItemRetired(case=item, actor=actor, at=at))


def versions_in_use(subject: Subject) -> list[ItemVersion]:
    """The latest version of every item that new papers may carry, by code."""
    # In the order of codes, which the draw relies on: another order would draw other papers.
    items = db.session.scalars(
        select(Item).where(Item.subject == subject, Item.retired_at.is_(None))
        .options(selectinload(Item.versions)).order_by(Item.code))
    return [item.current for item in items]


def pool_of(versions: Sequence[ItemVersion]) -> tuple[PoolItem, ...]:
    return tuple(PoolItem.of(version.text) for version in versions)
