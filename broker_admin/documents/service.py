from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from flask import Response, abort, current_app, send_file
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from broker_admin.db import db
from broker_admin.documents import content, storage
from broker_admin.documents.content import MediaType, UploadRefused
from broker_admin.documents.events import DocumentAttached, DocumentRemoved, Subject
from broker_admin.documents.models import Document
from broker_admin.events import record
from broker_admin.permissions import Actor
from broker_admin.refusals import N_, Refused

MOST_PER_CASE = 60
LARGEST_CASE = 200 * 1024**2


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept."""

    name: str
    data: bytes
    kind: MediaType


def inspect(file: FileStorage) -> Inspected:
    """Whether an uploaded file may be kept.  Raises :class:`UploadRefused` with the reason.

    It may take half a minute, so that whoever has not signed in has it done before anything is
    written: a file made to be slow would keep others from writing for as long.
    """
    largest = current_app.config["MAX_UPLOAD_MEGABYTES"] * 1024**2
    # One byte more than allowed is enough to know that it is too large.
    name, data = content.clean_name(file.filename), file.stream.read(largest + 1)
    return Inspected(name, data, content.check(name, data, largest))


def attach(
    file: FileStorage | Inspected, *, subject: str, slot: str, actor: Actor, at: datetime
) -> Document:
    """Keep an uploaded file with its case.  Raises :class:`UploadRefused` with the reason."""
    found = file if isinstance(file, Inspected) else inspect(file)
    _check_room(subject, len(found.data))
    digest = storage.put(found.data)
    if _same(subject, slot, digest):
        raise UploadRefused(N_("This file has already been uploaded here."))
    return _enter(Document(
        subject=subject, slot=slot, name=found.name, media_type=found.kind, size=len(found.data),
        sha256=digest, uploaded_by_id=actor.id, uploaded_at=at), actor)


def keep(data: bytes, *, name: str, media_type: str, subject: str, slot: str, actor: Actor,
         at: datetime) -> Document:
    """Keep a file that the system made; the same again is the one that is there."""
    digest = storage.put(data)
    return _same(subject, slot, digest) or _enter(Document(
        subject=subject, slot=slot, name=content.clean_name(name), media_type=MediaType(media_type),
        size=len(data), sha256=digest, uploaded_by_id=actor.id, uploaded_at=at), actor)


def remove(document: Document, *, actor: Actor, at: datetime) -> None:
    """Take the file out of its case; its bytes stay until the store is swept."""
    if document.removed_at:
        raise Refused(N_("This file has already been removed."))
    document.removed_at = at
    record(DocumentRemoved(case=Subject(document.subject), actor=actor, at=at,
                           document=document.reference, slot=document.slot, sha256=document.sha256))


def of(subject: str, slot: str | None = None) -> list[Document]:
    """The files of a case, oldest first; those of one slot where it is named."""
    query = select(Document).where(Document.subject == subject, Document.removed_at.is_(None))
    if slot is not None:
        query = query.where(Document.slot == slot)
    return list(db.session.scalars(query.order_by(Document.id)))


def open_file(document: Document) -> BinaryIO:
    """The bytes, checked against their digest.  Raises ``storage.FileGone`` where they are lost."""
    if document.removed_at:
        raise storage.FileGone(N_("This file has been removed."))
    return storage.open_checked(document.sha256)


def send(document: Document) -> Response:
    """To be saved and not shown: what strangers made must not run as a page of this site."""
    response = send_file(open_file(document), mimetype=document.media_type, as_attachment=True,
                         download_name=document.name, etag=False, max_age=None)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def send_of(subject: str, number: int, slots: Collection[str]) -> Response:
    """The file with this number, if it lies in one of these slots of the case; else 404."""
    document = db.session.scalar(select(Document).where(
        Document.id == number, Document.subject == subject, Document.slot.in_(slots),
        Document.removed_at.is_(None)))
    return send(document) if document else abort(404)


def sweep(days: int = 30) -> int:
    """Delete files that no case has needed for so many days; returns how many."""
    count = 0
    for name in list(storage.untouched_for(days)):
        wanted = select(Document.id).where(Document.sha256 == name, Document.removed_at.is_(None))
        if db.session.scalar(wanted.limit(1)) is None:
            storage.discard(name)
            count += 1
    return count


def _check_room(subject: str, size: int) -> None:
    files = select(func.count(), func.coalesce(func.sum(Document.size), 0)).where(
        Document.subject == subject, Document.removed_at.is_(None))
    count, total = db.session.execute(files).one()
    if count >= MOST_PER_CASE:
        raise UploadRefused(N_("There are already %(most)s files in this case. Remove one first."),
                            most=str(MOST_PER_CASE))
    if total + size > LARGEST_CASE:
        raise UploadRefused(N_("The files of this case together are larger than %(megabytes)s MB. "
                               "Remove one first."), megabytes=str(LARGEST_CASE // 1024**2))


def _same(subject: str, slot: str, digest: str) -> Document | None:
    return next((d for d in of(subject, slot) if d.sha256 == digest), None)


def _enter(document: Document, actor: Actor) -> Document:
    db.session.add(document)
    db.session.flush()  # for the number that the event carries
    record(DocumentAttached(
        case=Subject(document.subject), actor=actor, at=document.uploaded_at,
        document=document.reference, slot=document.slot, media_type=document.media_type,
        size=document.size, sha256=document.sha256))
    return document


def unsound() -> Iterator[Document]:
    """Files of cases that are not in the store as they were kept."""
    kept = select(Document).where(Document.removed_at.is_(None)).order_by(Document.id)
    for document in db.session.scalars(kept.execution_options(yield_per=500)):
        if not storage.is_sound(document.sha256):
            yield document
