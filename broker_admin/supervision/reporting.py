"""What a holder does with an annual report.  Nothing here commits."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.events import record
from broker_admin.licenses.models import License
from broker_admin.permissions import Permission, can
from broker_admin.refusals import N_, Refused
from broker_admin.rules.regime import regime_on, regime_version
from broker_admin.sequences import next_reference
from broker_admin.supervision.completeness import is_complete
from broker_admin.supervision.events import (
    ReportAnswered,
    ReportCorrected,
    ReportStarted,
    ReportSubmitted,
)
from broker_admin.supervision.models import AnnualReport, ReportVersion
from broker_admin.supervision.report_fields import SECTIONS, changed
from broker_admin.supervision.time_limits import window, year_to_report
from broker_admin.supervision.workflow import REPORT, ReportStatus
from broker_admin.workflow import TransitionRefused


def start(license: License, *, actor: Any, at: datetime) -> AnnualReport:
    """Open the report about the year that is due now; the one that is there, if there is one."""
    today = day_of(at)
    regime = regime_on(today)
    year = year_to_report(regime, today)
    _demand_due(license, year, actor)
    # A second click, or a colleague's, leads to the report that is there; the database allows one a year.
    known: AnnualReport | None = db.session.scalar(select(AnnualReport).where(
        AnnualReport.license_id == license.id, AnnualReport.year == year))
    if known:
        return known
    report = AnnualReport(
        reference=next_reference("NB", today.year), status=ReportStatus.DRAFT,
        # The rules of the day it was begun bind it to the end, whatever comes into force meanwhile.
        regime=regime.version, license=license, license_id=license.id,
        organization=license.organization, organization_id=license.organization_id, year=year,
        answers={}, created_by_id=actor.id, created_at=at)
    db.session.add(report)
    record(ReportStarted(case=report, actor=actor, at=at, year=year))
    return report


def is_due(license: License, year: int) -> bool:
    """Whoever was licensed at some time of the year reports about it."""
    ended_before = license.ended_on is not None and license.ended_on.year < year
    return license.valid_from.year <= year and not ended_before


def _demand_due(license: License, year: int, actor: Any) -> None:
    if not can(actor, Permission.ANNUAL_REPORT_EDIT, license):
        raise TransitionRefused(N_("You may not take this step in this case."))
    if not is_due(license, year):
        raise Refused(N_("No report is due for this license: it was not valid in %(year)s."),
                      year=str(year))


def answer(
    report: AnnualReport, section: str, *, given: dict[str, Any], actor: Any, at: datetime
) -> None:
    """Save one section; what has been filed stays as it is until the correction is filed."""
    demand_open(report, actor, at)
    # A new mapping: a change inside a JSON column goes unnoticed and would not be saved.
    report.answers = {**report.answers, section: given}
    record(ReportAnswered(case=report, actor=actor, at=at, section=section))


def demand_open(report: AnnualReport, actor: Any, at: datetime) -> None:
    """Raise :class:`Refused` where the report cannot be written in (any more)."""
    if not can(actor, Permission.ANNUAL_REPORT_EDIT, report):
        raise TransitionRefused(N_("You may not take this step in this case."))
    # A report that was never filed may come late (it is noted); what was filed can no longer be changed.
    if report.filed and is_late(report, at):
        raise Refused(N_("The time for corrections is over. Write to the authority instead."))


def is_late(report: AnnualReport, at: datetime) -> bool:
    """Whether the window in which this report is filed and corrected has closed."""
    _, last = window(regime_version(report.regime), report.year)
    return day_of(at) > last


def file(report: AnnualReport, *, actor: Any, at: datetime) -> None:
    """Hand the report in, or a correction of it: both stay readable."""
    name = "correct" if report.filed else "submit"
    REPORT.check(name, report, actor)
    demand_open(report, actor, at)
    _demand_complete(report)
    # Read before the new version joins the list, to say what the correction changed.
    before = report.filed
    REPORT.fire(name, report, actor)
    number = len(report.versions) + 1
    report.versions.append(ReportVersion(
        number=number, answers=report.answers, filed_by_id=actor.id, filed_at=at))
    if before:
        record(ReportCorrected(case=report, actor=actor, at=at, year=report.year, number=number,
                               changed=changed(before.answers, report.answers)))
        return
    report.submitted_at, report.late = at, is_late(report, at)
    record(ReportSubmitted(case=report, actor=actor, at=at, year=report.year, late=report.late))


def _demand_complete(report: AnnualReport) -> None:
    if not all(is_complete(section, report.answers) for section in SECTIONS):
        raise Refused(N_("Complete every part before you file the report."))
    if not report.is_changed:
        raise Refused(N_("Nothing has been changed since the report was filed."))
