"""Annual reports and reviews, once a year for every holder."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from broker_admin.clock import now, start_of
from broker_admin.db import db
from broker_admin.demo.moments import working
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Life
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LIVE
from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.regime import regime_on
from broker_admin.supervision import reporting, reviewing
from broker_admin.supervision.models import AnnualReview
from broker_admin.supervision.report_fields import SECTIONS, Asked, Kind
from broker_admin.supervision.reviewing import Assessment

# Every sixth holder does not report, every seventh objects to its grade.
_SILENT, _OBJECTING = 6, 7
_OPEN_REVIEWS = 4


def reports(year: int) -> Life:
    """Who was licensed last year reports in February."""
    yield working(start_of(date(year, 2, 20)), 1, 9)
    for index, license in enumerate(_holders(year - 1)):
        if index % _SILENT == _SILENT - 1:
            continue
        yield working(start_of(date(year, 2, 23)), index % 10, 10, index % 50)
        member = license.organization.members[0]
        report = reporting.start(license, actor=member, at=now())
        for section in SECTIONS:
            reporting.answer(report, section.code, actor=member, at=now(),
                             given={a.code: _answer(a, index) for a in section.asked})
        reporting.file(report, actor=member, at=now())


def reviews(year: int, until: datetime) -> Life:
    """The authority grades the year before, in May; in the last year a few are still open."""
    opening = start_of(date(year, 5, 6)) if year < until.year else until - timedelta(days=40)
    yield working(opening, 1, 9)
    holders = _holders(year - 1)
    for index, license in enumerate(holders):
        yield working(opening, 2 + index % 12, 10, index % 50)
        if license.status in LIVE:
            review = reviewing.open_review(license, year=year - 1, actor=officer("supervision"),
                                           at=now())
            if year < until.year or index % _OPEN_REVIEWS:
                yield from _grade(review, index)


def _grade(review: AnnualReview, index: int) -> Life:
    agent = officer("supervision")
    reviewing.score(review, _assessment(index), actor=agent, at=now())
    reviewing.announce(review, calendar=SHIPPED, actor=agent, at=now())
    if index % _OBJECTING == 0:
        yield now() + timedelta(hours=3)
        reviewing.object_to(review, objection="投诉扣分与事实不符，请复核。", calendar=SHIPPED,
                            actor=review.organization.members[0], at=now())
        yield now() + timedelta(hours=3)
        reviewing.answer(review, answer="经复核，扣分有据，维持原评分。", amended=None, actor=agent,
                         at=now())


def _holders(year: int) -> list[License]:
    """Who was licensed at the end of this year."""
    last = date(year, 12, 31)
    found = db.session.scalars(select(License).where(License.valid_from <= last).order_by(License.id))
    return [license for license in found if license.status in LIVE and license.valid_to >= last]


def _assessment(index: int) -> Assessment:
    parts = regime_on(date(2026, 1, 1)).supervision.review
    lost = (0, 1, 3, 0, 2, 6)[index % 6]
    return Assessment(
        marks={part.code: max(part.weight - lost * part.weight // 15, 0) for part in parts},
        reasons={part.code: "依据年度报告和日常监督情况评分。" for part in parts})


def _answer(asked: Asked, index: int) -> Any:
    """Numbers that fit together: what is a part of something is nought or all of it."""
    if asked.kind is Kind.YES_NO:
        return "no"
    if asked.kind is Kind.DAY:
        return "2025-06-30"
    if asked.kind is Kind.LEVEL:
        return 4
    if asked.kind is Kind.TEXT:
        return "" if not asked.needed else "无"
    return {"staff": 30 + index, "certified_staff": 5, "deals": 20 + index,
            "deals_in_exchange": 20 + index, "amount": 1_000_000 + index * 50_000}.get(asked.code, 0)
