"""Saving: acknowledged is only what is stored, and repeated is stored once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.drawing import Line
from broker_admin.exams.models import Answer, AnswerEvent, ExamAttempt
from broker_admin.exams.protocol import (
    Batch,
    Entry,
    Malformed,
    Obstacle,
    SaveRefused,
    supersedes,
)
from broker_admin.exams.scoring import read_answer
from broker_admin.exams.service import attempts
from broker_admin.exams.service.locking import lock
from broker_admin.exams.workflow import EventKind
from broker_admin.permissions import Actor, Permission, can
from broker_admin.refusals import N_
from broker_admin.workflow import TransitionRefused


def save(attempt: ExamAttempt, batch: Batch, *, actor: Actor, at: datetime) -> list[int]:
    """Store the batch, all or nothing, and return the numbers that are now stored.

    ``at`` is the moment at which the request arrived.  Raises SaveRefused or Malformed.
    """
    lock(attempt)
    if not can(actor, Permission.ATTEMPT_SIT, attempt):
        raise TransitionRefused(N_("You may not take this step in this case."))
    known = _known(attempt, batch)
    fresh = [entry for entry in batch.entries if entry.seq not in known]
    # Before anything else: what was once acknowledged is acknowledged for ever.
    if batch.entries and not fresh:
        return sorted(known)
    _check(attempt, batch, known, at)
    lines = {line.position: line for line in attempt.paper.lines}
    for entry in fresh:
        _check_entry(entry, lines)
        _store(attempt, batch.client, entry, at)
    return sorted(known | {entry.seq for entry in fresh})


def next_seq(attempt: ExamAttempt, client: str) -> int:
    """For a page without script, whose number the server counts."""
    last = db.session.scalar(select(func.max(AnswerEvent.seq)).where(
        AnswerEvent.attempt_id == attempt.id, AnswerEvent.client == client))
    return (last or 0) + 1


def rebuild(attempt: ExamAttempt) -> dict[int, tuple[list[str], bool]]:
    """What counts by position, from the events alone."""
    newest: dict[int, AnswerEvent] = {}
    for event in queries.events_of(attempt):
        if event.position is not None and supersedes(event, newest.get(event.position)):
            newest[event.position] = event
    return {position: (list(e.letters or ()), bool(e.flagged)) for position, e in newest.items()}


def _known(attempt: ExamAttempt, batch: Batch) -> set[int]:
    """Numbers stored before.  Raises SaveRefused where one came with something else."""
    stored = {event.seq: event for event in db.session.scalars(select(AnswerEvent).where(
        AnswerEvent.attempt_id == attempt.id, AnswerEvent.client == batch.client,
        AnswerEvent.seq.in_([entry.seq for entry in batch.entries])))}
    for entry in batch.entries:
        event = stored.get(entry.seq)
        if event and _content(event) != (entry.position, list(entry.letters), entry.flagged):
            raise SaveRefused(Obstacle.SEQ_CONFLICT)
    if len({entry.seq for entry in batch.entries}) < len(batch.entries):
        raise SaveRefused(Obstacle.SEQ_CONFLICT)
    return {seq for seq in stored if seq is not None}


def _content(event: AnswerEvent) -> tuple[int | None, list[str] | None, bool | None]:
    return event.position, event.letters, event.flagged


def _check(attempt: ExamAttempt, batch: Batch, known: Iterable[int], at: datetime) -> None:
    try:
        attempts.check_open(attempt, at)
    except SaveRefused as refusal:
        raise SaveRefused(refusal.obstacle, known) from None
    if batch.epoch != attempt.epoch or attempt.lease not in {None, batch.client}:
        raise SaveRefused(Obstacle.LEASE_LOST, known)
    attempt.lease = batch.client


def _check_entry(entry: Entry, lines: dict[int, Line]) -> None:
    if entry.position not in lines:
        raise Malformed("slot")
    if read_answer(lines[entry.position], entry.letters).flaw:
        raise Malformed("v")


def _store(attempt: ExamAttempt, client: str, entry: Entry, at: datetime) -> None:
    event = attempts.note(
        attempt, EventKind.SAVED, client=client, seq=entry.seq, position=entry.position,
        letters=list(entry.letters), flagged=entry.flagged, at=at,
        in_grace=attempt.clock.in_grace(at))
    current = next((a for a in attempt.answers if a.position == entry.position), None)
    if current is None:
        attempt.answers.append(Answer(
            attempt_id=attempt.id, position=entry.position, letters=list(entry.letters),
            flagged=entry.flagged, client=client, seq=entry.seq, saved_at=at))
    elif supersedes(event, current):
        current.letters, current.flagged = list(entry.letters), entry.flagged
        current.client, current.seq, current.saved_at = client, entry.seq, at


def save_page(attempt: ExamAttempt, batch: Batch, *, actor: Actor, at: datetime) -> None:
    """As :func:`save`, from a page without script: its one answer as the candidate last saw it.

    A page from the browser's memory may be sent again with another answer under its old
    number; that is a new answer and no conflict.
    """
    lock(attempt)
    entry = batch.entries[0]
    if _stands(attempt, entry):
        _check(attempt, batch, (), at)
        return
    try:
        save(attempt, batch, actor=actor, at=at)
    except SaveRefused as refusal:
        if refusal.obstacle is not Obstacle.SEQ_CONFLICT:
            raise
        renumbered = replace(entry, seq=next_seq(attempt, batch.client))
        save(attempt, replace(batch, entries=(renumbered,)), actor=actor, at=at)


def _stands(attempt: ExamAttempt, entry: Entry) -> bool:
    """Whether this is what is stored already; a blank that was never touched is."""
    current = next((a for a in attempt.answers if a.position == entry.position), None)
    stored = (tuple(current.letters), current.flagged) if current else ((), False)
    return stored == (entry.letters, entry.flagged)
