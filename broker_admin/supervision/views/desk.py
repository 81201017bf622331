"""The desk: the worklists."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_on
from broker_admin.supervision import queries, time_limits
from broker_admin.supervision.views import bp
from broker_admin.supervision.views.reviews import clock
from broker_admin.web import page_of, requires


@bp.get("/worklist")
@requires(Permission.REVIEW_READ, by_role=True)
def worklist() -> ResponseReturnValue:
    """Reviews, those with a running window first; the other kinds have lists of their own."""
    # One list and no pages: what is under review at a time is at most one year's licenses.
    rows = sorted(db.session.scalars(queries.reviews()), key=lambda review: review.told_on is None)
    return render_template(
        "supervision/desk/reviews.html", rows=rows, tab="reviews",
        clocks={review.id: clock(review) for review in rows},
        ended=page_of(queries.published_reviews()))


@bp.get("/reports/worklist")
@requires(Permission.ANNUAL_REPORT_READ, by_role=True)
def report_worklist() -> ResponseReturnValue:
    regime = regime_on(day_of(now()))
    year = time_limits.year_to_report(regime, day_of(now()))
    late = "late" in request.args
    return render_template(
        "supervision/desk/reports.html", page=page_of(queries.reports(late=late)), tab="reports",
        missing=page_of(queries.missing_reports(year)) if "missing" in request.args else None,
        year=year, late=late, window=time_limits.window(regime, year))
