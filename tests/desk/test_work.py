from datetime import UTC, datetime

import pytest

from broker_admin.applications import review
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.desk.work import VIEWS, View, Work, waiting_for
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from tests.applications.factories import make_application
from tests.factories import make_user

NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def _shown(actor, made, view=View.ALL):
    work = waiting_for(actor, SHIPPED, day_of(made.at))
    return [line.reference for line in work if VIEWS[view][1](line)]


@pytest.mark.parametrize(("status", "role"), [
    (S.SUBMITTED, Role.INTAKE_OFFICER), (S.UNDER_REVIEW, Role.REVIEWER),
    (S.DECISION_PENDING, Role.DECIDER)])
def test_a_case_waits_for_whose_step_it_is(status, role):
    made = make_application(status)
    for other in (Role.INTAKE_OFFICER, Role.REVIEWER, Role.DECIDER):
        expected = [made.application.reference] if other is role else []
        assert _shown(make_user(other), made) == expected


def test_whoever_proposed_is_not_asked_to_decide():
    made = make_application(S.DECISION_PENDING)
    made.reviewer.grants.extend(make_user(Role.DECIDER).grants)
    assert _shown(made.reviewer, made) == []


def test_the_most_urgent_comes_first():
    late, fresh = make_application(S.SUBMITTED, at=NOON), make_application(S.SUBMITTED, at=NOON)
    late.wait(days=3)
    fresh.application.received_on = day_of(late.at)
    shown = _shown(make_user(Role.INTAKE_OFFICER), late)
    assert shown == [late.application.reference, fresh.application.reference]


@pytest.mark.parametrize(("days", "view"), [(4, View.SOON), (9, View.OVERDUE)])
def test_tiles_count_what_is_urgent(days, view):
    made = make_application(S.SUBMITTED, at=NOON).wait(days=days)
    officer = make_user(Role.INTAKE_OFFICER)
    assert _shown(officer, made, view) == [made.application.reference]
    assert _shown(officer, made, View.UNASSIGNED) == [made.application.reference]


def test_a_stopped_clock_is_not_urgent():
    made = make_application(S.UNDER_REVIEW, at=NOON)
    review.begin_expert_review(made.application, reason="Scores.", actor=made.reviewer, at=made.at)
    made.wait(days=90)
    assert _shown(made.reviewer, made, View.STOPPED) == [made.application.reference]
    assert _shown(made.reviewer, made, View.OVERDUE) == []


def line(**changes):
    return Work(**{
        "reference": "SQ-2026-000001", "url": "/", "matter": "License application", "about": "A",
        "stage": "B", "officer": None,
        "due": None, "days_left": None, "stopped": False, "overdue": False, **changes})


@pytest.mark.parametrize(("days_left", "stopped", "overdue", "soon"), [
    (0, False, False, True), (3, False, False, True), (4, False, False, False), (-1, False, True, False),
    (0, False, True, False), (2, True, False, False), (None, False, False, False)])
def test_soon_is_within_three_working_days(days_left, stopped, overdue, soon):
    assert line(days_left=days_left, stopped=stopped, overdue=overdue).is_soon is soon


@pytest.mark.parametrize(("view", "changes"), [
    (View.OVERDUE, {"overdue": True}), (View.SOON, {"days_left": 1}),
    (View.STOPPED, {"stopped": True}), (View.UNASSIGNED, {"officer": None})])
def test_each_view_shows_its_own_lines(view, changes):
    plain = line(officer="Person 1", days_left=9)
    assert VIEWS[view][1](line(**{"officer": "Person 1", **changes}))
    assert not VIEWS[view][1](plain)
    assert VIEWS[View.ALL][1](plain)


@pytest.mark.parametrize("status", [S.DRAFT, S.APPROVED, S.REFUSED, S.WITHDRAWN, S.NOT_ACCEPTED])
def test_what_asks_for_nothing_waits_for_nobody(status):
    made = make_application(status)
    for role in (Role.INTAKE_OFFICER, Role.REVIEWER, Role.DECIDER):
        assert _shown(make_user(role), made) == []


@pytest.mark.parametrize("role", [
    Role.ADMINISTRATOR, Role.AUDITOR, Role.EXAM_ADMIN, Role.QUESTION_AUTHOR, Role.LEGAL_REVIEWER])
def test_nothing_waits_for_who_takes_no_step(role):
    made = make_application(S.SUBMITTED)
    assert _shown(make_user(role), made) == []


def test_a_line_says_what_it_is_about():
    made = make_application(S.UNDER_REVIEW, at=NOON)
    [work] = waiting_for(made.reviewer, SHIPPED, day_of(made.at))
    assert (work.matter, work.about) == ("资格认定申请", made.organization.name)
    assert (work.officer, str(work.due), work.days_left) == (made.intake_officer.name, "2026-10-22", 20)
    assert work.url.endswith(f"/applications/{made.application.reference}/case")


def test_a_day_off_after_the_last_day_is_overdue():
    made = make_application(S.SUBMITTED, at=NOON).wait(days=8)
    [work] = waiting_for(made.intake_officer, SHIPPED, day_of(made.at))
    assert (str(work.due), work.overdue, work.is_soon) == ("2026-09-24", True, False)


def test_an_earlier_proposer_is_not_asked_to_decide():
    made = make_application(S.DECISION_PENDING)
    earlier, made.reviewer = made.reviewer, make_user(Role.REVIEWER)
    earlier.grants.extend(make_user(Role.DECIDER).grants)
    made.send_back()
    made.propose()
    assert _shown(earlier, made) == []
    assert _shown(made.decider, made) == [made.application.reference]


def test_an_officer_of_the_applicant_is_not_asked():
    made = make_application(S.SUBMITTED)
    made.applicant.grants.extend(make_user(Role.INTAKE_OFFICER).grants)
    assert _shown(made.applicant, made) == []


def test_what_was_never_handed_in_is_on_no_desk():
    made = make_application(S.DRAFT)
    made.withdraw()
    assert _shown(made.intake_officer, made) == []


@pytest.mark.parametrize("days", [0, 4, 9])
def test_equally_urgent_lines_keep_their_numbers_order(days):
    first, second = make_application(S.SUBMITTED, at=NOON), make_application(S.SUBMITTED, at=NOON)
    first.wait(days=days)
    assert _shown(first.intake_officer, first) == [
        first.application.reference, second.application.reference]


def test_running_clocks_come_before_stopped_ones():
    stopped = make_application(S.EXPERT_REVIEW, at=NOON)
    running = make_application(S.UNDER_REVIEW, at=NOON)
    assert _shown(stopped.reviewer, stopped) == [
        running.application.reference, stopped.application.reference]


def test_nobody_works_on_it_before_it_is_taken():
    made = make_application(S.SUBMITTED, at=NOON)
    [work] = waiting_for(made.intake_officer, SHIPPED, day_of(made.at))
    assert work.officer is None
    assert VIEWS[View.UNASSIGNED][1](work)


def test_the_reviewer_answers_for_it_after_the_proposal():
    made = make_application(S.DECISION_PENDING, at=NOON)
    [work] = waiting_for(made.decider, SHIPPED, day_of(made.at))
    assert work.officer == made.reviewer.name
