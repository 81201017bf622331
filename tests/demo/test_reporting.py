import pytest
from sqlalchemy import select

from broker_admin.complaints.models import Report
from broker_admin.complaints.workflow import ReportStatus as S
from broker_admin.db import db
from broker_admin.demo.reporting import REPORTS
from broker_admin.enforcement.models import Case


@pytest.fixture
def reports(app):
    return db.session.scalars(select(Report).order_by(Report.id)).all()


@pytest.mark.parametrize(("stage", "expected"), [
    ("report_received", "file"),
    ("report_verifying", "file verify"),
    ("report_case_filed", "file verify file_case"),
    ("report_not_filed", "file verify not_file"),
    ("report_replied", "file verify not_file tell"),
    ("report_closed", "file verify not_file tell close"),
])
def test_the_way_to_every_stage_is_a_table(stage, expected):
    assert [step.act.__name__.strip("_") for step in REPORTS[stage]] == expected.split()


def test_a_report_that_was_right_became_a_case(reports):
    filed = [report for report in reports if report.status is S.CASE_FILED]
    assert filed
    for report in filed:
        case = db.session.scalars(select(Case).where(Case.source == report.reference)).one()
        assert case.organization_id == report.organization_id


def test_whoever_gave_a_name_was_told(reports):
    replied = [report for report in reports if report.status in {S.REPLIED, S.CLOSED}]
    assert replied
    assert all(report.reply for report in replied)


def test_every_report_is_in_somebodys_hands_once_verified(reports):
    begun = [report for report in reports if report.status is not S.RECEIVED]
    assert all(report.officer_id for report in begun)
