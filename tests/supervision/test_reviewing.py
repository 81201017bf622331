from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from broker_admin.audit.queries import history
from broker_admin.db import db
from broker_admin.ledger import Message
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.supervision import reviewing
from broker_admin.supervision.queries import published_grade
from broker_admin.supervision.reviewing import Assessment
from broker_admin.supervision.workflow import ReviewStatus as V
from broker_admin.supervision.workflow import Veto
from broker_admin.workflow import TransitionRefused
from tests.factories import make_user
from tests.supervision.factories import GOOD, assess, make_review

# The Thursday before the eight days off around the National Day of 2026.
SEPTEMBER = datetime(2026, 9, 24, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize("status", list(V))
def test_every_state_can_be_reached(status):
    made = make_review(status)
    db.session.commit()
    assert made.review.status is status


def test_a_year_is_reviewed_once():
    made = make_review()
    with pytest.raises(Refused, match="open already"):
        reviewing.open_review(made.license, year=2025, actor=made.officer, at=made.at)


@pytest.mark.parametrize("year", [2024, 2026, 2030])
def test_only_a_past_year_of_validity_is_reviewed(year):
    made = make_review()
    with pytest.raises(Refused, match="cannot be reviewed"):
        reviewing.open_review(made.license, year=year, actor=made.officer, at=made.at)


def test_a_decider_does_not_open_reviews():
    made = make_review()
    with pytest.raises(TransitionRefused):
        reviewing.open_review(made.license, year=2025, actor=made.decider, at=made.at)


def test_scoring_gives_a_grade_with_reasons():
    score = make_review(V.SCORED).review.score
    assert (score.total, score.grade) == (90, "A")
    assert [why["why"] for why in score.explanation] == ["part"] * 5 + ["threshold"]


@pytest.mark.parametrize("given", [
    Assessment(marks={**GOOD, "credit": 11}, reasons=dict.fromkeys(GOOD, "Seen.")),
    Assessment(marks=GOOD, reasons={}),
    Assessment(marks=GOOD, reasons={**dict.fromkeys(GOOD, "Seen."), "credit": " "}),
])
def test_a_score_needs_fitting_marks_and_reasons(given):
    made = make_review()
    with pytest.raises(Refused, match="Give"):
        reviewing.score(made.review, given, actor=made.officer, at=made.at)
    assert made.review.scores == []


def test_a_score_may_be_amended_before_it_is_told():
    made = make_review(V.SCORED)
    made.score(vetoes=[Veto.CERTIFICATE_LENT])
    assert [score.grade for score in made.review.scores] == ["A", "D"]


def test_the_holder_is_told_until_when_to_object():
    make_review(V.PRELIMINARY, at=SEPTEMBER)
    told = db.session.scalars(select(Message).where(
        Message.name == "review.announced")).one()
    assert "object by 2026-10-09" in told.body


def test_an_objection_counts_until_the_last_day():
    made = make_review(V.PRELIMINARY, at=SEPTEMBER).wait(days=15)
    made.object()
    assert (made.review.status, str(made.at.date())) == (V.OBJECTED, "2026-10-09")


def test_an_objection_after_the_window_is_refused():
    made = make_review(V.PRELIMINARY, at=SEPTEMBER).wait(days=16)
    with pytest.raises(Refused, match="2026-10-09"):
        made.object()
    assert made.review.objection is None


def test_the_scorer_hears_of_the_objection():
    made = make_review(V.OBJECTED)
    told = db.session.scalars(select(Message.recipient_id).where(
        Message.name == "review.objected")).all()
    assert told == [made.officer.id]


def test_an_answer_may_amend_the_score():
    made = make_review(V.OBJECTED)
    made.answer(amended=assess({**GOOD, "compliance": 20}))
    assert [score.grade for score in made.review.scores] == ["A", "C"]


def test_an_answer_may_leave_the_score():
    made = make_review(V.ANSWERED)
    assert len(made.review.scores) == 1


@pytest.mark.parametrize("days", [0, 5, 15])
def test_no_grade_is_final_within_the_window(days):
    made = make_review(V.PRELIMINARY, at=SEPTEMBER).wait(days=days)
    for actor in (made.decider, SYSTEM):
        with pytest.raises(Refused, match="may object until"):
            made.finalise(actor)
    assert made.review.grade is None


def test_after_the_window_time_makes_it_final():
    made = make_review(V.PRELIMINARY, at=SEPTEMBER).wait(days=16)
    made.finalise(SYSTEM)
    assert (made.review.status, made.review.grade, made.review.finalised_by_id) == (V.FINAL, "A", None)


def test_time_alone_does_not_overrule_an_objection():
    made = make_review(V.ANSWERED).wait(days=60)
    with pytest.raises(TransitionRefused):
        made.finalise(SYSTEM)


def test_an_unanswered_objection_blocks_the_grade():
    made = make_review(V.OBJECTED).wait(days=60)
    with pytest.raises(TransitionRefused):
        made.finalise()


def test_whoever_scored_or_answered_does_not_finalise():
    made = make_review(V.ANSWERED)
    made.officer.grants.extend(make_user(Role.DECIDER).grants)
    with pytest.raises(TransitionRefused):
        made.finalise(made.officer)


def test_the_database_knows_the_two_people_rule():
    made = make_review(V.FINAL)
    made.review.finalised_by_id = made.officer.id
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("column", ["grade", "finalised_at"])
def test_the_database_ties_the_grade_to_the_state(column):
    made = make_review(V.FINAL)
    setattr(made.review, column, None)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_register_shows_published_grades_only():
    made = make_review(V.FINAL)
    assert published_grade(made.license) is None
    made.publish()
    db.session.flush()
    assert published_grade(made.license) == "A"


def test_every_step_is_in_the_history():
    made = make_review(V.PUBLISHED)
    db.session.commit()
    names = [entry.name.removeprefix("review.") for entry in history(made.review.reference)]
    assert names == ["opened", "scored", "announced", "objected", "answered", "finalised", "published"]


# (verb, the state in which it is open, who takes it)
VERBS = [
    ("score", V.OPEN, "officer"), ("announce", V.SCORED, "officer"), ("object", V.PRELIMINARY, "holder"),
    ("answer", V.OBJECTED, "officer"), ("finalise", V.ANSWERED, "decider"),
    ("publish", V.FINAL, "decider"),
]
WRONG = [(verb, status, person, wrong) for verb, status, person in VERBS
         for wrong in ("officer", "decider", "holder", "stranger", "auditor") if wrong != person]


@pytest.mark.parametrize(("verb", "status", "person", "wrong"), WRONG)
def test_nobody_else_takes_a_step(verb, status, person, wrong):
    made = make_review(status)
    made.stranger, made.auditor = make_user(), make_user(Role.AUDITOR)
    setattr(made, person, getattr(made, wrong))
    with pytest.raises(TransitionRefused, match="You may not take this step"):
        getattr(made, verb)()
    assert made.review.status is status


# Scoring alone may be repeated, until the holder is told.
@pytest.mark.parametrize(("verb", "status", "person"), VERBS[1:])
def test_a_step_is_not_taken_twice(verb, status, person):
    made = make_review(status)
    getattr(made, verb)()
    reached = made.review.status
    with pytest.raises(TransitionRefused, match="already moved on"):
        getattr(made, verb)()
    assert made.review.status is reached


@pytest.mark.parametrize(("verb", "status", "person"), [row for row in VERBS if row[2] != "holder"])
def test_an_interested_officer_is_an_outsider(verb, status, person):
    made = make_review(status)
    made.review.organization.memberships[0].user = getattr(made, person)
    db.session.flush()
    with pytest.raises(TransitionRefused):
        getattr(made, verb)()
    assert made.review.status is status


@pytest.mark.parametrize("status", sorted(set(V) - {V.OPEN, V.SCORED}))
def test_no_score_is_changed_once_it_is_told(status):
    made = make_review(status)
    with pytest.raises(TransitionRefused):
        made.score()
    assert len(made.review.scores) == 1


def test_a_final_grade_is_the_latest_score():
    made = make_review(V.OBJECTED)
    made.answer(amended=assess({**GOOD, "compliance": 20}))
    made.finalise()
    assert (made.review.grade, made.review.scores[0].grade) == ("C", "A")


def test_an_amended_score_needs_its_reasons_too():
    made = make_review(V.OBJECTED)
    with pytest.raises(Refused, match="Give the reasons"):
        made.answer(amended=Assessment(marks=GOOD, reasons={}))
    assert len(made.review.scores) == 1


def test_reasons_are_kept_part_by_part():
    made = make_review(V.OPEN)
    reasons = {part: f"Because of {part}." for part in GOOD}
    given = Assessment(marks=GOOD, reasons=reasons)
    reviewing.score(made.review, given, actor=made.officer, at=made.at)
    assert (made.review.score.reasons, made.review.score.marks) == (reasons, GOOD)


def test_who_did_what_and_when_is_kept():
    review = (made := make_review(V.PUBLISHED)).review
    assert (review.scorer_id, review.answered_by_id) == (made.officer.id, made.officer.id)
    assert review.finalised_by_id == made.decider.id
    assert {review.opened_at, review.objected_at, review.answered_at, review.finalised_at} == {made.at}
    assert str(review.told_on) == str(review.published_on) == "2026-02-10"


def test_nobody_reviews_a_license_that_had_ended():
    made = make_review()
    made.license.ended_on = date(2024, 12, 31)
    with pytest.raises(Refused, match="cannot be reviewed for 2025"):
        reviewing.open_review(made.license, year=2025, actor=made.officer, at=made.at)


def test_reviews_are_numbered_without_gaps():
    numbers = [int(make_review().review.reference[-6:]) for _ in range(3)]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
