from datetime import UTC, datetime

import pytest

from broker_admin.applications import review
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.desk.work import VIEWS, View, waiting_for
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
