from datetime import timedelta

import pytest
from sqlalchemy import select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.demo.examinations import FORMS, PLACE, SEATS, Season
from broker_admin.exams import queries
from broker_admin.exams.models import Candidate, ExamAttempt, Item, Sitting
from broker_admin.exams.service import answers, marking, papers
from broker_admin.exams.workflow import AttemptStatus, SittingStatus
from broker_admin.rules.calendar import SHIPPED
from tests.conftest import NOON


def sittings(status):
    return db.session.scalars(select(Sitting).where(Sitting.status == status)
                              .order_by(Sitting.opens_at)).all()


@pytest.fixture
def held(app):
    return sittings(SittingStatus.PUBLISHED)


def test_both_papers_are_held_on_one_day(held):
    days = {}
    for sitting in held:
        days.setdefault(day_of(sitting.opens_at), []).append(sitting.blueprint_code)
    assert {tuple(sorted(forms)) for forms in days.values()} == {FORMS}


def test_the_place_says_that_it_is_a_demonstration(held):
    assert {sitting.place for sitting in held} == {PLACE}
    assert "演示" in PLACE


def test_whoever_planned_a_sitting_did_not_release_it(held):
    assert all(sitting.planned_by_id != sitting.released_by_id for sitting in held)


def test_results_come_ten_working_days_later(held):
    for sitting in held:
        due = SHIPPED.add_working(day_of(sitting.opens_at), 10)
        assert day_of(sitting.published_at) == due


def test_papers_were_sealed_before_the_day(held):
    assert all(sitting.sealed_at < sitting.opens_at for sitting in held)


def test_papers_can_be_drawn_again_from_the_secret(held):
    sitting = held[0]
    again = papers.derive_again(sitting)
    kept = {a.booking.candidate_id: a.paper.digest for a in queries.attempts_of(sitting)}
    assert {candidate: paper.digest for candidate, paper in again.items()} == kept


def test_answers_can_be_rebuilt_from_their_events(held):
    for attempt in queries.attempts_of(held[-1])[:5]:
        kept = {a.position: (a.letters, a.flagged) for a in attempt.answers}
        assert answers.rebuild(attempt) == kept


def test_marks_are_the_same_when_marked_again(held):
    for attempt in queries.attempts_of(held[1])[:5]:
        assert marking.score_again(attempt).earned == attempt.result.earned


def test_every_answer_was_saved_while_the_paper_was_open(held):
    for attempt in queries.attempts_of(held[0]):
        moments = [answer.saved_at for answer in attempt.answers]
        assert all(attempt.started_at <= at <= attempt.closes_at for at in moments)


def test_every_sitting_has_one_who_stays_away(held):
    for sitting in held:
        states = [attempt.status for attempt in queries.attempts_of(sitting)]
        assert states.count(AttemptStatus.NO_SHOW) == 1


def test_no_room_was_overbooked(app):
    taken = queries.seats_taken()
    assert all(taken.get(s.id, 0) <= s.capacity for s in db.session.scalars(select(Sitting)))


def test_a_visitor_may_begin_an_exam_now(app):
    running = sittings(SittingStatus.RUNNING)
    assert len(running) == 1
    waiting = [a.booking.candidate.user.email for a in queries.attempts_of(running[0])
               if a.status is AttemptStatus.PREPARED]
    assert waiting == ["examinee05@demo.example.org"]
    assert running[0].latest_entry_at > NOON


def test_results_of_the_last_exam_wait_for_release(app):
    closed = sittings(SittingStatus.CLOSED)
    assert len(closed) == 2
    found = {a.status for sitting in closed for a in queries.attempts_of(sitting)}
    assert found == {AttemptStatus.SCORED, AttemptStatus.NO_SHOW}


def test_sittings_ahead_take_bookings(app):
    ahead = [s for s in sittings(SittingStatus.OPEN) if s.opens_at > NOON + timedelta(days=20)]
    assert len(ahead) == 2
    assert all(queries.seats_in(sitting) for sitting in ahead)


def test_a_sitting_was_called_off_with_its_reason(app):
    called_off = sittings(SittingStatus.CANCELLED)[0]
    assert called_off.cancel_reason == "考场因故不能使用。"
    assert queries.seats_in(called_off) == []


def test_one_is_planned_that_nobody_knows_of(app):
    planned = sittings(SittingStatus.PLANNED)
    assert len(planned) == 1
    assert planned[0].reference not in {s.reference for s, _ in queries.announced(NOON)}


def test_everybody_registered_once(app):
    users = db.session.scalars(select(Candidate.user_id)).all()
    assert len(set(users)) == len(users) > 350


def test_the_bank_was_there_before_the_first_sitting(app):
    made = db.session.scalars(select(Item)).all()
    first = db.session.scalar(select(db.func.min(Sitting.planned_at)))
    assert all(item.current.made_at < first for item in made)


def test_receipts_are_all_different(app):
    receipts = db.session.scalars(select(ExamAttempt.receipt).where(
        ExamAttempt.receipt.is_not(None))).all()
    assert len(set(receipts)) == len(receipts) > 600


@pytest.mark.parametrize(("number", "expected"), [(0, range(1, 6)), (1, range(6, 11)), (9, range(46, 51))])
def test_every_season_has_candidates_of_its_own(number, expected):
    assert Season(number, NOON, "").candidates == expected
    assert len(expected) == SEATS


def test_the_results_of_a_season_come_in_the_morning():
    assert Season(0, NOON, "").released.hour == 2
