import pytest
from sqlalchemy import select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.demo.annual_reports import answer_to, holders, reports
from broker_admin.supervision.models import AnnualReport
from broker_admin.supervision.report_fields import SECTIONS, Kind
from broker_admin.supervision.workflow import ReportStatus as R

ASKED = [asked for section in SECTIONS for asked in section.asked]


@pytest.fixture
def filed(app):
    return db.session.scalars(select(AnnualReport)).all()


def test_both_years_were_reported_on(filed):
    assert {report.year for report in filed} == {2024, 2025}


def test_reports_come_in_the_spring_after_the_year(filed):
    for report in filed:
        if report.submitted_at:
            day = day_of(report.submitted_at)
            assert (day.year, day.month in {2, 3}) == (report.year + 1, True)


def test_no_report_came_late(filed):
    assert not any(report.late for report in filed)


def test_some_holders_never_reported(app, filed):
    silent = {license.id for license in holders(2025)} - {report.license_id for report in filed}
    assert silent


def test_a_draft_was_filled_in_and_not_filed(filed):
    drafts = [report for report in filed if report.status is R.DRAFT]
    assert drafts
    assert all(report.filed is None and report.answers for report in drafts)


def test_a_correction_leaves_both_versions_to_read(filed):
    corrected = [report for report in filed if report.status is R.CORRECTED]
    assert {len(report.versions) for report in corrected} == {2}
    assert all(r.versions[0].answers != r.versions[1].answers for r in corrected)


def test_holders_were_licensed_when_the_year_ended(app):
    for license in holders(2024):
        assert license.valid_from.year <= 2024 <= license.valid_to.year


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.code)
def test_every_question_has_an_answer_of_its_kind(asked):
    answer = answer_to(asked, 3, 2025)
    kinds = {Kind.YES_NO: str, Kind.DAY: str, Kind.TEXT: str}
    assert isinstance(answer, kinds.get(asked.kind, int))
    assert answer != "" or not asked.needed


@pytest.mark.parametrize("more", [0, 5])
def test_deals_in_the_exchange_are_among_the_deals(more):
    given = {asked.code: answer_to(asked, 3, 2025, more) for asked in ASKED}
    assert given["deals_in_exchange"] <= given["deals"] == 23 + more
    assert given["certified_staff"] <= given["staff"]


def test_a_season_of_reports_is_spread_over_ten_days():
    assert len(reports(2026)) == 10
