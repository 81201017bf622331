"""The database itself ties columns to states."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from broker_admin.db import db
from broker_admin.exams.models import (
    Answer,
    Booking,
    Candidate,
    ExamAttempt,
    ExamResult,
    Item,
    ItemVersion,
    Sitting,
)
from broker_admin.exams.service import marking
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import BookingStatus as B
from broker_admin.exams.workflow import SittingStatus as S
from tests.conftest import NOON
from tests.exams.factories import (
    BANK,
    make_attempt,
    make_bank,
    make_candidate,
    make_sitting,
    save,
    seat,
    started_attempt,
    submitted_attempt,
)


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def refused(model, **values):
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(update(model).values(**values))


@pytest.mark.parametrize("status", [S.SEALED, S.RUNNING, S.CLOSED, S.PUBLISHED, S.CANCELLED])
def test_a_sitting_is_not_moved_by_hand(status):
    make_sitting()
    refused(Sitting, status=status)


@pytest.mark.parametrize("values", [
    {"capacity": 0}, {"capacity": -1}, {"minutes": 0}, {"ends_at": NOON}, {"ends_at": NOON - timedelta(1)},
    {"closed_at": NOON}, {"published_at": NOON}, {"cancelled_at": NOON}, {"cancel_reason": "x"},
    {"status": "nonsense"}, {"subject": "MUSIC"}, {"reference": None}])
def test_a_sitting_holds_only_what_fits(values):
    make_sitting()
    refused(Sitting, **values)


@pytest.mark.parametrize("status", [A.IN_PROGRESS, A.SUBMITTED, A.SCORED, A.RELEASED])
def test_an_attempt_is_not_begun_by_hand(status):
    make_attempt()
    refused(ExamAttempt, status=status)


@pytest.mark.parametrize("values", [
    {"started_at": None}, {"closes_at": None}, {"submitted_at": NOON}, {"receipt": "x"},
    {"answered": 4}, {"submit_reason": "candidate"}, {"status": A.SUBMITTED}, {"status": A.PREPARED}])
def test_a_running_attempt_holds_only_its_times(values):
    started_attempt()
    refused(ExamAttempt, **values)


@pytest.mark.parametrize("column", ["submitted_at", "receipt", "answered", "submit_reason", "started_at"])
def test_a_paper_handed_in_keeps_its_receipt(column):
    submitted_attempt()
    refused(ExamAttempt, **{column: None})


@pytest.mark.parametrize("values", [{"status": B.CANCELLED}, {"cancelled_at": NOON}, {"status": "lost"}])
def test_a_booking_is_cancelled_at_a_moment(values):
    seat(make_sitting())
    refused(Booking, **values)


def test_a_seat_is_held_once():
    booking = seat(make_sitting())
    db.session.add(Booking(sitting=booking.sitting, candidate=booking.candidate, booked_at=NOON))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_person_is_a_candidate_once():
    first, second = make_candidate(), make_candidate()
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(update(Candidate).where(Candidate.id == second.id)
                           .values(identity_index=first.identity_index))


def test_a_question_has_one_answer():
    attempt = started_attempt()
    save(attempt, 1, ["A"])
    db.session.add(Answer(attempt_id=attempt.id, position=1, letters=["B"], flagged=False,
                          client="window-2", seq=1, saved_at=NOON))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("values", [
    {"earned": -1}, {"earned": 100_01}, {"passed": False}, {"earned": 59_99}, {"possible": 0}])
def test_a_result_agrees_with_its_marks(values):
    marking.score(submitted_attempt(right=3), at=NOON)
    refused(ExamResult, **values)


def test_sixty_marks_pass_and_less_do_not():
    marking.score(submitted_attempt(right=3), at=NOON)
    db.session.flush()
    db.session.execute(update(ExamResult).values(earned=60_00))
    refused(ExamResult, passed=False)
    db.session.execute(update(ExamResult).values(earned=59_99, passed=False))
    refused(ExamResult, passed=True)


def test_a_code_names_one_item():
    text = next(t for t in BANK if t.topic == "DSL")
    db.session.add(Item(code=text.code, subject=text.subject, topic=text.topic, kind=text.kind))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_number_names_one_version():
    item = db.session.scalars(db.select(Item)).first()
    columns = ItemVersion.columns_of(item.current.text)
    item.versions.append(ItemVersion(number=1, made_at=NOON, **columns))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("model", [Item, Candidate, Sitting, Booking, ExamAttempt])
def test_every_case_answers_who_is_around_it(model):
    submitted_attempt()
    db.session.flush()
    case = db.session.scalars(db.select(model)).first()
    assert case.reference
    assert case.party_organization_ids == frozenset()
    assert isinstance(case.party_ids, frozenset)
    assert isinstance(case.barred_ids, frozenset)


def test_an_attempt_without_start_has_no_clock():
    with pytest.raises(ValueError, match="not begun"):
        _ = make_attempt().clock
