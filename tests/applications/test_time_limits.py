from datetime import UTC, date, datetime

import pytest

from broker_admin.applications import time_limits
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.rules.calendar import SHIPPED
from broker_admin.time_words import clock_of
from tests.applications.factories import make_application

pytestmark = pytest.mark.usefixtures("in_request")
# A Friday; the National Day holiday of 2026 lies inside the period for the decision.
NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)
TODAY = date(2026, 9, 18)


def due(made):
    deadline = time_limits.running(made.application)
    return str(deadline.due(SHIPPED)) if deadline else None


@pytest.mark.parametrize(("status", "code", "day"), [
    (S.SUBMITTED, "correction_notice", "2026-09-24"),
    (S.CORRECTION_REQUIRED, "correction_supply", "2026-10-09"),
    (S.UNDER_REVIEW, "decision", "2026-10-22"),
    (S.DECISION_PENDING, "decision", "2026-10-22")])
def test_one_limit_runs_in_each_state(status, code, day):
    made = make_application(status, at=NOON)
    assert time_limits.running(made.application).limit.code == code
    assert due(made) == day


@pytest.mark.parametrize("status", [
    S.DRAFT, S.APPROVED, S.REFUSED, S.NOT_ACCEPTED, S.WITHDRAWN])
def test_no_limit_runs_before_or_after(status):
    made = make_application(status, at=NOON)
    assert time_limits.running(made.application) is None
    assert time_limits.decision_period(made.application) is None


def test_experts_leave_the_last_day_open():
    made = make_application(S.EXPERT_REVIEW, at=NOON)
    assert time_limits.running(made.application).due(SHIPPED) is None
    assert time_limits.running(made.application).is_stopped(TODAY)


def test_the_days_of_experts_do_not_count():
    made = make_application(S.EXPERT_REVIEW, at=NOON).wait(days=7)
    made.end_expert_review()
    assert due(made) == "2026-10-29"


def test_two_expert_reviews_stop_it_twice():
    made = make_application(S.EXPERT_REVIEW, at=NOON).wait(days=3)
    made.end_expert_review()
    once = due(made)
    made.wait(days=1)
    made.begin_expert_review()
    made.wait(days=7)
    made.end_expert_review()
    assert due(made) > once


def test_an_extension_is_counted_from_the_end():
    made = make_application(S.UNDER_REVIEW, at=NOON)
    made.extend()
    assert due(made) == "2026-11-05"


def test_corrections_start_the_clock_again():
    made = make_application(S.CORRECTION_REQUIRED, at=NOON).wait(days=3)
    made.correct("technology")
    made.submit()
    assert time_limits.running(made.application).start == date(2026, 9, 21)


def test_the_clock_starts_by_the_local_day():
    made = make_application(S.SUBMITTED, at=datetime(2026, 9, 17, 16, 30, tzinfo=UTC))
    assert made.application.received_on == TODAY


def test_the_law_of_the_opening_day_governs():
    made = make_application(S.SUBMITTED, at=NOON)
    assert time_limits.regime_of(made.application).version == made.application.regime
    assert made.application.regime.endswith("2026-04-15")


@pytest.mark.parametrize(("status", "sentences"), [
    (S.SUBMITTED, ["Begins on 2026-09-18; that day itself is not counted.", "Last day: 2026-09-24."]),
    (S.UNDER_REVIEW, ["20 working days counted, from 2026-09-19 to 2026-10-22.",
                      "Days off from 2026-10-01 to 2026-10-07 are not counted.",
                      "Last day: 2026-10-22."])])
def test_the_reckoning_is_told_step_by_step(status, sentences):
    made = make_application(status, at=NOON)
    steps = clock_of(time_limits.running(made.application), SHIPPED, TODAY).steps
    assert [sentence for sentence in sentences if sentence not in steps] == []


def test_an_extension_is_told_with_its_reason():
    made = make_application(S.UNDER_REVIEW, at=NOON)
    made.extend()
    steps = clock_of(time_limits.running(made.application), SHIPPED, TODAY).steps
    assert "Extended by 10 working days on 2026-09-18: Complex." in steps


def test_a_stop_is_told_with_its_notice():
    made = make_application(S.EXPERT_REVIEW, at=NOON)
    steps = clock_of(time_limits.running(made.application), SHIPPED, TODAY).steps
    number = made.application.open_stop.document_number
    assert steps[-1] == f"The clock has stood still since 2026-09-19 (notice {number}): Scoring."
