"""Annual reports: filed in February, corrected in March, and by some never filed at all."""

from datetime import date
from typing import Any

from sqlalchemy import select

from broker_admin.clock import now, start_of
from broker_admin.db import db
from broker_admin.demo.moments import working
from broker_admin.demo.timeline import Life
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LIVE
from broker_admin.supervision import reporting
from broker_admin.supervision.models import AnnualReport
from broker_admin.supervision.report_fields import SECTIONS, Asked, Kind

# Every sixth holder does not report, every seventh leaves a draft, every fifth corrects its report.
_SILENT, _DRAFTING, _CORRECTING = 6, 7, 5
_DAYS = 10


def holders(year: int) -> list[License]:
    """Who was licensed at the end of this year."""
    last = date(year, 12, 31)
    found = db.session.scalars(select(License).where(License.valid_from <= last).order_by(License.id))
    return [license for license in found if license.status in LIVE and license.valid_to >= last]


def reports(year: int) -> list[Life]:
    return [_season(year, day) for day in range(_DAYS)]


def _season(year: int, day: int) -> Life:
    """What is filed on one of the days, and corrected three weeks later."""
    yield working(start_of(date(year, 2, 22)), 1 + day, 10)
    filed = []
    for index, license in enumerate(holders(year - 1)):
        if index % _DAYS == day and index % _SILENT != _SILENT - 1:
            filed.append((index, _write(license, index)))
    yield working(now(), 15, 11)
    for index, report in filed:
        if index % _CORRECTING == 0 and report.filed:
            _fill(report, index, more=5)
            reporting.file(report, actor=report.organization.members[0], at=now())


def _write(license: License, index: int) -> AnnualReport:
    member = license.organization.members[0]
    report = reporting.start(license, actor=member, at=now())
    _fill(report, index)
    if index % _DRAFTING != _DRAFTING - 1:
        reporting.file(report, actor=member, at=now())
    return report


def _fill(report: AnnualReport, index: int, more: int = 0) -> None:
    for section in SECTIONS:
        reporting.answer(report, section.code, actor=report.organization.members[0], at=now(),
                         given={a.code: answer_to(a, index, report.year, more) for a in section.asked})


def answer_to(asked: Asked, index: int, year: int, more: int = 0) -> Any:
    """Numbers that fit together: what is a part of something is nought or all of it."""
    plain: dict[Kind, Any] = {Kind.YES_NO: "no", Kind.DAY: f"{year}-06-30", Kind.LEVEL: 4,
                              Kind.TEXT: "无" if asked.needed else ""}
    deals = 20 + index + more
    numbers = {"staff": 30 + index, "certified_staff": 5, "deals": deals,
               "deals_in_exchange": deals, "amount": 1_000_000 + index * 50_000}
    return plain.get(asked.kind, numbers.get(asked.code, 0))
