from datetime import UTC, date, datetime

import pytest

from broker_admin.applications import intake
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.ledger import Message
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from tests.applications.factories import make_application

# Wednesday before the National Day holiday: five working days end on 13 October.
BEFORE_HOLIDAY = datetime(2026, 9, 30, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def test_a_correction_notice_lists_everything_once():
    made = make_application(S.SUBMITTED, at=BEFORE_HOLIDAY)
    made.require_correction("technology", "documents")
    notice = made.application.correction
    assert notice.tasks == {"technology", "documents"}
    assert notice.document_number == "粤数经补〔2026〕00001号"
    message = db.session.scalars(db.select(Message).order_by(Message.id.desc())).first()
    assert "2026-10-20" in message.body


def test_a_second_correction_notice_is_refused():
    made = make_application(S.SUBMITTED)
    made.require_correction()
    made.application.correction.answered_at = made.at
    made.application.status = S.SUBMITTED
    with pytest.raises(Refused, match="one notice"):
        made.require_correction()


def test_a_late_correction_notice_is_refused():
    made = make_application(S.SUBMITTED, at=BEFORE_HOLIDAY).wait(days=14)
    with pytest.raises(Refused, match="accepted since"):
        made.require_correction()
    assert made.application.status is S.SUBMITTED


def test_accepting_counts_from_the_day_of_receipt():
    made = make_application(S.SUBMITTED, at=BEFORE_HOLIDAY).wait(days=9)
    made.accept()
    assert made.application.accepted_on == date(2026, 9, 30)
    assert intake.decide_by(made.application, SHIPPED) == "2026-11-03"


@pytest.mark.parametrize(("days", "deemed"), [(13, False), (14, True)])
def test_silence_counts_as_acceptance(days, deemed):
    made = make_application(S.SUBMITTED, at=BEFORE_HOLIDAY).wait(days=days)
    assert intake.deem_accepted(made.application, calendar=SHIPPED, at=made.at) is deemed
    assert made.application.deemed is deemed
    assert made.application.accepted_on == (date(2026, 9, 30) if deemed else None)


@pytest.mark.parametrize(("days", "lapsed"), [(20, False), (21, True)])
def test_uncorrected_applications_lapse(days, lapsed):
    made = make_application(S.CORRECTION_REQUIRED, at=BEFORE_HOLIDAY).wait(days=days)
    assert intake.lapse(made.application, calendar=SHIPPED, at=made.at) is lapsed
    assert (made.application.status is S.WITHDRAWN) is lapsed


def test_declining_keeps_ground_and_explanation():
    made = make_application(S.SUBMITTED)
    intake.decline(made.application, ground="NOT_NEEDED", explanation="No license is needed.",
                   actor=made.intake_officer, at=made.at)
    assert (made.application.status, made.application.ended_reason) == (
        S.NOT_ACCEPTED, "No license is needed.")


def test_document_numbers_have_no_gap():
    made = make_application()
    numbers = [intake.next_document("受", made.at) for _ in range(3)]
    year = day_of(made.at).year
    assert numbers == [f"粤数经受〔{year}〕0000{n}号" for n in (1, 2, 3)]
