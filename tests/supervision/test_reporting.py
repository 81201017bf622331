from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from broker_admin.audit.queries import history
from broker_admin.db import db
from broker_admin.ledger import Message
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.supervision import reporting
from broker_admin.supervision.models import AnnualReport
from broker_admin.supervision.workflow import ReportStatus as R
from broker_admin.workflow import TransitionRefused
from tests.factories import make_member, make_user
from tests.supervision.factories import ANSWERS, APRIL, FEBRUARY, MadeReport, make_holder


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def test_starting_twice_gives_the_same_report():
    made = MadeReport()
    again = reporting.start(made.license, actor=made.holder, at=made.at)
    assert again is made.report
    assert (again.year, again.reference[:8], again.status) == (2025, "NB-2026-", R.DRAFT)


def test_whoever_was_licensed_later_reports_later():
    holder, license = make_holder(valid_from=date(2026, 1, 15))
    with pytest.raises(Refused, match="No report is due"):
        reporting.start(license, actor=holder, at=FEBRUARY)


@pytest.mark.parametrize("stranger", [lambda: make_member()[0], lambda: make_user(Role.DECIDER)])
def test_nobody_else_starts_or_writes_it(stranger):
    made, actor = MadeReport(), stranger()
    with pytest.raises(TransitionRefused):
        reporting.start(made.license, actor=actor, at=made.at)
    with pytest.raises(TransitionRefused):
        reporting.answer(made.report, "business", given={}, actor=actor, at=made.at)


def test_filing_keeps_a_version():
    made = MadeReport().fill_in().file()
    assert (made.report.status, made.report.late) == (R.SUBMITTED, False)
    assert [(v.number, v.answers) for v in made.report.versions] == [(1, ANSWERS)]


def test_an_incomplete_report_is_not_filed():
    made = MadeReport()
    made.answer("business", **ANSWERS["business"])
    with pytest.raises(Refused, match="every part"):
        made.file()
    assert made.report.status is R.DRAFT


def test_a_late_report_is_noted():
    made = MadeReport(at=APRIL).fill_in().file()
    assert (made.report.status, made.report.late) == (R.SUBMITTED, True)


def test_the_last_day_is_still_in_time():
    made = MadeReport(at=datetime(2026, 3, 31, 15, 59, tzinfo=UTC)).fill_in().file()
    assert made.report.late is False


def test_a_correction_stands_beside_the_first_version():
    made = MadeReport().fill_in().file().wait(days=3)
    made.answer("business", **{**ANSWERS["business"], "amount": 5})
    made.file()
    assert made.report.status is R.CORRECTED
    assert [v.answers["business"]["amount"] for v in made.report.versions] == [900_000, 5]


def test_a_correction_may_be_corrected_again():
    made = MadeReport().fill_in().file()
    for amount in (1, 2):
        made.answer("business", **{**ANSWERS["business"], "amount": amount})
        made.file()
    assert [v.number for v in made.report.versions] == [1, 2, 3]


def test_nothing_changed_is_not_filed_again():
    made = MadeReport().fill_in().file()
    with pytest.raises(Refused, match="Nothing has been changed"):
        made.file()


def test_corrections_end_with_the_window():
    made = MadeReport().fill_in().file()
    made.at = APRIL
    with pytest.raises(Refused, match="time for corrections is over"):
        made.answer("business", **ANSWERS["business"])
    with pytest.raises(Refused, match="time for corrections is over"):
        made.file()


def test_a_late_report_cannot_be_corrected():
    made = MadeReport(at=APRIL).fill_in().file()
    with pytest.raises(Refused, match="time for corrections is over"):
        made.answer("business", **ANSWERS["business"])


def test_filing_is_recorded_and_told():
    made = MadeReport(at=APRIL).fill_in().file()
    db.session.commit()
    names = [entry.name for entry in history(made.report.reference)]
    assert names == ["report.started", *["report.answered"] * 5, "report.submitted"]
    told = db.session.scalars(select(Message).where(Message.subject == made.report.reference)).one()
    assert told.recipient_id == made.holder.id
    assert "after the window" in told.body


def test_a_license_that_ended_before_is_not_due():
    _, license = make_holder()
    license.ended_on = date(2024, 12, 31)
    assert not reporting.is_due(license, 2025)


@pytest.mark.parametrize(("first", "ended", "due"), [
    (date(2025, 1, 1), None, True), (date(2025, 12, 31), None, True), (date(2026, 1, 1), None, False),
    (date(2024, 5, 1), date(2025, 1, 1), True), (date(2024, 5, 1), date(2024, 12, 31), False),
])
def test_one_day_of_the_year_makes_a_report_due(first, ended, due):
    _, license = make_holder(valid_from=first)
    license.ended_on = ended
    assert reporting.is_due(license, 2025) is due


@pytest.mark.parametrize(("moment", "late"), [
    (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), False),
    (datetime(2026, 3, 31, 15, 59, tzinfo=UTC), False),
    (datetime(2026, 3, 31, 16, 0, tzinfo=UTC), True),
])
def test_days_end_at_midnight_in_guangdong(moment, late):
    assert reporting.is_late(MadeReport().report, moment) is late


def test_a_refused_start_makes_no_report():
    holder, license = make_holder(valid_from=date(2026, 1, 15))
    with pytest.raises(Refused):
        reporting.start(license, actor=holder, at=FEBRUARY)
    assert db.session.scalars(select(AnnualReport)).all() == []


@pytest.mark.parametrize("code", list(ANSWERS))
def test_every_section_is_needed_to_file(code):
    made = MadeReport().fill_in()
    made.report.answers = {name: given for name, given in ANSWERS.items() if name != code}
    with pytest.raises(Refused, match="every part"):
        made.file()
    assert (made.report.status, made.report.versions) == (R.DRAFT, [])


def test_a_contradiction_is_not_filed():
    made = MadeReport().fill_in(contacts={"certified_staff": 21})
    with pytest.raises(Refused, match="every part"):
        made.file()


def test_a_correction_keeps_day_and_lateness_of_the_first():
    made = MadeReport().fill_in().file()
    first = made.report.submitted_at
    made.wait(days=3).answer("business", **{**ANSWERS["business"], "amount": 5})
    made.file()
    assert (made.report.submitted_at, made.report.late) == (first, False)


def test_a_colleague_may_file_what_another_wrote():
    made = MadeReport().fill_in()
    colleague = make_user()
    made.report.organization.memberships[0].user = colleague
    db.session.flush()
    reporting.file(made.report, actor=colleague, at=made.at)
    assert made.report.filed.filed_by_id == colleague.id


@pytest.mark.parametrize("stranger", [make_user, lambda: make_member()[0], lambda: SYSTEM])
def test_strangers_and_the_night_file_nothing(stranger):
    made = MadeReport().fill_in()
    with pytest.raises(TransitionRefused):
        reporting.file(made.report, actor=stranger(), at=made.at)
    assert made.report.status is R.DRAFT
