import pytest
from werkzeug.exceptions import NotFound

from broker_admin.applications.views import desk
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.permissions import Permission, Role
from broker_admin.workflow import TransitionRefused
from tests.applications.factories import GRANT, REFUSAL, make_application
from tests.factories import make_user


@pytest.fixture
def visit(app, monkeypatch):
    """Ask a function of the desk as this person."""
    def asked(user, function, *args):
        monkeypatch.setattr(desk, "current_user", user)
        monkeypatch.setattr("broker_admin.web.current_user", user)
        return function(*args)

    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield asked


def names(transitions):
    return {transition.name for transition in transitions}


@pytest.mark.parametrize(("status", "role", "buttons"), [
    (S.SUBMITTED, Role.INTAKE_OFFICER, {"accept", "decline", "require_correction"}),
    (S.UNDER_REVIEW, Role.REVIEWER, {"begin_expert_review", "propose"}),
    (S.EXPERT_REVIEW, Role.REVIEWER, {"end_expert_review"}),
    (S.DECISION_PENDING, Role.DECIDER, {"send_back", "grant"}),
    (S.SUBMITTED, Role.REVIEWER, set()), (S.APPROVED, Role.DECIDER, set()),
    (S.UNDER_REVIEW, Role.ADMINISTRATOR, set()), (S.DECISION_PENDING, Role.AUDITOR, set())])
def test_buttons_are_the_steps_open_now(visit, status, role, buttons):
    made = make_application(status)
    assert names(visit(make_user(role), desk.steps, made.application)) == buttons


@pytest.mark.parametrize(("outcome", "button"), [(GRANT, "grant"), (REFUSAL, "refuse")])
def test_only_what_was_proposed_has_a_button(visit, outcome, button):
    made = make_application(S.DECISION_PENDING, outcome=outcome)
    assert names(visit(made.decider, desk.steps, made.application)) == {"send_back", button}


def test_after_its_one_notice_no_other_is_offered(visit):
    made = make_application(S.CORRECTION_REQUIRED)
    made.correct("technology")
    made.submit()
    assert names(visit(made.intake_officer, desk.steps, made.application)) == {"accept", "decline"}


@pytest.mark.parametrize("status", sorted(set(S) - {S.DRAFT}))
def test_what_was_handed_in_is_found(visit, status):
    made = make_application(status)
    found = visit(made.reviewer, desk.filed, made.application.reference, Permission.APPLICATION_READ)
    assert found is made.application


def test_a_draft_is_found_by_its_party_alone(visit):
    made = make_application()
    asked = made.application.reference, Permission.APPLICATION_READ
    assert visit(made.applicant, desk.filed, *asked) is made.application
    for role in Role:
        with pytest.raises(NotFound):
            visit(make_user(role), desk.filed, *asked)


@pytest.mark.parametrize(("name", "status", "who"), [
    ("accept", S.SUBMITTED, "intake_officer"), ("propose", S.UNDER_REVIEW, "reviewer"),
    ("grant", S.DECISION_PENDING, "decider")])
def test_a_step_opens_to_its_officer(visit, name, status, who):
    made = make_application(status)
    user = getattr(made, who)
    assert visit(user, desk.opened, name, made.application.reference) is made.application
    with pytest.raises(NotFound):
        visit(made.applicant, desk.opened, name, made.application.reference)


@pytest.mark.parametrize("name", ["accept", "decline", "require_correction"])
def test_a_step_taken_opens_to_nobody(visit, name):
    made = make_application(S.UNDER_REVIEW)
    with pytest.raises(TransitionRefused, match="moved on"):
        visit(made.intake_officer, desk.opened, name, made.application.reference)


def test_an_unknown_number_opens_nothing(visit):
    with pytest.raises(NotFound):
        visit(make_user(Role.REVIEWER), desk.opened, "propose", "SQ-2026-999999")
