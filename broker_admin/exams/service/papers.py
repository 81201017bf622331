"""The papers of a sitting: drawn all at once, committed to, and derivable again."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from broker_admin.db import db
from broker_admin.events import enqueue, record
from broker_admin.exams import queries, sealing
from broker_admin.exams.drawing import Paper
from broker_admin.exams.events import AttemptPrepared, SittingSealed
from broker_admin.exams.models import (
    Booking,
    CandidatePaper,
    ExamAttempt,
    ItemVersion,
    Sitting,
)
from broker_admin.exams.service import bank
from broker_admin.exams.service.locking import lock
from broker_admin.exams.timing import SWEEP_MARGIN
from broker_admin.exams.workflow import SITTING, AttemptStatus
from broker_admin.permissions import Actor
from broker_admin.refusals import N_, Refused


def seal(sitting: Sitting, *, actor: Actor, at: datetime) -> None:
    """Draw a paper for every seat and publish the commitment.  Raises DrawingRefused if short."""
    lock(sitting)
    SITTING.check("seal", sitting, actor)
    bookings = queries.seats_in(sitting)
    # A commitment to no paper at all could later be opened to anything.
    if not bookings:
        raise Refused(N_("Nobody has booked a seat. Call the sitting off instead."))
    if at >= sitting.opens_at:
        raise Refused(N_("The hour of this sitting has passed."))
    versions = bank.versions_in_use(sitting.subject)
    # Kept sealed until an auditor asks: with the pool it gives every paper again, and every key's place.
    sitting.secret, sitting.pool = secrets.token_hex(32), [version.id for version in versions]
    sealed = _draw(sitting, versions, bookings)
    sitting.sealed_at, sitting.commitment = at, sealed.commitment
    # Only now, since a short bank refuses the draw and must leave the sitting open.
    SITTING.fire("seal", sitting, actor)
    for booking in bookings:
        _lay_out(booking, sealed.papers[booking.candidate_id], versions, actor, at)
    record(SittingSealed(case=sitting, actor=actor, at=at, commitment=sealed.commitment,
                         papers=len(bookings)))
    _order_sweeps(sitting)


def derive_again(sitting: Sitting) -> dict[int, Paper]:
    """The papers by candidate, from the secret and the pool alone: what an auditor does."""
    versions = list(db.session.scalars(
        select(ItemVersion).where(ItemVersion.id.in_(sitting.pool or ()))
        .options(selectinload(ItemVersion.item))))
    # As at the draw; the database returns rows in whatever order it likes.
    versions.sort(key=lambda version: version.item.code)
    bookings = db.session.scalars(
        select(Booking).join(CandidatePaper).where(Booking.sitting_id == sitting.id)
        .order_by(Booking.id))
    return dict(_draw(sitting, versions, list(bookings)).papers)


def _draw(
    sitting: Sitting, versions: list[ItemVersion], bookings: list[Booking]
) -> sealing.Sealed:
    plan = sealing.Plan(sitting.blueprint, bank.pool_of(versions), sitting.id,
                        bytes.fromhex(sitting.secret or ""))
    # What a candidate has seen in earlier papers is drawn last, so that a retake is a new exam.
    before = {b.candidate_id: queries.earlier_papers(b.candidate, sitting) for b in bookings}
    seats = [sealing.Seat(b.candidate_id, len(before[b.candidate_id]) + 1) for b in bookings]
    seen = {candidate: frozenset(line.code for paper in papers for line in paper.lines)
            for candidate, papers in before.items()}
    return sealing.seal(plan, seats, seen)


def _lay_out(
    booking: Booking, paper: Paper, versions: list[ItemVersion], actor: Actor, at: datetime
) -> None:
    numbers = {version.item.code: version.id for version in versions}
    kept = CandidatePaper(
        booking=booking, seed=paper.seed, digest=paper.digest,
        attempt_number=len(queries.earlier_papers(booking.candidate, booking.sitting)) + 1,
        rows=[_row(line, numbers[line.code]) for line in paper.lines])
    attempt = ExamAttempt(booking=booking, paper=kept, status=AttemptStatus.PREPARED)
    db.session.add(attempt)
    db.session.flush()  # for the number in its reference
    record(AttemptPrepared(case=attempt, actor=actor, at=at, paper=paper.digest))


def _row(line: Any, version_id: int) -> dict[str, Any]:
    return {"position": line.position, "version": version_id, "code": line.code,
            "topic": line.topic, "kind": line.kind, "order": list(line.option_order),
            "marks": line.marks, "digest": line.item_digest}


def _order_sweeps(sitting: Sitting) -> None:
    """Time changes a sitting when it opens, when entry ends and when everything ends."""
    times = sitting.times
    for moment in (sitting.opens_at, sitting.latest_entry_at + SWEEP_MARGIN,
                   sitting.ends_at + times.grace + SWEEP_MARGIN):
        enqueue("sweep_sitting", key=f"{sitting.reference}:{moment:%Y%m%d%H%M%S}", at=moment,
                sitting_id=sitting.id)
