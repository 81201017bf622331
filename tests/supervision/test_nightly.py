from datetime import timedelta

import pytest
from sqlalchemy import select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import SYSTEM
from broker_admin.supervision import nightly
from broker_admin.supervision.queries import published_grade
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


def test_the_night_after_the_last_day_makes_it_final():
    made = make_review(V.PRELIMINARY)
    # Five working days from the tenth, over the Spring Festival: the last is the 24th.
    assert run(nightly.finalise_reviews, FEBRUARY.replace(day=24)) == 0
    assert run(nightly.finalise_reviews, FEBRUARY.replace(day=25)) == 1
    assert (made.review.grade, made.review.finalised_by_id) == ("A", None)


def test_what_time_made_final_is_recorded_and_told():
    made = make_review(V.PRELIMINARY)
    run(nightly.finalise_reviews, LATER)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.name == "review.finalised")).one()
    assert entry.actor_id is None
    assert entry.facts == {"grade": "A", "unopposed": True}
    told = db.session.scalars(select(Message).where(Message.name == "review.finalised")).one()
    assert told.recipient_id == made.holder.id


def test_several_windows_end_in_one_night():
    for _ in range(3):
        make_review(V.PRELIMINARY)
    assert run(nightly.finalise_reviews, LATER) == 3
    assert run(nightly.publish_reviews, LATER) == 3


def test_a_grade_is_published_once():
    make_review(V.FINAL)
    run(nightly.publish_reviews, LATER)
    assert run(nightly.publish_reviews, LATER + timedelta(days=1)) == 0
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.name == "review.published")).all()
    assert len(entries) == 1


def test_the_register_knows_the_grade_the_morning_after():
    made = make_review(V.PRELIMINARY)
    run(nightly.finalise_reviews, LATER)
    assert published_grade(made.license) is None
    run(nightly.publish_reviews, LATER)
    assert published_grade(made.license) == "A"


@pytest.mark.parametrize("verb", [nightly.finalise_reviews, nightly.publish_reviews])
def test_a_night_without_work_does_nothing(verb):
    assert run(verb, LATER) == 0
