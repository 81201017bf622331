import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from broker_admin.db import db
from broker_admin.supervision.models import AnnualReport, ReportVersion
from broker_admin.supervision.workflow import ReportStatus as R
from tests.supervision.factories import ANSWERS, FEBRUARY, MadeReport


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def refuse(model, row, **lie):
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(update(model).where(model.id == row.id).values(**lie))


@pytest.mark.parametrize("lie", [
    {"status": R.SUBMITTED}, {"status": R.CORRECTED}, {"submitted_at": FEBRUARY}, {"late": True},
    {"late": None}, {"year": None}, {"license_id": 0}, {"organization_id": 0},
    {"created_by_id": 0}, {"reference": None}, {"regime": None},
])
def test_a_draft_is_no_filed_report(lie):
    refuse(AnnualReport, MadeReport().report, **lie)


@pytest.mark.parametrize("lie", [{"status": R.DRAFT}, {"submitted_at": None}])
def test_a_filed_report_is_no_draft(lie):
    refuse(AnnualReport, MadeReport().fill_in().file().report, **lie)


def test_a_license_has_one_report_a_year():
    first, second = MadeReport(), MadeReport()
    refuse(AnnualReport, second.report, license_id=first.license.id)
    refuse(AnnualReport, second.report, reference=first.report.reference)


def test_another_year_is_another_report():
    first, second = MadeReport(), MadeReport()
    db.session.execute(update(AnnualReport).where(AnnualReport.id == second.report.id)
                       .values(license_id=first.license.id, year=2024))


@pytest.mark.parametrize("lie", [{"number": 1}, {"report_id": 0}, {"filed_by_id": 0}, {"filed_at": None}])
def test_versions_are_numbered_and_signed(lie):
    made = MadeReport().fill_in().file()
    made.answer("business", **{**ANSWERS["business"], "amount": 5})
    made.file()
    refuse(ReportVersion, made.report.versions[1], **lie)


def test_nothing_is_filed_before_the_first_version():
    made = MadeReport()
    assert made.report.filed is None
    assert made.report.is_changed


def test_what_was_filed_is_unchanged_until_something_is_written():
    made = MadeReport().fill_in().file()
    assert made.report.filed.answers == ANSWERS
    assert not made.report.is_changed
    made.answer("business", **{**ANSWERS["business"], "amount": 5})
    assert made.report.is_changed
    made.answer("business", **ANSWERS["business"])
    assert not made.report.is_changed


def test_the_last_version_is_what_was_filed():
    made = MadeReport().fill_in().file()
    made.answer("business", **{**ANSWERS["business"], "amount": 5})
    made.file()
    assert made.report.filed.number == 2
    assert made.report.versions[0].answers == ANSWERS


def test_two_people_at_once_are_noticed():
    report = MadeReport().report
    behind_our_back = {"synchronize_session": False}
    db.session.execute(update(AnnualReport).values(version=9), execution_options=behind_our_back)
    report.answers = ANSWERS
    with pytest.raises(StaleDataError):
        db.session.flush()
