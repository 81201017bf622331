from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from broker_admin.db import db
from broker_admin.supervision.models import AnnualReview, Score
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.supervision.factories import FEBRUARY, MadeReview, make_review

DAY = date(2026, 2, 10)
# (state, what would be a lie about a review in it)
LIES = [
    (V.SCORED, {"scorer_id": None}),
    (V.PRELIMINARY, {"scorer_id": None}),
    (V.PRELIMINARY, {"told_on": None}),
    (V.OBJECTED, {"told_on": None}),
    (V.OBJECTED, {"objection": None}),
    (V.ANSWERED, {"objection": None}),
    (V.ANSWERED, {"answer": None}),
    (V.FINAL, {"grade": None}),
    (V.FINAL, {"finalised_at": None}),
    (V.FINAL, {"told_on": None}),
    (V.PUBLISHED, {"grade": None}),
    (V.PUBLISHED, {"published_on": None}),
    (V.OPEN, {"grade": "A"}),
    (V.SCORED, {"grade": "A"}),
    (V.PRELIMINARY, {"grade": "A"}),
    (V.ANSWERED, {"finalised_at": FEBRUARY}),
    (V.OPEN, {"published_on": DAY}),
    (V.FINAL, {"published_on": DAY}),
    (V.OPEN, {"status": V.SCORED}),
    (V.SCORED, {"status": V.PRELIMINARY}),
    (V.PRELIMINARY, {"status": V.OBJECTED}),
    (V.OBJECTED, {"status": V.ANSWERED}),
    (V.ANSWERED, {"status": V.FINAL}),
    (V.FINAL, {"status": V.PUBLISHED}),
    (V.OPEN, {"license_id": 0}),
    (V.OPEN, {"organization_id": 0}),
    (V.OPEN, {"reference": None}),
    (V.OPEN, {"regime": None}),
]


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def refuse(review, **lie):
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(update(AnnualReview).where(AnnualReview.id == review.id).values(**lie))


@pytest.mark.parametrize(("status", "lie"), LIES)
def test_the_database_refuses_a_lie(status, lie):
    made = make_review(status)
    refuse(made.review, **lie)
    db.session.refresh(made.review)
    assert made.review.status is status


def test_the_scorer_does_not_make_it_final():
    made = make_review(V.FINAL)
    refuse(made.review, finalised_by_id=made.officer.id)


def test_time_alone_may_make_it_final():
    made = make_review(V.FINAL)
    made.review.finalised_by_id = None
    db.session.flush()


def test_a_license_has_one_review_a_year():
    first, second = MadeReview(), MadeReview()
    refuse(second.review, license_id=first.license.id)
    refuse(second.review, reference=first.review.reference)


def test_another_year_is_another_review():
    first, second = MadeReview(), MadeReview()
    db.session.execute(update(AnnualReview).where(AnnualReview.id == second.review.id)
                       .values(license_id=first.license.id, year=2024))


@pytest.mark.parametrize("total", [-1, 101, 1000])
def test_marks_lie_between_nought_and_a_hundred(total):
    score = make_review(V.SCORED).review.score
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(update(Score).where(Score.id == score.id).values(total=total))


@pytest.mark.parametrize("column", ["review_id", "officer_id", "grade", "total", "at"])
def test_a_score_is_whole(column):
    score = make_review(V.SCORED).review.score
    setattr(score, column, None)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_two_people_at_once_are_noticed():
    review = make_review(V.SCORED).review
    behind_our_back = {"synchronize_session": False}
    db.session.execute(update(AnnualReview).values(version=9), execution_options=behind_our_back)
    review.told_on = DAY
    with pytest.raises(StaleDataError):
        db.session.flush()


def test_the_last_score_counts():
    made = make_review(V.OPEN)
    assert made.review.score is None
    made.score()
    made.score({"compliance": 10, "performance": 0, "security": 0, "credit": 0, "reporting": 0})
    assert (len(made.review.scores), made.review.score.total) == (2, 10)


def test_nobody_is_barred_before_somebody_scored():
    assert make_review(V.OPEN).review.barred_ids == frozenset()


def test_whoever_scored_once_stays_barred():
    made = make_review(V.SCORED)
    first, made.officer = made.officer, MadeReview().officer
    made.score()
    assert made.review.barred_ids == {first.id, made.officer.id}


def test_whoever_answered_is_barred_too():
    made = make_review(V.OBJECTED)
    scorer, made.officer = made.officer, MadeReview().officer
    made.answer()
    assert made.review.barred_ids == {scorer.id, made.officer.id}
