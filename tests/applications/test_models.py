from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from broker_admin.applications.models import Application, ClockStop, Correction, Decision
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from tests.applications.factories import REFUSAL, Made, make_application

pytestmark = pytest.mark.usefixtures("in_request")
HANDED_IN = [S.SUBMITTED, S.CORRECTION_REQUIRED, S.UNDER_REVIEW, S.EXPERT_REVIEW, S.DECISION_PENDING,
             S.APPROVED, S.REFUSED, S.NOT_ACCEPTED]
ACCEPTED = HANDED_IN[2:7]
PROPOSED = [S.DECISION_PENDING, S.APPROVED, S.REFUSED]
DECIDED = [S.APPROVED, S.REFUSED]


def refused_by_the_database(model, **values):
    """Whether the database itself refuses to change a row of this table so."""
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.execute(sa.update(model).values(values))
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(("column", "status"), [
    *[("submitted_at", status) for status in HANDED_IN],
    *[("receipt_number", status) for status in HANDED_IN],
    *[("accepted_on", status) for status in ACCEPTED],
    *[("reviewer_id", status) for status in PROPOSED],
    *[("decided_at", status) for status in DECIDED],
    *[("decider_id", status) for status in DECIDED]])
def test_no_state_without_what_led_there(column, status):
    make_application(status)
    assert refused_by_the_database(Application, **{column: None})


@pytest.mark.parametrize("status", sorted(set(S) - {S.APPROVED, S.REFUSED}))
def test_no_moment_of_decision_without_a_decision(status):
    made = make_application(status)
    assert refused_by_the_database(Application, decided_at=made.at)
    assert refused_by_the_database(Application, decider_id=made.decider.id)


@pytest.mark.parametrize("status", DECIDED)
def test_whoever_proposed_is_never_the_decider(status):
    made = make_application(status)
    assert refused_by_the_database(Application, decider_id=made.reviewer.id)


def test_a_state_nobody_knows_is_refused():
    make_application()
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.text("UPDATE application SET status = 'lost'"))


@pytest.mark.parametrize("column", ["reference", "receipt_number"])
def test_no_two_applications_share_a_number(column):
    first, _ = make_application(S.SUBMITTED), make_application(S.SUBMITTED)
    value = getattr(first.application, column)
    assert refused_by_the_database(Application, **{column: value})


def test_an_organisation_has_one_unfinished_application():
    first, second = Made(), Made()
    second.withdraw()
    assert not refused_by_the_database(Application, organization_id=first.organization.id)
    second.application.status = S.DRAFT
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.flush()


@pytest.mark.parametrize("status", [S.WITHDRAWN, S.REFUSED, S.NOT_ACCEPTED])
def test_ended_ones_leave_room_for_another(status):
    ended, fresh = make_application(status), Made()
    assert not refused_by_the_database(Application, organization_id=ended.organization.id)
    assert fresh.application.status is S.DRAFT


def test_a_stop_does_not_end_before_it_began():
    made = make_application(S.EXPERT_REVIEW)
    began = made.application.open_stop.began_on
    assert refused_by_the_database(ClockStop, ended_on=began - timedelta(days=1))
    assert not refused_by_the_database(ClockStop, ended_on=began)


@pytest.mark.parametrize("values", [{"grade": None}, {"broker_type": None}, {"granted": False}])
def test_a_grant_keeps_all_its_terms(values):
    make_application(S.APPROVED)
    assert refused_by_the_database(Decision, **values)


@pytest.mark.parametrize("values", [{"grade": 2}, {"broker_type": "DATA"}, {"granted": True}])
def test_a_refusal_has_no_terms(values):
    make_application(S.REFUSED, outcome=REFUSAL)
    assert refused_by_the_database(Decision, **values)


def test_there_is_one_decision_per_application():
    first, second = make_application(S.APPROVED), make_application(S.REFUSED)
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(Decision).where(Decision.id == second.application.decision.id)
                           .values(application_id=first.application.id))


def test_no_two_notices_share_their_number():
    for _ in range(2):
        make_application(S.CORRECTION_REQUIRED)
    assert refused_by_the_database(Correction, document_number="粤数经补〔2026〕00001号")


@pytest.mark.parametrize("status", [S.DECISION_PENDING, S.APPROVED])
def test_officers_who_prepared_it_are_barred(status):
    made = make_application(status)
    assert made.application.barred_ids == {made.intake_officer.id, made.reviewer.id}


def test_nobody_is_barred_from_a_draft():
    assert Made().application.barred_ids == frozenset()


def test_its_party_is_the_organisation():
    made = Made()
    assert made.application.party_organization_ids == {made.organization.id}
    assert made.application.party_ids == frozenset()


def test_an_answered_notice_waits_no_longer():
    made = make_application(S.CORRECTION_REQUIRED)
    assert made.application.correction.tasks == {"technology"}
    made.correct("technology")
    made.submit()
    assert made.application.correction is None
    assert len(made.application.corrections) == 1


def test_a_stop_that_ended_is_open_no_more():
    made = make_application(S.EXPERT_REVIEW)
    assert made.application.open_stop.ended_on is None
    made.end_expert_review()
    assert made.application.open_stop is None


def test_answers_of_one_task_come_back_whole():
    made = Made()
    made.application.answer("people", {"legal_rep_name": "陈怡"}, {"legal_rep_mobile": "13800138000"})
    assert made.application.answers_of("people") == {
        "legal_rep_name": "陈怡", "legal_rep_mobile": "13800138000"}
    assert made.application.answers == {"people": {"legal_rep_name": "陈怡"}}


def test_tasks_do_not_mix_their_sealed_answers():
    made = Made()
    made.application.answer("people", {}, {"legal_rep_mobile": "13800138000"})
    made.application.answer("staff", {"staff": []}, {})
    assert made.application.answers_of("staff") == {"staff": []}
    assert made.application.answers_of("people") == {"legal_rep_mobile": "13800138000"}


def test_nothing_answered_is_an_empty_answer():
    assert Made().application.answers_of("matter") == {}


def test_remedies_run_from_the_day_of_decision():
    decision = make_application(S.REFUSED).application.decision
    assert isinstance(decision.reconsider_by, date)
    assert decision.decided_on < decision.reconsider_by < decision.sue_by
