from collections import Counter

import pytest
from sqlalchemy import select

from broker_admin import clock
from broker_admin.clock import day_of, start_of
from broker_admin.db import db
from broker_admin.demo import annual_reviews
from broker_admin.demo.annual_reviews import assessment, reviews
from broker_admin.rules.regime import regime_on
from broker_admin.supervision.models import AnnualReview
from broker_admin.supervision.time_limits import objection
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.conftest import NOON


@pytest.fixture
def opened(app):
    return db.session.scalars(select(AnnualReview).order_by(AnnualReview.id)).all()


def test_reviews_of_years_gone_by_are_published(opened):
    assert {review.status for review in opened if review.year == 2024} == {V.PUBLISHED}


def test_reviews_of_the_last_year_stand_at_every_stage(opened):
    states = {review.status for review in opened if review.year == 2025}
    assert states >= set(V) - {V.PUBLISHED}


def test_a_preliminary_result_may_still_be_objected_to(opened):
    preliminary = [review for review in opened if review.status is V.PRELIMINARY]
    assert preliminary
    assert all(not objection(review).is_overdue(annual_reviews.SHIPPED, day_of(NOON))
               for review in preliminary)


def test_whoever_scored_did_not_make_it_final(opened):
    final = [review for review in opened if review.finalised_by_id]
    assert final
    assert all(review.finalised_by_id != review.scorer_id for review in final)


def test_objections_have_answers_and_are_kept(opened):
    answered = [review for review in opened if review.answer]
    assert answered
    assert all(review.objection and review.objected_at < review.answered_at for review in answered)


def test_grades_differ(opened):
    grades = Counter(review.grade for review in opened if review.grade)
    assert len(grades) >= 2


@pytest.mark.parametrize("index", range(6))
def test_marks_never_leave_their_range(index):
    with clock.at(NOON):
        given = assessment(index)
        weights = {part.code: part.weight for part in regime_on(day_of(NOON)).supervision.review}
    assert given.marks.keys() == given.reasons.keys() == weights.keys()
    assert all(0 <= mark <= weights[code] for code, mark in given.marks.items())


def test_the_best_holder_loses_nothing():
    with clock.at(NOON):
        weights = [part.weight for part in regime_on(day_of(NOON)).supervision.review]
        assert sum(assessment(0).marks.values()) == sum(weights)


def test_every_day_of_a_season_is_a_life():
    assert len(reviews(2025, NOON)) == len(annual_reviews._UNDER_WAY_STAGES)


def test_last_years_reviews_are_opened_lately(opened):
    opened_on = [review.opened_at for review in opened if review.year == 2025]
    assert min(opened_on) > start_of(day_of(NOON)) - annual_reviews._UNDER_WAY
