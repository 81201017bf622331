import pytest
from sqlalchemy import select

from broker_admin.applications import filing, queries
from broker_admin.applications.checklist import TaskState
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.ledger import Message
from broker_admin.refusals import Refused
from broker_admin.rules.regime import regime_on
from broker_admin.workflow import TransitionRefused
from tests.applications.factories import ANSWERS, Made, make_application
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def _states(made):
    return filing.task_states(made.application, queries.attached_codes(made.application))


def test_one_unfinished_application_per_organisation():
    made = make_application()
    with pytest.raises(Refused, match=made.application.reference):
        filing.start(made.organization, regime=regime_on(day_of(made.at)), actor=made.applicant,
                     at=made.at)


def test_a_new_one_may_follow_a_withdrawn_one():
    made = make_application()
    filing.withdraw(made.application, reason="", actor=made.applicant, at=made.at)
    again = filing.start(made.organization, regime=regime_on(day_of(made.at)),
                         actor=made.applicant, at=made.at)
    assert again.status is S.DRAFT


def test_the_signature_waits_for_everything_else():
    made = Made()
    assert _states(made)["commitments"] is TaskState.CANNOT_START
    made.fill_in()
    assert set(_states(made).values()) == {TaskState.COMPLETED}


def test_a_later_change_takes_the_signature_back():
    made = Made()
    made.fill_in()
    public, personal = ANSWERS["technology"]
    filing.answer(made.application, "technology", public=public, personal=personal, complete=True,
                  actor=made.applicant, at=made.at)
    assert _states(made)["commitments"] is TaskState.NOT_STARTED


def test_personal_answers_are_sealed_at_rest():
    made = Made()
    made.fill_in()
    db.session.flush()
    stored = db.session.execute(db.text(
        "SELECT CAST(answers AS TEXT) || sealed_answers FROM application")).scalar_one()
    assert "440106199901010019" not in stored
    assert made.application.answers_of("people")["legal_rep_mobile"] == "13800138000"


def test_an_incomplete_application_is_not_submitted():
    made = Made()
    with pytest.raises(Refused, match="every task"):
        made.submit()
    assert made.application.status is S.DRAFT


def test_submitting_gives_a_receipt_and_tells():
    made = make_application(S.SUBMITTED)
    assert len(made.application.receipt_number) == 13
    assert made.application.received_on == day_of(made.at)
    titles = db.session.scalars(select(Message.title)).all()
    assert titles == [f"{made.application.reference}: we have received the application"]


def test_only_members_submit():
    made = Made()
    made.fill_in()
    with pytest.raises(TransitionRefused):
        filing.submit(made.application, attached=queries.attached_codes(made.application),
                      actor=make_user(), at=made.at)


def test_what_is_submitted_cannot_be_changed():
    made = make_application(S.SUBMITTED)
    with pytest.raises(Refused, match="cannot be changed"):
        filing.answer(made.application, "matter", public={}, personal={}, complete=True,
                      actor=made.applicant, at=made.at)


def test_a_correction_reopens_only_what_it_lists():
    made = make_application(S.CORRECTION_REQUIRED)
    assert set(filing.open_tasks(made.application)) == {"technology", "commitments"}
    with pytest.raises(Refused):
        filing.require_open(made.application, "matter")
    assert _states(made)["technology"] is TaskState.PROBLEM


def test_corrections_are_handed_in_again():
    made = make_application(S.CORRECTION_REQUIRED).wait(days=2)
    receipt = made.application.receipt_number
    for task in ("technology", "commitments"):
        public, personal = ANSWERS[task]
        filing.answer(made.application, task, public=public, personal=personal, complete=True,
                      actor=made.applicant, at=made.at)
    made.submit()
    assert made.application.status is S.SUBMITTED
    assert made.application.received_on == day_of(made.at)
    assert made.application.receipt_number == receipt


@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED, S.CORRECTION_REQUIRED, S.UNDER_REVIEW,
                                    S.DECISION_PENDING])
def test_an_application_can_be_withdrawn_until_decided(status):
    made = make_application(status)
    filing.withdraw(made.application, reason="Plans changed.", actor=made.applicant, at=made.at)
    assert (made.application.status, made.application.ended_reason) == (
        S.WITHDRAWN, "Plans changed.")


def test_a_decided_application_cannot_be_withdrawn():
    made = make_application(S.APPROVED)
    with pytest.raises(TransitionRefused):
        filing.withdraw(made.application, reason="", actor=made.applicant, at=made.at)
