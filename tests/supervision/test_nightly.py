from datetime import timedelta

import pytest

from broker_admin.clock import day_of
from broker_admin.permissions import SYSTEM
from broker_admin.supervision import nightly
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.supervision.factories import FEBRUARY, make_review

LATER = FEBRUARY + timedelta(days=40)


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def run(verb, at):
    return verb(day_of(at), actor=SYSTEM, at=at)


def test_unopposed_results_become_final_in_time():
    made = make_review(V.PRELIMINARY)
    assert run(nightly.finalise_reviews, FEBRUARY + timedelta(days=1)) == 0
    assert made.review.status is V.PRELIMINARY
    assert run(nightly.finalise_reviews, LATER) == 1
    assert made.review.status is V.FINAL


def test_running_again_changes_nothing_more():
    made = make_review(V.PRELIMINARY)
    run(nightly.finalise_reviews, LATER)
    assert run(nightly.finalise_reviews, LATER) == 0
    assert made.review.grade == "A"


@pytest.mark.parametrize("status", [V.OPEN, V.SCORED, V.OBJECTED, V.ANSWERED])
def test_other_reviews_wait_for_somebody(status):
    made = make_review(status)
    assert run(nightly.finalise_reviews, LATER) == 0
    assert made.review.status is status


def test_final_grades_are_published():
    made, other = make_review(V.FINAL), make_review(V.ANSWERED)
    assert run(nightly.publish_reviews, LATER) == 1
    assert (made.review.status, other.review.status) == (V.PUBLISHED, V.ANSWERED)
    assert made.review.published_on == day_of(LATER)
